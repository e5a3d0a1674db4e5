import { sql } from 'kysely';
import { isRefusal, type Result, refuse } from '../../kit/result.ts';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { classNames, findClass } from '../catalogue/index.ts';
import { checkScript, type Question, type Script, SHIPPED_SCRIPT } from './rules/script.ts';

export const EVERY_CLASS = '*';

type Row = {
  classCode: string;
  validFrom: Date;
  openingZh: string;
  openingEn: string;
  closingZh: string;
  closingEn: string;
  questions: Question[];
};

/** The script of each class that has its own, as it holds at an instant. */
async function scriptRows(tx: ReadTx, at: Date): Promise<Row[]> {
  const { rows } = await sql<Row>`
    SELECT DISTINCT ON (class_code) class_code AS "classCode", valid_from AS "validFrom", opening_zh AS "openingZh",
      opening_en AS "openingEn", closing_zh AS "closingZh", closing_en AS "closingEn", questions
    FROM call_backs.script
    WHERE tenant_id = nullif(current_setting('app.tenant', true), '')::int AND valid_from <= ${at}
    ORDER BY class_code, valid_from DESC`.execute(tx);
  return rows;
}

const scriptOf = ({ openingZh, openingEn, closingZh, closingEn, questions }: Row): Script => ({
  openingZh,
  openingEn,
  closingZh,
  closingEn,
  questions,
});

/** What to read out for a class: its own, else its upper class's, else the place's general one, else the shipped one. */
export async function readScript(tx: ReadTx, classCode: string, at: Date): Promise<Script> {
  const rows = await scriptRows(tx, at);
  const found = [classCode, classCode.slice(0, 2), EVERY_CLASS]
    .map((code) => rows.find((row) => row.classCode === code))
    .find((row) => row !== undefined);
  return found ? scriptOf(found) : SHIPPED_SCRIPT;
}

export async function listScripts(tx: ReadTx, at: Date) {
  const rows = await scriptRows(tx, at);
  const names = await classNames(
    tx,
    rows.map((row) => row.classCode),
  );
  const own = rows.map((row) => ({
    classCode: row.classCode,
    class: names.get(row.classCode) ?? null,
    since: row.validFrom.toISOString(),
    script: scriptOf(row),
  }));
  const general = own.some((one) => one.classCode === EVERY_CLASS)
    ? []
    : [{ classCode: EVERY_CLASS, class: null, since: null, script: SHIPPED_SCRIPT }];
  return [...general, ...own];
}

/** Puts a script in place from `at` on. */
export async function setScript(
  tx: WriteTx,
  actor: Actor,
  classCode: string,
  script: Script,
  at: Date,
): Promise<Result<null>> {
  const refusal = checkScript(script);
  if (isRefusal(refusal)) return refusal;
  if (classCode !== EVERY_CLASS && !(await findClass(tx, classCode, at))) return refuse('call-backs.class_unknown');
  await sql`
    INSERT INTO call_backs.script (tenant_id, class_code, valid_from, opening_zh, opening_en, closing_zh, closing_en,
      questions, set_by)
    VALUES (${actor.tenant}, ${classCode}, ${at}, ${script.openingZh}, ${script.openingEn}, ${script.closingZh},
      ${script.closingEn}, ${JSON.stringify(script.questions)}::jsonb, ${actorId(actor)})
    ON CONFLICT DO NOTHING`.execute(tx);
  return null;
}
