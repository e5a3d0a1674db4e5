import { sql } from 'kysely';
import { isRefusal } from '../../kit/result.ts';
import { atMinute, DAY, dayOf, MINUTE } from '../../kit/time.ts';
import type { App } from '../../platform/app.ts';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import type { ReadTx, WriteTx } from '../../platform/database/database.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import { type Area, openAreas } from '../areas/index.ts';
import { type Filing, registerCases } from '../cases/index.ts';
import { listClasses } from '../catalogue/index.ts';
import { villageOrganisation } from '../organisations/index.ts';
import { Album } from './album.ts';
import { Cast, makeAccounts, type Stage } from './cast.ts';
import { createDice, type Dice, inventedPerson } from './people.ts';
import { type Plan, PLANS, SLOW_CLASSES } from './plans.ts';
import { PETITIONS, REJECTIONS, SPOTS, STORIES, type Story } from './stories.ts';
import { writeAsides } from './asides.ts';
import { writeTogether } from './together.ts';
import { StepRefused, Walk, type WalkParts } from './walk.ts';

const DEMO_KEY = 'demo';
const SCENARIO_KEY = 'demo.scenario';
const TOWNS = 4;
const VILLAGES = 4;
/** Requests on their way at once: while one waits for the database or the disk, the others go on. */
const AT_ONCE = 8;
/** Keeps the dice of neighbours far apart. */
const SPREAD = 0x9e3779b1;

/** Whether this database was started as a demo; decided once, at the first start. */
export function isDemo(tx: ReadTx): Promise<boolean> {
  return hasSetting(tx, DEMO_KEY);
}

export function markDemo(tx: WriteTx, at: Date): Promise<void> {
  return setSetting(tx, DEMO_KEY, at);
}

async function hasSetting(tx: ReadTx, key: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM platform.setting
    WHERE tenant_id = nullif(current_setting('app.tenant', true), '')::int AND key = ${key}`.execute(tx);
  return rows.length > 0;
}

async function setSetting(tx: WriteTx, key: string, at: Date): Promise<void> {
  await sql`
    INSERT INTO platform.setting (tenant_id, key, value, valid_from)
    VALUES (nullif(current_setting('app.tenant', true), '')::int, ${key}, 'true', ${at})`.execute(tx);
}

/**
 * The demo's people and some 300 requests of the last 60 days, in every state. Each went its way through the real
 * rules with the clock of its day. One transaction: a start that was killed begins anew.
 */
export async function loadScenario(app: App, say: (line: string) => void): Promise<void> {
  const actor = systemActor(app.config.tenant, 'first-start');
  if (await app.database.read(actor, (tx) => hasSetting(tx, SCENARIO_KEY))) return;
  const started = performance.now();
  const accounts = await makeAccounts(app);
  const count = await app.database.transact(actor, async (tx) => {
    const stage = await stageOf(tx);
    const cast = new Cast(app, tx, new Date(app.now().getTime() - 120 * DAY));
    await cast.enter(accounts, stage);
    await gridWorkers(tx, cast, stage);
    const parts = { app, tx, cast, album: new Album(app), dice: createDice(app.config.tenant) };
    const written = await writeCases(parts, stage, say);
    await writeTogether(parts, stage);
    await writeAsides(parts);
    await setSetting(tx, SCENARIO_KEY, app.now());
    return written;
  });
  say(`demo: ${count} invented requests in ${Math.round((performance.now() - started) / 100) / 10} s`);
}

/** The first towns that have villages enough, and the first grid of each village. */
async function stageOf(tx: ReadTx): Promise<Stage> {
  const towns = await openAreas(tx, 'town');
  const grids = await openAreas(tx, 'grid');
  const villages = new Map((await openAreas(tx, 'village')).map((village) => [village.code, village]));
  const chosen = towns
    .map((town) => ({ town, villages: villagesOf(town, grids, villages) }))
    .filter((one) => one.villages.length >= 2);
  return { towns: chosen.slice(0, TOWNS) };
}

function villagesOf(town: Area, grids: readonly Area[], villages: ReadonlyMap<string, Area>) {
  const seen = new Map<string, { village: Area; grid: Area }>();
  for (const grid of grids) {
    if (!grid.code.startsWith(town.code)) continue;
    const village = villages.get(grid.code.slice(0, 12));
    if (village && !seen.has(village.code)) seen.set(village.code, { village, grid });
    if (seen.size === VILLAGES) break;
  }
  return [...seen.values()];
}

/** Full-time workers for the grids on stage but one, so that the list of vacancies is not empty. */
async function gridWorkers(tx: WriteTx, cast: Cast, stage: Stage): Promise<void> {
  const places = stage.towns.flatMap((one) => one.villages);
  for (const { village, grid } of places.slice(1, -1)) {
    const organisation = await villageOrganisation(tx, village.code);
    if (organisation) await cast.inRole('grid_worker', organisation.id, grid.code, 'full_time');
  }
}

async function writeCases(parts: WalkParts, stage: Stage, say: (line: string) => void): Promise<number> {
  const plans = PLANS.flatMap((plan) => Array.from({ length: plan.count }, () => plan));
  const now = parts.app.now();
  const filing = createLine();
  const classes = await listClasses(parts.tx, now);
  const asked = new Set(classes.filter(({ callBackBefore }) => callBackBefore).map(({ code }) => code));
  const left = plans.entries();
  let done = 0;
  const lane = async () => {
    for (const [index, plan] of left) {
      // Dice of its own: what happens to one does not hang on how far the others are.
      const dice = createDice(parts.app.config.tenant ^ Math.imul(index + 1, SPREAD));
      try {
        await writeCase({ ...parts, dice }, stage, plan, storyFor(plan, dice, asked), now, filing);
      } catch (error) {
        // A county's own settings may forbid a step of a story: that request stays where it was, and it is said.
        if (!(error instanceof StepRefused)) throw error;
        say(`demo: "${plan.name}" stopped early: ${error.message}`);
      }
      done += 1;
      if (done % 60 === 0) say(`demo: ${done} of ${plans.length}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return done;
}

