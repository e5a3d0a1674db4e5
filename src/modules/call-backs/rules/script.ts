import { type Result, refuse } from '../../../kit/result.ts';

/** A question with the options a caller ticks; never free text about the person. */
export type Question = {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly options: readonly { readonly value: string; readonly zh: string; readonly en: string }[];
};

/** What a caller reads out and asks beside the two questions every call-back asks (solved, satisfied). */
export type Script = {
  readonly openingZh: string;
  readonly openingEn: string;
  readonly closingZh: string;
  readonly closingEn: string;
  readonly questions: readonly Question[];
};

/** Holds where a place set none of its own. `{title}`, `{office}` and `{number}` are filled in. */
export const SHIPPED_SCRIPT: Script = {
  openingZh:
    '您好，这里是政务服务回访，不收任何费用，也不问密码和验证码。您反映的“{title}”，{office}说已经办好。耽误您一分钟，想听听您怎么说。',
  openingEn:
    'Good day, this is the public service call-back; it costs nothing and asks for no password or code. You reported “{title}”, and {office} says it is done. It takes a minute: how is it from your side?',
  closingZh: '谢谢您。以后还有问题，凭编号 {number} 可以要求再办。',
  closingEn: 'Thank you. If it comes up again, you can have it taken up again with number {number}.',
  questions: [
    {
      id: 'contacted',
      zh: '办理的单位有没有跟您联系过？',
      en: 'Did the office get in touch with you?',
      options: [
        { value: 'yes', zh: '联系过', en: 'Yes' },
        { value: 'no', zh: '没有', en: 'No' },
      ],
    },
    {
      id: 'attitude',
      zh: '工作人员态度怎么样？',
      en: 'How were you treated?',
      options: [
        { value: 'good', zh: '好', en: 'Well' },
        { value: 'fair', zh: '一般', en: 'Fairly' },
        { value: 'poor', zh: '不好', en: 'Badly' },
      ],
    },
  ],
};

/** Refuses an answer to a question the script does not ask, or one it does not offer. A question may stay open. */
export function checkAnswers(script: Script, answers: Readonly<Record<string, string>>): Result<null> {
  for (const [id, value] of Object.entries(answers)) {
    const question = script.questions.find((one) => one.id === id);
    if (!question?.options.some((option) => option.value === value)) {
      return refuse('call-backs.unknown_answer', { question: id });
    }
  }
  return null;
}

/** Refuses a script whose questions or options bear one name twice. */
export function checkScript({ questions }: Script): Result<null> {
  const names = [
    questions.map((question) => question.id),
    ...questions.map((question) => question.options.map((option) => option.value)),
  ];
  return names.every((list) => new Set(list).size === list.length) ? null : refuse('call-backs.named_twice');
}
