import type { WriteTx } from '../../platform/database/database.ts';
import { moveAddresses } from './addresses.ts';
import { copyShape } from './join-shapes.ts';
import type { Area } from './rules/area.ts';
import { nextCode, segmentRange } from './rules/codes.ts';
import { childrenOf } from './store.ts';
import { endAreas, insertAreas, insertSuccessions, type Succession } from './writer.ts';

/** An area that ends and what comes after it. */
export type Ending = {
  readonly code: string;
  readonly successors: readonly string[];
  readonly manner: Succession['manner'];
};

/** Writes ends and successions. */
export async function endWith(tx: WriteTx, endings: readonly Ending[], day: string): Promise<void> {
  await endAreas(
    tx,
    endings.map((ending) => ending.code),
    day,
  );
  const successions = endings.flatMap(({ code, successors, manner }) =>
    successors.map((successor) => ({ code, successor, manner })),
  );
  await insertSuccessions(tx, successions, day);
}

/**
 * Continues an area and everything open below it under another parent: the code is the path, so each gets a new code
 * there (the same last digits where they are free) and the old one ends. Boundaries and addresses go along. Answers the
 * endings, to be written by the caller.
 */
export async function rehome(
  tx: WriteTx,
  area: Area,
  newParent: string,
  day: string,
  newName: string | null,
): Promise<Ending[]> {
  const taken = new Set((await childrenOf(tx, newParent, { closed: true })).map((other) => other.code));
  const same = newParent + area.code.slice((area.parentCode ?? '').length);
  const range = segmentRange(area.level, area.kind);
  const code = taken.has(same) ? range && nextCode(newParent, range, taken) : same;
  if (!code) throw new Error(`no code is left below ${newParent} for ${area.code}`);
  await insertAreas(tx, [
    {
      code,
      level: area.level,
      kind: area.kind,
      officialName: newName ?? area.officialName,
      parentCode: newParent,
      validFrom: day,
      provisional: newName === null && area.provisional,
      households: area.households,
      population: area.population,
    },
  ]);
  await copyShape(tx, area.code, code);
  await moveAddresses(tx, area.code, code);
  const endings: Ending[] = [];
  for (const child of await childrenOf(tx, area.code, { closed: false })) {
    endings.push(...(await rehome(tx, child, code, day, null)));
  }
  endings.push({ code: area.code, successors: [code], manner: 'moved' });
  return endings;
}
