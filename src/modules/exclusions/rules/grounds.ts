/** Why a case may be left out of an office's figures. A code never changes its meaning; names and terms are data. */
export type Ground = { readonly code: string; readonly nameZh: string; readonly nameEn: string };

export type GroundRow = Ground & { readonly validFrom: string; readonly validTo: string | null };

/** Grounds the platform comes with; they hold until a dated row of the place says else. */
export const SHIPPED_GROUNDS: readonly Ground[] = [
  { code: 'not_in_duty', nameZh: '不属本单位职责', nameEn: 'Not among the duties of the office' },
  { code: 'force_majeure', nameZh: '不可抗力', nameEn: 'Force majeure' },
  { code: 'honest_trial', nameZh: '改革探索容错', nameEn: 'Honest trial of something new' },
  { code: 'counted_twice', nameZh: '重复计数', nameEn: 'Counted twice' },
  { code: 'law_forbids', nameZh: '法律法规不允许', nameEn: 'The law does not allow what is asked' },
  { code: 'beyond_local_power', nameZh: '超出本级权限', nameEn: 'Beyond the powers of this level' },
];

/** The grounds in force on a day: the place's newest row of a code decides, else the shipped one holds. */
export function groundsOn(rows: readonly GroundRow[], day: string): readonly Ground[] {
  const shipped = SHIPPED_GROUNDS.filter(
    (ground) => !rows.some((row) => row.code === ground.code && row.validFrom <= day),
  );
  const own = rows.filter((row) => row.validFrom <= day && (row.validTo === null || row.validTo > day));
  const newest = new Map(own.toSorted((a, b) => a.validFrom.localeCompare(b.validFrom)).map((row) => [row.code, row]));
  return [...shipped, ...newest.values()].map(({ code, nameZh, nameEn }) => ({ code, nameZh, nameEn }));
}

/** What to call a ground that may have ended since it was used. */
export function groundName(rows: readonly GroundRow[], code: string): Ground {
  const own = rows.filter((row) => row.code === code).toSorted((a, b) => b.validFrom.localeCompare(a.validFrom))[0];
  const found = own ?? SHIPPED_GROUNDS.find((ground) => ground.code === code);
  return found ? { code, nameZh: found.nameZh, nameEn: found.nameEn } : { code, nameZh: code, nameEn: code };
}
