/** Words that say how people write, not about what. */
const EMPTY = new Set(
  (
    '请问 咨询 反映 建议 希望 投诉 举报 关于 问题 情况 什么 为什么 怎么 我们 他们 你们 自己 领导 政府 部门 有关 相关 尽快 解决 处理 ' +
    '请求 强烈 严重 要求 没有 一直 现在 已经 可以 能否 是否 是不是 不能 居民 业主 市民 群众 百姓 大家 谢谢 您好 尊敬 小区 ' +
    '这个 那个 就是 还是 因为 所以 但是 如果 而且 多次 今年 去年 时候 时间 地方 应该 知道 进行 存在 政策'
  ).split(' '),
);

const TITLE_COUNTS = 3;

/**
 * What a request is about, for comparing it with others: its words, those of the title three times. Words alone: runs
 * of characters would let the name of an estate join everything that is amiss there.
 */
export function topicWords(title: readonly string[], body: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (word: string, times: number) => counts.set(word, (counts.get(word) ?? 0) + times);
  const telling = (word: string) => word.length >= 2 && !EMPTY.has(word) && !/^[\d.,:%-]+$/.test(word);
  for (const word of title) if (telling(word)) add(word, TITLE_COUNTS);
  for (const word of body) if (telling(word)) add(word, 1);
  return counts;
}
