import { defineTexts } from '../../platform/i18n/texts.ts';

/** What the server says; screens have theirs in ui/texts.ts. */
export const callBackTexts = defineTexts({
  'zh-CN': {
    'refusal.call-backs.none_due': '这件事现在不用回访：反映人已经说过了，或者已经有了结果。请刷新名单。',
    'refusal.call-backs.claimed': '另一位同事正在打这个电话（到 {until}）。请先打别的。',
    'refusal.call-backs.not_claimed': '请先接手这通回访。接手的时间过了，要再接一次。',
    'refusal.call-backs.answer_missing': '打通了就要记下反映人怎么说：解决了没有、满不满意。',
    'refusal.call-backs.time_missing': '对方请您改时间再打，请记下什么时候。',
    'refusal.call-backs.time_wrong': '下次回访的时间要在现在以后、30 天以内。',
    'refusal.call-backs.unknown_answer': '问题“{question}”没有这个选项。请刷新后重选。',
    'refusal.call-backs.class_unknown': '没有这个分类，或者已经停用。',
    'refusal.call-backs.named_twice': '有两个问题或选项同名。请改一个名字。',
    'refusal.call-backs.days_wrong': '开始的一天要在结束的一天以前，最多一年。',
    'refusal.call-backs.link_unknown': '这个链接不对。请核对短信里的链接，或凭编号和查询码查看。',
    'refusal.call-backs.link_used': '这个链接已经用过了，或者已经过期。请凭编号和查询码查看这件事。',
    'refusal.call-backs.reason_missing': '要求再办，请写一句哪里没有解决。',
  },
  en: {
    'refusal.call-backs.none_due':
      'There is no call to make here now: the requester has given his word, or it has ended. Please reload the list.',
    'refusal.call-backs.claimed': 'A colleague is making this call (until {until}). Please take another one.',
    'refusal.call-backs.not_claimed':
      'Please take this call on first; when its time is up, it has to be taken on again.',
    'refusal.call-backs.answer_missing':
      'When somebody was reached, his words are recorded: whether it is solved and how satisfied he is.',
    'refusal.call-backs.time_missing': 'He asked to be called at another time. Please say when.',
    'refusal.call-backs.time_wrong': 'The next call must lie ahead, within 30 days.',
    'refusal.call-backs.unknown_answer':
      'The question {question} does not offer this answer. Please reload and choose again.',
    'refusal.call-backs.class_unknown': 'There is no such class, or it is closed.',
    'refusal.call-backs.named_twice': 'Two questions or options bear the same name. Please rename one of them.',
    'refusal.call-backs.days_wrong': 'The first day must come before the last, within a year.',
    'refusal.call-backs.link_unknown':
      'This link is not right. Please compare it with the message, or follow your request with number and query code.',
    'refusal.call-backs.link_used':
      'This link has been used, or its time is over. Please follow your request with number and query code.',
    'refusal.call-backs.reason_missing': 'To have it taken up again, please write in a sentence what is not solved.',
  },
});
