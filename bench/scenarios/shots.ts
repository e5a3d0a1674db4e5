import { makeTexts } from '../fill/texts.ts';
import type { Shot } from '../load.ts';
import type { Stage } from '../stage.ts';

/** Makes one run's keys differ from every other's. */
export const runKey = () => `bench-${Date.now().toString(36)}`;

export const JSON_BODY = { 'content-type': 'application/json' } as const;

/** Filings as a service desk enters them: each of another person, in many places, of the classes that are common. */
export async function filings(stage: Stage, count: number): Promise<readonly Shot[]> {
  const run = runKey();
  const { areas, classes } = await places(stage);
  return makeTexts(count, 7).map(({ title, body, place }, at) => ({
    method: 'POST',
    path: '/api/cases',
    headers: { ...JSON_BODY, 'idempotency-key': `${run}-{n}` },
    body: JSON.stringify({
      title,
      body,
      classCode: classes[at % classes.length],
      place: { areaCode: areas[at % areas.length], text: place },
      channel: (['phone', 'phone', 'phone', 'counter', 'letter'] as const)[at % 5],
      requester: { name: '王示例', phone: '139{n}' },
    }),
  }));
}

export async function places(
  stage: Stage,
): Promise<{ areas: readonly string[]; classes: readonly string[]; towns: readonly string[] }> {
  const { rows } = await stage.client.query<{ areas: string[]; towns: string[]; classes: string[] }>(
    `SELECT (SELECT array_agg(code ORDER BY md5(code)) FROM areas.area WHERE tenant_id = $1 AND level = 'grid') AS areas,
       (SELECT array_agg(code ORDER BY code) FROM areas.area WHERE tenant_id = $1 AND level = 'town') AS towns,
       (SELECT array_agg(code ORDER BY md5(code)) FROM catalogue.class
        WHERE tenant_id = $1 AND parent_code IS NOT NULL AND sensitivity = 'normal') AS classes`,
    [stage.tenant],
  );
  return rows[0] ?? { areas: [], classes: [], towns: [] };
}

export async function userOf(stage: Stage, username: string): Promise<{ id: string; organisationId: string }> {
  const answer = await stage.http.json('GET', '/api/auth/me', undefined, { cookie: await stage.cookieOf(username) });
  const me = answer.body as { user: { id: string }; posts: { organisationId: string }[] };
  return { id: me.user.id, organisationId: me.posts[0]?.organisationId ?? '' };
}

/** Reads and writes: what a page of ours sends with a change. */
export async function headersOf(stage: Stage, username: string): Promise<Record<string, string>> {
  return { cookie: await stage.cookieOf(username), origin: stage.platform.url };
}
