import { sql } from 'kysely';
import type { App } from '../../platform/app.ts';
import type { ReadTx } from '../../platform/database/database.ts';
import { candidates } from '../areas/index.ts';
import {
  type ClassAdvice,
  type ClassNames,
  classNames,
  findClass,
  listClasses,
  suggestDispatch,
  triageSettings,
} from '../catalogue/index.ts';
import { organisationNames } from '../organisations/index.ts';
import { type Classifier, classifierOf } from './classifier.ts';
import type { Suggestion } from './contract.ts';
import { guess } from './rules/model.ts';
import { reasonsFor } from './rules/reasons.ts';
import { suggestUrgency } from './rules/urgency.ts';
import { verdictOf } from './rules/verdict.ts';
import { leadsOfClass } from './store.ts';
import { readWords } from './words.ts';

export type Asked = { readonly title: string | null; readonly body: string; readonly areaCode: string | null };

const MOST_CLASSES = 4;
/** No model is certain; nobody should read 100 %. */
const MOST_CONFIDENT = 0.99;
/** Less likely than this is not worth a person's look. */
const LEAST_SHOWN = 0.05;
/** An office that was given most of at least so many requests of a class is proposed, whatever the list says. */
const LEARNED = { cases: 3, share: 0.6 };

/** Everything the words of a request point to. */
export async function suggestFor(app: App, tx: ReadTx, asked: Asked, now: Date): Promise<Suggestion> {
  const classifier = await classifierOf(app, tx);
  const { threshold } = await triageSettings(tx, now);
  const least = threshold / 100;
  const open = new Set((await listClasses(tx, now)).map(({ code }) => code));
  const found = classifier === null ? [] : advise(classifier, asked).filter(({ code }) => open.has(code));
  const first = found[0];
  const verdict = verdictOf(first?.confidence ?? 0, least);
  const names = await classNames(
    tx,
    found.map(({ code }) => code),
  );
  const chosen = verdict === 'unknown' || !first ? null : await findClass(tx, first.code, now);
  const text = `${asked.title ?? ''} ${asked.body}`;
  const urgency = suggestUrgency(text, chosen?.defaultUrgency ?? 'normal');
  const places = await candidates(tx, text.slice(0, 200), 3);
  return {
    modelVersion: classifier?.version ?? null,
    verdict,
    threshold: least,
    classes: found.map((one) => ({ ...nameOf(one.code, names), confidence: one.confidence, words: [...one.words] })),
    urgency: { value: urgency.urgency, words: [...urgency.words] },
    places: places.map(({ code, path, matched }) => ({ code, path, matched })),
    leads: chosen && asked.areaCode ? await leadsFor(tx, chosen.code, asked.areaCode, now) : [],
  };
}

export function nameOf(code: string, names: ReadonlyMap<string, ClassNames>) {
  return { code, nameZh: names.get(code)?.nameZh ?? code, nameEn: names.get(code)?.nameEn ?? code };
}

function advise({ model }: Classifier, asked: Pick<Asked, 'title' | 'body'>): readonly ClassAdvice[] {
  const words = readWords(asked.title, asked.body);
  return guess(model, words, MOST_CLASSES)
    .filter(({ confidence }, at) => at === 0 || confidence >= LEAST_SHOWN)
    .map(({ label, confidence }) => ({
      code: label,
      confidence: Math.min(MOST_CONFIDENT, confidence),
      words: reasonsFor(model, words, label),
    }));
}

/** What the portal, the filing forms and intake ask of the catalogue: only what the model is sure enough of. */
export async function classAdvisor(app: App, tx: ReadTx, at: Date): Promise<(text: string) => readonly ClassAdvice[]> {
  const classifier = await classifierOf(app, tx);
  if (classifier === null) return () => [];
  const { threshold } = await triageSettings(tx, at);
  const open = new Set((await listClasses(tx, at)).map(({ code }) => code));
  return (text) => {
    const found = advise(classifier, { title: null, body: text }).filter(({ code }) => open.has(code));
    return (found[0]?.confidence ?? 0) < threshold / 100 ? [] : found;
  };
}

/** Whom the dispatch list names, and whom people gave such requests here. */
export async function leadsFor(
  tx: ReadTx,
  classCode: string,
  areaCode: string,
  at: Date,
): Promise<Suggestion['leads']> {
  const listed = await suggestDispatch(tx, { classCode, areaCode, at });
  const { of, leads } = await leadsOfClass(tx, classCode, areaCode.slice(0, 9));
  const given = new Map(leads.map(({ id, count }) => [id, count]));
  const usual = leads.find(({ count }) => of >= LEARNED.cases && count / of >= LEARNED.share);
  const entries = new Map(listed.map((one) => [one.organisationId, String(one.entryNumber)]));
  const ids = [...new Set([...(usual ? [usual.id] : []), ...entries.keys()])];
  const names = await organisationNames(tx, ids);
  return ids.flatMap((id) => {
    const name = names.get(id);
    if (!name) return [];
    const organisation = { id, name: name.name, nameEn: name.nameEn, shortName: name.shortName };
    return [{ organisation, entryNumber: entries.get(id) ?? null, given: given.get(id) ?? 0, of }];
  });
}

/** The words of a case; null when it is not there. */
export async function textOfCase(
  tx: ReadTx,
  tenantId: number,
  caseId: string,
): Promise<{ readonly title: string; readonly body: string } | null> {
  const { rows } = await sql<{ title: string; body: string }>`
    SELECT title, body FROM cases.case_text WHERE tenant_id = ${tenantId} AND case_id = ${caseId}::uuid`.execute(tx);
  return rows[0] ?? null;
}
