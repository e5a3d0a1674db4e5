import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import { uuidv7 } from '../../kit/ids.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { openAreas } from '../areas/index.ts';
import { generateOrganisations, type SeedKind, seedKinds } from './rules/generate.ts';
import { ORGANISATION_LEVELS, type Organisation } from './rules/organisation.ts';
import { tenant } from './rows.ts';

const template = z.strictObject({ name: z.string().min(1), shortName: z.string().min(1), nameEn: z.string().min(1) });
const seed = z.object({
  kinds: z.array(
    z.strictObject({
      kind: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
      levels: z.array(z.enum(ORGANISATION_LEVELS)).min(1),
      nameZh: z.string().min(1),
      nameEn: z.string().min(1),
      template,
      variants: z.record(z.string(), template).exactOptional(),
      station: z.boolean().exactOptional(),
      external: z.boolean().exactOptional(),
      lineSuperior: z.string().exactOptional(),
      complaintPhone: z.string().exactOptional(),
    }),
  ),
});

/** The kinds of the seed file; throws with the place of a mistake when an administrator's edit does not fit. */
export async function readSeed(
  file: URL = new URL('../../../database/seeds/organisations.json', import.meta.url),
): Promise<readonly SeedKind[]> {
  const parsed = seed.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file.pathname}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.kinds;
}

/**
 * Enters every organisation of the jurisdiction from its areas and the seed file. Does nothing when there are
 * organisations already. Answers how many were entered.
 */
export async function loadOrganisations(
  tx: WriteTx,
  options: { readonly at: Date; readonly kinds?: readonly SeedKind[] },
): Promise<number> {
  const any = await sql`SELECT 1 FROM organisations.organisation WHERE tenant_id = ${tenant} LIMIT 1`.execute(tx);
  if (any.rows.length > 0) return 0;
  const kinds = options.kinds ?? (await readSeed());
  const places = (await Promise.all(ORGANISATION_LEVELS.map((level) => openAreas(tx, level)))).flat();
  const made = generateOrganisations(places, kinds, () => uuidv7(options.at.getTime()));
  await insertKinds(tx, kinds);
  await insertOrganisations(tx, made);
  return made.length;
}

async function insertKinds(tx: WriteTx, kinds: readonly SeedKind[]): Promise<void> {
  const rows = seedKinds(kinds).map((kind, index) => ({ ...kind, position: index + 1 }));
  await sql`
    INSERT INTO organisations.kind (tenant_id, kind, name_zh, name_en, levels, station, position)
    SELECT ${tenant}, k.kind, k."nameZh", k."nameEn", k.levels, k.station, k.position
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS k (kind text, "nameZh" text, "nameEn" text, levels text[], station boolean, position smallint)
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** One statement with one parameter: 5,000 rows in well under a second. First load only, never on a hot path. */
async function insertOrganisations(tx: WriteTx, made: readonly Organisation[]): Promise<void> {
  await sql`
    INSERT INTO organisations.organisation (tenant_id, id, kind, level, name, name_en, short_name, area_code,
      line_superior_id, directing_body_id, phone, complaint_phone, external, valid_from)
    SELECT ${tenant}, r.id, r.kind, r.level, r.name, r."nameEn", r."shortName", r."areaCode", r."lineSuperiorId",
      r."directingBodyId", r.phone, r."complaintPhone", r.external, r."validFrom"
    FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb)
      AS r (id uuid, kind text, level text, name text, "nameEn" text, "shortName" text, "areaCode" text,
        "lineSuperiorId" uuid, "directingBodyId" uuid, phone text, "complaintPhone" text, external boolean,
        "validFrom" date)`.execute(tx);
}
