import { defineTexts } from '../../../platform/i18n/texts.ts';

/** The page that the link in a message leads to: one question, one answer. */
export const answerTexts = defineTexts({
  'zh-CN': {
    'open.answer.title': '解决了吗？请您说一句',
    'open.answer.about': '{filed} 您反映的“{title}”，编号 {number}。',
    'open.answer.says': '{office}的答复',
    'open.answer.office': '承办单位',
    'open.answer.once': '这个链接只能用一次。只有您说了算，别人不能替您说。',
    'open.answer.done': '记下了，谢谢您',
    'open.answer.done_solved': '这件事按您的话办结。以后还有问题，可以凭编号要求再办。',
    'open.answer.done_returned': '没有解决的部分退回承办单位重办，办好后再问您。',
    'open.answer.done_reopened': '这件事重新办理，进度可以凭编号查看。',
    'open.answer.done_noted': '您的话已经记在这件事里。',
    'open.answer.over': '这件事现在不用您说了',
    'open.answer.over_text': '这个链接已经用过，或者已经过期。凭编号和查询码，或者用手机验证码，随时可以看进度。',
    'open.answer.unknown': '链接不完整',
    'open.answer.unknown_text': '请核对短信里的链接是不是整条复制了。也可以凭编号和查询码查看。',
    'open.answer.track': '查进度',
  },
  en: {
    'open.answer.title': 'Was it solved? Please say',
    'open.answer.about': 'On {filed} you reported “{title}”, number {number}.',
    'open.answer.says': 'Answer of {office}',
    'open.answer.office': 'the office in charge',
    'open.answer.once': 'This link works once. Only your word counts; nobody else can give it.',
    'open.answer.done': 'Recorded, thank you',
    'open.answer.done_solved':
      'It is closed on your word. If it comes up again, you can have it taken up again with its number.',
    'open.answer.done_returned': 'What is not solved goes back to the office; you are asked again when it is done.',
    'open.answer.done_reopened': 'It is taken up again; you can follow it with its number.',
    'open.answer.done_noted': 'Your word stands with the request.',
    'open.answer.over': 'Nothing is to be said here any more',
    'open.answer.over_text':
      'This link has been used or its time is over. You can follow the request with number and query code, or with a code sent to your phone.',
    'open.answer.unknown': 'The link is not complete',
    'open.answer.unknown_text':
      'Please see whether the whole link was copied from the message. Number and query code work as well.',
    'open.answer.track': 'Follow a request',
  },
});
