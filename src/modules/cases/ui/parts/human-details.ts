import { exactTime } from '../../../../platform/web/time.ts';

type Details = Readonly<Record<string, string | number | boolean | null>>;

/** A moment as the rules write it: ISO 8601 in UTC. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** A refusal's details with moments as people read them: `2026-11-20 19:42` in China instead of ISO text. */
export function humanDetails(details: Details): Details {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) =>
      typeof value === 'string' && INSTANT.test(value) ? [name, exactTime(value).slice(0, 16)] : [name, value],
    ),
  );
}
