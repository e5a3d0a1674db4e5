import type { Locale } from '../../../platform/i18n/texts.ts';
import { scrub } from '../../triage/rules/scrub.ts';

/** What a machine elsewhere is asked for. */
export type MachineTask = 'summary' | 'reply';

/** What the platform knows of a case and would tell a machine: never who asked, nor the exact place. */
export type Told = {
  readonly title: string;
  readonly body: string;
  readonly className: string;
  readonly office: string;
  /** Words of the steps so far, oldest first. */
  readonly steps: readonly string[];
};

export type Message = { readonly role: 'system' | 'user'; readonly content: string };

const LONGEST = 6000;

const TASKS: Readonly<Record<MachineTask, Readonly<Record<Locale, string>>>> = {
  summary: {
    'zh-CN':
      '你帮基层工作人员看材料。用三句以内的中文概括下面这件事：反映了什么、办到哪一步、还缺什么。只用材料里有的，不评价人，不猜测。',
    en: 'You help an office read a case. Sum it up in at most three English sentences: what is asked, how far it is, what is missing. Use only what is there; judge nobody and guess nothing.',
  },
  reply: {
    'zh-CN':
      '你帮基层工作人员起草给反映人的答复。语气平实、客气，不超过 150 字，只写材料里已经有的办理情况，不许诺材料里没有的事，不写称呼姓名和电话。没有办理情况时，只说明收到和由谁办理。',
    en: 'You draft an answer of an office to the person who reported the matter. Plain and polite, at most 100 words, only what the material says was done, no promise that is not in it, no names and no numbers. Where nothing was done yet, say that it was received and who handles it.',
  },
};

/**
 * What leaves the platform: the task and the case, each text without identity and contact data. `names` are the
 * requester's own words for himself, which are removed wherever they stand.
 */
export function messagesFor(task: MachineTask, locale: Locale, told: Told, names: readonly string[]): Message[] {
  const clean = (text: string) => scrub(text, names);
  const lines = [told.title, `【${told.className}】${told.office}`, told.body, ...told.steps].map(clean);
  return [
    { role: 'system', content: TASKS[task][locale] },
    { role: 'user', content: lines.join('\n').slice(0, LONGEST) },
  ];
}

/** The words a machine gave, without what it wrote while it thought. */
export function wordsOf(content: string): string {
  return content.replace(/<think>[\s\S]*?(<\/think>|$)/g, '').trim();
}
