import { sql } from 'kysely';
import { type Actor, actorId } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import type { AnswerStep, Template } from './rules/template.ts';
import { shippedTemplates } from './shipped.ts';

const tenant = sql<number>`nullif(current_setting('app.tenant', true), '')::int`;

type Row = {
  id: string;
  version: number;
  class_code: string;
  step: AnswerStep;
  name_zh: string;
  name_en: string;
  words_zh: string;
  words_en: string;
  ended: boolean;
  set_at: Date;
};

const COLUMNS = sql`t.id, t.version, t.class_code, t.step, t.name_zh, t.name_en, t.words_zh, t.words_en, t.ended, t.set_at`;

function toTemplate(row: Row): Template {
  return {
    id: row.id,
    version: row.version,
    classCode: row.class_code,
    step: row.step,
    name: { 'zh-CN': row.name_zh, en: row.name_en },
    words: { 'zh-CN': row.words_zh, en: row.words_en },
    ended: row.ended,
    since: row.set_at,
  };
}

/** Every template as it stands: the place's newest version, else the shipped one. */
export async function currentTemplates(tx: ReadTx): Promise<readonly Template[]> {
  const { rows } = await sql<Row>`
    SELECT DISTINCT ON (t.id) ${COLUMNS} FROM answers.template t
    WHERE t.tenant_id = ${tenant} ORDER BY t.id, t.version DESC`.execute(tx);
  const own = rows.map(toTemplate);
  const changed = new Set(own.map((one) => one.id));
  return [...(await shippedTemplates()).filter((one) => !changed.has(one.id)), ...own];
}

/** All versions of one, newest first; none when it is unknown. */
export async function versionsOf(tx: ReadTx, id: string): Promise<readonly Template[]> {
  const { rows } = await sql<Row>`
    SELECT ${COLUMNS} FROM answers.template t
    WHERE t.tenant_id = ${tenant} AND t.id = ${id}::uuid ORDER BY t.version DESC LIMIT 200`.execute(tx);
  return [...rows.map(toTemplate), ...(await shippedTemplates()).filter((one) => one.id === id)];
}

/** Adds a version; false when somebody else was first. */
export async function addVersion(tx: WriteTx, actor: Actor, made: Omit<Template, 'since'>, at: Date): Promise<boolean> {
  const done = await sql`
    INSERT INTO answers.template (tenant_id, id, version, class_code, step, name_zh, name_en, words_zh, words_en, ended,
      set_at, set_by)
    VALUES (${tenant}, ${made.id}::uuid, ${made.version}, ${made.classCode}, ${made.step}, ${made.name['zh-CN']},
      ${made.name.en}, ${made.words['zh-CN']}, ${made.words.en}, ${made.ended}, ${at}, ${actorId(actor)})
    ON CONFLICT DO NOTHING`.execute(tx);
  return done.numAffectedRows === 1n;
}
