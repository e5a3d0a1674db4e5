/** Words that tell of danger to life, fire, gas, water or power for many: a person looks at such a request first. */
const DANGER: readonly string[] = [
  ...['着火', '起火', '火灾', '冒火花', '爆炸', '漏气', '煤气味', '天然气味', '燃气泄漏', '触电', '漏电'],
  ...['溺水', '坍塌', '塌方', '要垮', '要倒', '被困', '困在', '困人', '轻生', '想不开', '自杀', '昏迷', '中毒', '流血'],
  ...[
    '摔伤',
    '砸到',
    '砸伤',
    '咬人',
    '咬伤',
    '打架',
    '持刀',
    '爆管',
    '大面积停电',
    '大面积停水',
    '内涝',
    '被淹',
    '滑坡',
  ],
  ...['泥石流', '山火', '救护车进不', '消防车进不', '没有大人', '露宿', '被家人打', '家暴'],
  ...['fire', 'gas leak', 'explosion', 'drowning', 'collapse', 'trapped', 'electric shock', 'flooded'],
];

export type UrgencySuggestion = { readonly urgency: 'normal' | 'urgent'; readonly words: readonly string[] };

/** Urgent when the text tells of danger, or the class is urgent by itself; with the words that say so. */
export function suggestUrgency(text: string, ofClass: 'normal' | 'urgent'): UrgencySuggestion {
  const words = DANGER.filter((word) => text.toLowerCase().includes(word)).slice(0, 5);
  return { urgency: words.length > 0 ? 'urgent' : ofClass, words };
}
