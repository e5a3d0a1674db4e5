import { shanghaiText } from '../../kit/time.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { format, type Locale, say } from '../../platform/i18n/texts.ts';
import { areaNames, findJurisdiction } from '../areas/index.ts';
import { classNames } from '../catalogue/index.ts';
import type { Params } from './facts.ts';
import type { Notice } from './rules/notices.ts';
import type { Wording } from './rules/wording.ts';
import { readTemplates } from './templates.ts';
import { messagesTexts } from './texts.ts';

export type ToWord = { readonly notice: Notice; readonly params: Params };

/** Words many messages with a few queries. `siteOf` gives the address a message leads to; empty inside the office. */
export async function wordAll<M extends ToWord>(
  tx: ReadTx,
  messages: readonly M[],
  options: { readonly locale: (message: M) => Locale; readonly siteOf: (message: M) => string; readonly now: Date },
): Promise<Wording[]> {
  if (messages.length === 0) return [];
  const templates = await readTemplates(tx, options.now);
  const places = await areaNames(tx, codes(messages.map(({ params }) => params.areaCode)));
  const classes = await classNames(tx, codes(messages.map(({ params }) => params.classCode)));
  const jurisdiction = await findJurisdiction(tx);
  return messages.map((message) => {
    const locale = options.locale(message);
    const template = templates(message.notice, locale);
    const { params } = message;
    const place = params.areaCode === null ? undefined : places.get(params.areaCode)?.path;
    const kind = params.classCode === null ? undefined : classes.get(params.classCode);
    const matter = [place, locale === 'en' ? kind?.nameEn : kind?.nameZh].filter((part) => part).join(' · ');
    const values = {
      number: params.number,
      what: matter || say(messagesTexts, locale, 'messages.sealed'),
      due: params.dueAt ? shanghaiText(new Date(params.dueAt)) : say(messagesTexts, locale, 'messages.no_due'),
      site: options.siteOf(message),
      authority: jurisdiction?.name ?? '',
    };
    return { subject: format(template.subject, values), body: format(template.body, values).trim() };
  });
}

function codes(all: readonly (string | null)[]): string[] {
  return [...new Set(all.filter((code): code is string => code !== null))];
}
