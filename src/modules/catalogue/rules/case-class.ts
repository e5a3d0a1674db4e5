import type { Lane } from '../../../platform/auth/actor.ts';

export const SENSITIVITIES = ['normal', 'sealed'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];
export const URGENCIES = ['normal', 'urgent'] as const;
export type DefaultUrgency = (typeof URGENCIES)[number];

/**
 * A class of matters at one version of the catalogue. `version` is the catalogue's, not the row's own: a case that
 * keeps it finds class and deadlines again as they stood then.
 */
export type CaseClass = {
  readonly code: string;
  readonly version: number;
  /** Null for the upper of the two levels. */
  readonly parentCode: string | null;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly keywords: readonly string[];
  readonly lane: Lane;
  readonly sensitivity: Sensitivity;
  readonly defaultUrgency: DefaultUrgency;
  /** Registered, then passed to the lawful route (信访). */
  readonly petition: boolean;
  /** A grid worker may report and settle it in one step (即查即办). */
  readonly settleOnSpot: boolean;
  readonly needsPhoto: boolean;
  /** The requester is asked before it closes. */
  readonly callBackBefore: boolean;
  readonly fallback: boolean;
  readonly validFrom: Date;
  readonly validTo: Date | null;
};

/** What two classes of one family must agree on; null when they do. */
export function refuseChild(
  parent: Pick<CaseClass, 'parentCode' | 'sensitivity' | 'petition'>,
  child: Pick<CaseClass, 'sensitivity' | 'petition'>,
): 'catalogue.two_levels_only' | 'catalogue.sealed_parent' | 'catalogue.petition_parent' | null {
  if (parent.parentCode !== null) return 'catalogue.two_levels_only';
  if (parent.sensitivity === 'sealed' && child.sensitivity !== 'sealed') return 'catalogue.sealed_parent';
  return parent.petition && !child.petition ? 'catalogue.petition_parent' : null;
}
