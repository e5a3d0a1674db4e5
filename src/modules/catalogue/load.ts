import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import { uuidv7 } from '../../kit/ids.ts';
import { startOfDay } from '../../kit/time.ts';
import { LANES } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { findJurisdiction } from '../areas/index.ts';
import { SENSITIVITIES, URGENCIES } from './rules/case-class.ts';
import { CLOCK_TYPES, DEADLINE_STAGES, DEFAULT, refuseAmount } from './rules/deadlines.ts';
import { ENTRY_LEVELS } from './rules/dispatch.ts';
import { tenant } from './rows.ts';

const amount = z
  .tuple([z.number(), z.enum(CLOCK_TYPES)])
  .refine(([number, clock]) => refuseAmount({ amount: number, clock }) === null, { error: 'amount does not fit' });
const stages = z.partialRecord(z.enum(DEADLINE_STAGES), amount);
const facts = {
  nameZh: z.string().min(1),
  nameEn: z.string().min(1),
  keywords: z.array(z.string().min(1)),
  sensitivity: z.enum(SENSITIVITIES).default('normal'),
  defaultUrgency: z.enum(URGENCIES).default('normal'),
  petition: z.boolean().default(false),
  settleOnSpot: z.boolean().default(false),
  needsPhoto: z.boolean().default(false),
  callBackBefore: z.boolean().default(false),
  fallback: z.boolean().default(false),
  deadlines: stages.default({}),
};
const classSeed = z.object({
  validFrom: z.iso.date(),
  defaults: z.record(z.enum(DEADLINE_STAGES), amount),
  classes: z.array(
    z.strictObject({
      code: z.string().regex(/^\d{2}$/),
      lane: z.enum(LANES),
      ...facts,
      children: z.array(
        z.strictObject({ code: z.string().regex(/^\d{4}$/), lane: z.enum(LANES).optional(), ...facts }),
      ),
    }),
  ),
});
const listSeed = z.object({
  sample: z.boolean(),
  validFrom: z.iso.date(),
  decidedBy: z.string(),
  entries: z.array(
    z.strictObject({
      number: z.int().positive(),
      classCode: z.string().regex(/^\d{2,4}$/),
      level: z.enum(ENTRY_LEVELS),
      lead: z.string().min(1),
      assists: z.array(z.string()),
      legalBasis: z.string().min(1),
    }),
  ),
});
type ClassSeed = z.output<typeof classSeed>;
type ListSeed = z.output<typeof listSeed>;

async function readSeed<T extends z.ZodType>(name: string, schema: T): Promise<z.output<T>> {
  const file = new URL(`../../../database/seeds/${name}`, import.meta.url);
  const parsed = schema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file.pathname}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/**
 * Enters the sample classes, deadlines and dispatch list from the seed files; areas and organisations must be there.
 * Does nothing when there is a catalogue already. Answers how many classes and entries were entered.
 */
export async function loadCatalogue(
  tx: WriteTx,
  { at }: { readonly at: Date },
): Promise<{ readonly classes: number; readonly entries: number }> {
  const any = await sql`SELECT 1 FROM catalogue.catalogue_version WHERE tenant_id = ${tenant} LIMIT 1`.execute(tx);
  if (any.rows.length > 0) return { classes: 0, entries: 0 };
  const classes = await readSeed('catalogue.json', classSeed);
  const list = await readSeed('dispatch-list.json', listSeed);
  const by = 'system:first-start';
  await sql`
    INSERT INTO catalogue.catalogue_version (tenant_id, version, valid_from, note, created_at, created_by)
    VALUES (${tenant}, 1, ${startOfDay(classes.validFrom)}, '', ${at}, ${by})`.execute(tx);
  await insertDeadlines(tx, classes, by);
  return { classes: await insertClasses(tx, classes), entries: await insertEntries(tx, list, by, at) };
}

async function insertClasses(tx: WriteTx, seed: ClassSeed): Promise<number> {
  const rows = seed.classes.flatMap(({ children, ...upper }) => [
    { ...upper, parentCode: null },
    ...children.map((child) => ({ ...child, lane: child.lane ?? upper.lane, parentCode: upper.code })),
  ]);
  await sql`
    INSERT INTO catalogue.class (tenant_id, code, version, parent_code, name_zh, name_en, keywords, lane, sensitivity,
      default_urgency, petition, settle_on_spot, needs_photo, call_back_before, fallback, valid_from)
    SELECT ${tenant}, r.code, 1, r."parentCode", r."nameZh", r."nameEn", r.keywords, r.lane, r.sensitivity,
      r."defaultUrgency", r.petition, r."settleOnSpot", r."needsPhoto", r."callBackBefore", r.fallback,
      ${startOfDay(seed.validFrom)}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r (code text, "parentCode" text, "nameZh" text, "nameEn" text, keywords text[], lane text, sensitivity text,
        "defaultUrgency" text, petition boolean, "settleOnSpot" boolean, "needsPhoto" boolean,
        "callBackBefore" boolean, fallback boolean)`.execute(tx);
  return rows.length;
}

async function insertDeadlines(tx: WriteTx, seed: ClassSeed, by: string): Promise<void> {
  const owners = [
    { code: DEFAULT, deadlines: seed.defaults },
    ...seed.classes.flatMap((upper) => [upper, ...upper.children]),
  ];
  const rows = owners.flatMap(({ code, deadlines }) =>
    Object.entries(deadlines).map(([stage, [number, clock]]) => ({ id: uuidv7(), code, stage, number, clock })),
  );
  await sql`
    INSERT INTO catalogue.deadline (tenant_id, id, version, class_code, stage, amount, clock, valid_from, created_by)
    SELECT ${tenant}, r.id, 1, r.code, r.stage, r.number, r.clock, ${startOfDay(seed.validFrom)}, ${by}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r (id uuid, code text, stage text, number numeric, clock text)`.execute(tx);
}

async function insertEntries(tx: WriteTx, seed: ListSeed, by: string, at: Date): Promise<number> {
  const jurisdiction = await findJurisdiction(tx);
  if (!jurisdiction) throw new Error('the dispatch list needs the divisions loaded first');
  const rows = seed.entries.map((entry) => ({ ...entry, id: uuidv7() }));
  await sql`
    INSERT INTO catalogue.dispatch_entry (tenant_id, id, entry_number, class_code, level, area_code, lead_kind,
      assist_kinds, legal_basis, decided_by, sample, valid_from, created_at, created_by)
    SELECT ${tenant}, r.id, r.number, r."classCode", r.level, ${jurisdiction.code}, r.lead, r.assists, r."legalBasis",
      ${seed.decidedBy}, ${seed.sample}, ${startOfDay(seed.validFrom)}, ${at}, ${by}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r (id uuid, number int, "classCode" text, level text, lead text, assists text[], "legalBasis" text)`.execute(
    tx,
  );
  return rows.length;
}
