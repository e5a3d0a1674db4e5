import type { County } from './county.ts';
import type { Filed } from './desk.ts';

/** How far a case has been brought, in the order of its straight way. */
const STATIONS = [
  'registered',
  'dispatched',
  'accepted',
  'in_progress',
  'reported_done',
  'verifying',
  'call_back',
] as const;
export type Station = (typeof STATIONS)[number];

/** Where the case lies that the cast handles: on site means there. */
export const SPOT = { lon: 115.03, lat: 31.17 } as const;

/** Brings a fresh case about a lamp on its straight way, as far as told: the housing office handles it. */
export async function bring(county: County, { id }: Pick<Filed, 'id'>, to: Station): Promise<void> {
  const steps: Record<Exclude<Station, 'registered'>, () => Promise<unknown>> = {
    dispatched: async () => county.step('dispatcher', 'dispatch', id, { leadId: await county.body('housing') }),
    accepted: () => county.step('housing', 'acceptance', id),
    in_progress: () => county.step('housing', 'handling', id),
    reported_done: () => reportDone(county, id),
    verifying: () => county.step('verifier', 'verification', id),
    call_back: () => recordVerification(county, id, true),
  };
  for (const station of STATIONS.slice(1, STATIONS.indexOf(to) + 1)) {
    await steps[station as keyof typeof steps]();
  }
}

/** A new case at a station. */
export async function caseAt(county: County, station: Station): Promise<Filed> {
  const filed = await county.fileAsResident();
  await bring(county, filed, station);
  return filed;
}

export async function reportDone(county: County, id: string): Promise<void> {
  const files = [await county.photo('housing')];
  await county.step('housing', 'completion', id, { result: '已更换灯泡，恢复照明。', files });
}

/** What the verifier found on site. */
export async function recordVerification(county: County, id: string, passed: boolean): Promise<void> {
  const finding = passed ? '现场看过，路灯已亮。' : '现场看过，路灯仍不亮。';
  const files = [await county.photo('verifier')];
  const found = { passed, how: 'on_site', point: SPOT, finding, files };
  await county.step('verifier', 'verification-result', id, found);
}

/** Sent back work done once more, and verified. */
export async function workAgain(county: County, id: string): Promise<void> {
  await county.step('housing', 'rework', id, { reason: '重新安排检修。' });
  await reportDone(county, id);
  await county.step('verifier', 'verification', id);
  await recordVerification(county, id, true);
}
