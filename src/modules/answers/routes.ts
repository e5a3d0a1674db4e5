import { parseCaseNumber } from '../../kit/case-number.ts';
import { uuidv7 } from '../../kit/ids.ts';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { type App, type Route, route } from '../../platform/app.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { findCaseId, findStored, seesCase, type StoredCase } from '../cases/index.ts';
import { classNames, findClass } from '../catalogue/index.ts';
import * as contract from './contract.ts';
import { askForCase } from './machine.ts';
import { type Both, EVERY_CLASS, FIELDS, offeredFor, type Template, unknownFields } from './rules/template.ts';
import * as store from './store.ts';
import { fillBoth, sampleValues, valuesOfCase } from './values.ts';

export function answerRoutes(app: App): readonly Route[] {
  return [...readingRoutes(app), ...managingRoutes(), ...machineRoutes(app)];
}

function readingRoutes(app: App): readonly Route[] {
  return [
    route(contract.listTemplates, async ({ tx }) => ({ items: await present(tx, await store.currentTemplates(tx)) })),
    route(contract.listVersions, async ({ tx, params }) => {
      const versions = await store.versionsOf(tx, params.id);
      return versions.length === 0 ? refuse('answers.not_found') : { items: await present(tx, versions) };
    }),
    route(contract.previewTemplate, async ({ tx, actor, body, now }) => {
      const unknown = refuseUnknownFields(body.words);
      if (isRefusal(unknown)) return unknown;
      if (!body.number) return fillBoth(app.texts, body.words, sampleValues(app.texts));
      const stored = await caseByNumber(app, tx, actor, body.number);
      if (isRefusal(stored)) return stored;
      return fillBoth(app.texts, body.words, await valuesOfCase(tx, actor, stored, now));
    }),
    route(contract.templatesForCase, async ({ tx, actor, target, query, now }) => {
      const stored = target as StoredCase;
      const offered = offeredFor(await store.currentTemplates(tx), query.step, stored.state.caseClass.code);
      if (offered.length === 0) return { items: [] };
      const values = await valuesOfCase(tx, actor, stored, now);
      return {
        items: offered.map(({ id, version, name, words }) => ({
          id,
          version,
          name,
          ...fillBoth(app.texts, words, values),
        })),
      };
    }),
  ];
}

function machineRoutes(app: App): readonly Route[] {
  return [
    route(contract.machineHelp, async () => ({
      on: app.config.assistantUrl !== null && app.config.assistantModel !== null,
    })),
    route(contract.machineSummary, (asked) => askForCase(app, asked, 'summary')),
    route(contract.machineReply, (asked) => askForCase(app, asked, 'reply')),
  ];
}

/** A case by its number, for whoever sees it; unknown and unseen ones are not told apart. */
async function caseByNumber(app: App, tx: ReadTx, actor: Actor, typed: string): Promise<Result<StoredCase>> {
  const number = parseCaseNumber(typed)?.number;
  const id = number === undefined ? null : await findCaseId(tx, actor, number);
  const stored = id === null ? null : await findStored(tx, actor, id, false);
  return stored && seesCase(app, actor, stored) ? stored : refuse('answers.case_not_found');
}

function managingRoutes(): readonly Route[] {
  return [
    route(contract.addTemplate, async ({ tx, actor, body, now, address }) => {
      const made = { ...body, id: uuidv7(now.getTime()), version: 1, ended: false };
      const refused = await refuseWords(tx, body, now);
      return isRefusal(refused) ? refused : put({ tx, actor, now, address }, made, 'add');
    }),
    route(contract.changeTemplate, async ({ tx, actor, params, body, now, address }) => {
      const last = await newest(tx, params.id, body.version);
      if (isRefusal(last)) return last;
      const refused = await refuseWords(tx, body, now);
      if (isRefusal(refused)) return refused;
      const made = { ...body, id: last.id, version: last.version + 1, ended: false };
      return put({ tx, actor, now, address }, made, 'change');
    }),
    route(contract.endTemplate, async ({ tx, actor, params, body, now, address }) => {
      const last = await newest(tx, params.id, body.version);
      if (isRefusal(last)) return last;
      if (last.ended) return refuse('answers.already_ended');
      return put({ tx, actor, now, address }, { ...last, version: last.version + 1, ended: true }, 'end');
    }),
  ];
}

/** The version somebody saw, if it still is the newest. */
async function newest(tx: ReadTx, id: string, seen: number): Promise<Result<Template>> {
  const last = (await store.versionsOf(tx, id))[0];
  if (!last) return refuse('answers.not_found');
  return last.version === seen ? last : refuse('answers.stale');
}

type Wanted = { readonly classCode: string; readonly words: Both };

async function refuseWords(tx: ReadTx, { classCode, words }: Wanted, now: Date): Promise<Result<null>> {
  if (classCode !== EVERY_CLASS && !(await findClass(tx, classCode, now))) return refuse('answers.class_unknown');
  return refuseUnknownFields(words);
}

function refuseUnknownFields(words: Both): Result<null> {
  const unknown = Object.values(words).flatMap(unknownFields);
  if (unknown.length === 0) return null;
  const inBraces = (names: readonly string[]) => names.map((name) => `{${name}}`).join(' ');
  return refuse('answers.unknown_field', { fields: inBraces([...new Set(unknown)]), known: inBraces(FIELDS) });
}

type By = { readonly tx: WriteTx; readonly actor: Actor; readonly now: Date; readonly address: string };

async function put(
  { tx, actor, now, address }: By,
  made: Omit<Template, 'since'>,
  what: 'add' | 'change' | 'end',
): Promise<Result<contract.TemplateView>> {
  if (!(await store.addVersion(tx, actor, made, now))) return refuse('answers.stale');
  const { id, version, step, classCode } = made;
  const entry = { action: `answers.${what}_template`, targetKind: 'answer_template', targetId: id } as const;
  await audit(tx, actor, { ...entry, result: 'done', details: { version, step, class: classCode }, address }, now);
  const [shown] = await present(tx, [{ ...made, since: now }]);
  if (!shown) throw new Error('one came back as none');
  return shown;
}

async function present(tx: ReadTx, templates: readonly Template[]): Promise<contract.TemplateView[]> {
  const codes = [...new Set(templates.map((one) => one.classCode).filter((code) => code !== EVERY_CLASS))];
  const names = await classNames(tx, codes);
  return templates.map((one) => {
    const found = names.get(one.classCode);
    return {
      ...one,
      name: { ...one.name },
      words: { ...one.words },
      class: found ? { nameZh: found.nameZh, nameEn: found.nameEn } : null,
      since: one.since?.toISOString() ?? null,
    };
  });
}