type Line = <T>(work: () => Promise<T>) => Promise<T>;

/** Does one after the other, in the order in which they came. */
function createLine(): Line {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function writeCase(
  parts: WalkParts,
  stage: Stage,
  plan: Plan,
  story: Story,
  now: Date,
  filing: Line,
): Promise<void> {
  const { dice } = parts;
  const opened = new Date(now.getTime() - dice.number(...plan.age) * DAY);
  // Filings take and give back numbers of a day, so they are no work for several at a time.
  const id = await filing(() => file(parts, stage, plan, story, opened));
  const walk = new Walk(parts, id, story, opened);
  const passed = now.getTime() - opened.getTime();
  const span = plan.fresh
    ? passed - dice.number(1, 25) * MINUTE
    : Math.min(dice.number(...plan.takes) * DAY, passed - 5 * MINUTE);
  const ways = plan.steps.length;
  const calls = callTimes(plan);
  for (const [index, step] of plan.steps.entries()) {
    const early = index + 1 === ways ? 0 : dice.number(0, 0.4);
    const planned = new Date(opened.getTime() + (span * (index + 1 - early)) / ways);
    const minutes = step === 'try_call' ? calls.shift() : undefined;
    const called = minutes === undefined ? planned : atMinute(dayOf(planned), minutes);
    walk.at = new Date(Math.max(called.getTime(), walk.at.getTime() + MINUTE));
    await walk.take(step);
  }
}

/** Who is called until he counts as out of reach is called in the morning, in the afternoon and in the evening. */
const callTimes = (plan: Plan) =>
  plan.steps.includes('close_unreachable') ? [10, 15, 19].map((hour) => hour * 60) : [];

const SEALED = ['13', '14', '15', '16', '18'];
const SETTLED_CLASSES = ['0901', '0902', '0903', '0404', '1204'];

/** `asked` are the classes whose requesters are asked before a case is closed. */
function storyFor(plan: Plan, dice: Dice, asked: ReadonlySet<string>): Story {
  const stories = STORIES.filter((story) => {
    if (plan.asked && !asked.has(story.classCode)) return false;
    if (plan.settled) return SETTLED_CLASSES.includes(story.classCode) && !story.urgent;
    // What somebody asks for himself in need is sealed and never published.
    if (plan.steps.includes('release') && SEALED.some((code) => story.classCode.startsWith(code))) return false;
    return plan.stories !== 'slow' || SLOW_CLASSES.includes(story.classCode);
  });
  const spot = dice.pick(SPOTS);
  const chosen =
    plan.stories === 'petition'
      ? dice.pick(PETITIONS)
      : plan.stories === 'rejection'
        ? rejection(dice)
        : dice.pick(stories);
  return { ...chosen, title: chosen.title.replaceAll('{spot}', spot), body: chosen.body.replaceAll('{spot}', spot) };
}

function rejection(dice: Dice): Story {
  const chosen = dice.pick(REJECTIONS);
  return { ...chosen, classCode: '2299', result: '' };
}

async function file(parts: WalkParts, stage: Stage, plan: Plan, story: Story, at: Date): Promise<string> {
  const { app, tx, cast, album, dice } = parts;
  const place = dice.pick(dice.pick(stage.towns).villages);
  const deps = { vault: app.vault, rootCode: tenantPrefix(app) };
  const requester = plan.settled || plan.anonymous ? null : inventedPerson(dice.whole(200, 900));
  const resident: Actor = { kind: 'anonymous', tenant: app.config.tenant };
  const first = stage.towns[0]?.villages[0];
  // The grid worker who can sign in settles what is settled, and finds work of others to check.
  const isHis = plan.settled || (plan.steps.at(-1) === 'report_done' && dice.chance(0.4));
  const spot = isHis && first ? first : place;
  const channel = plan.settled ? 'grid' : dice.pick(['portal', 'portal', 'portal', 'phone', 'counter'] as const);
  const actor =
    channel === 'grid' ? cast.named('grid-worker') : channel === 'portal' ? resident : cast.named('dispatcher');
  const filing: Filing = {
    title: story.title,
    body: story.body,
    classCode: story.classCode,
    place: { areaCode: spot.grid.code, point: null, text: null },
    channel,
    urgency: story.urgent && !plan.settled ? 'urgent' : 'normal',
    confidential: false,
    requester: requester && { name: requester.name, phone: requester.phone, mail: null },
    anonymous: false,
    contactable: requester !== null,
    publicConsent: plan.steps.includes('release') || dice.chance(0.4),
    occurredAt: null,
    fileIds: !plan.settled && dice.chance(0.25) ? [await album.photo(actor, dice, false)] : [],
    settlement: plan.settled
      ? {
          result: story.result,
          beforeFiles: [await album.photo(actor, dice, false)],
          afterFiles: [await album.photo(actor, dice, true)],
        }
      : null,
    imported: null,
  };
  const [receipt] = await registerCases(tx, deps, actor, [filing], at);
  if (!receipt || isRefusal(receipt)) throw new Error(`demo request "${story.title}": ${receipt?.code}`);
  return receipt.id;
}
