import type { Lane, Role } from '../../platform/auth/actor.ts';
import { COUNTY, GRID, OTHER_GRID, OTHER_TOWN, TOWN, VILLAGE } from '../cast.ts';
import type { County } from '../county.ts';
import type { Filed } from '../desk.ts';

/** What one case is, as far as sight of it goes; and everything by which it would be recognised in an answer. */
export type CaseFixture = {
  readonly kind: string;
  readonly filed: Filed;
  readonly fileId: string;
  readonly areaCode: string;
  readonly lane: Lane;
  readonly sealed: boolean;
  /** Organisations that lead or assist. */
  readonly offices: readonly string[];
  readonly marks: readonly string[];
};

/** Something several offices take part in, seen besides by those whose roles read there by area. */
export type TakingPartFixture = {
  readonly id: string;
  readonly areaCode: string;
  readonly lane: Lane;
  readonly offices: readonly string[];
  readonly readers: readonly Role[];
};

/** Something else that only some may see. */
export type PlacedFixture = { readonly id: string; readonly areaCode: string };

export type Fixtures = {
  readonly cases: readonly CaseFixture[];
  /** Said of requesters: no answer shows them in plain. */
  readonly identities: readonly string[];
  readonly joints: readonly TakingPartFixture[];
  /** Urgent matters sent to who is on duty: the grid worker here, nobody there. */
  readonly dutyCalls: readonly TakingPartFixture[];
  readonly dutyTeam: string;
  readonly dutyShift: string;
  readonly posts: readonly PlacedFixture[];
  readonly organisations: readonly PlacedFixture[];
  readonly addresses: readonly PlacedFixture[];
  readonly areas: readonly string[];
  /** An account nobody plays. */
  readonly spareUser: string;
  readonly areaSet: string;
  readonly dispatchEntry: string;
  /** Uploaded by the dispatcher and attached to nothing. */
  readonly looseFile: string;
};

type Recipe = {
  readonly kind: string;
  readonly area: string;
  readonly classCode: string;
  readonly lane: Lane;
  readonly sealed?: true;
  readonly confidential?: true;
  /** Kinds of organisations: the lead, then who assists. */
  readonly to?: readonly string[];
};

/** Own and other area × own and other organisation, and what hides a case beside. */
const RECIPES: readonly Recipe[] = [
  { kind: 'here, new', area: GRID, classCode: '1101', lane: 'enforcement' },
  { kind: 'here, led by housing', area: GRID, classCode: '1101', lane: 'enforcement', to: ['housing'] },
  { kind: 'here, led by enforcement', area: GRID, classCode: '1101', lane: 'enforcement', to: ['enforcement'] },
  { kind: 'there, new', area: OTHER_GRID, classCode: '1101', lane: 'enforcement' },
  { kind: 'there, led by housing', area: OTHER_GRID, classCode: '1101', lane: 'enforcement', to: ['housing'] },
  {
    kind: 'there, assisted',
    area: OTHER_GRID,
    classCode: '1101',
    lane: 'enforcement',
    to: ['transport', 'enforcement'],
  },
  { kind: 'here, safety', area: GRID, classCode: '0405', lane: 'safety' },
  { kind: 'there, safety', area: OTHER_GRID, classCode: '0405', lane: 'safety' },
  { kind: 'here, sealed', area: GRID, classCode: '1601', lane: 'services', sealed: true },
  { kind: 'there, sealed', area: OTHER_GRID, classCode: '1601', lane: 'services', sealed: true },
  {
    kind: 'here, sealed, led by housing',
    area: GRID,
    classCode: '1601',
    lane: 'services',
    sealed: true,
    to: ['housing'],
  },
  { kind: 'here, confidential', area: GRID, classCode: '1101', lane: 'enforcement', sealed: true, confidential: true },
  { kind: 'place unknown', area: COUNTY, classCode: '1101', lane: 'enforcement' },
];

/** Makes everything a permission could be about, in the towns of the cast. */
export async function makeFixtures(county: County): Promise<Fixtures> {
  const cases: CaseFixture[] = [];
  const identities: string[] = [];
  for (const [index, recipe] of RECIPES.entries()) {
    const requester = { name: `标记人${index}号`, phone: `1371234${String(5600 + index)}` };
    identities.push(requester.name, requester.phone);
    cases.push(await makeCase(county, recipe, requester, index));
  }
  const joints = [await makeJoint(county, cases)];
  const duty = await makeDuty(county, cases);
  await county.work();
  return {
    cases,
    identities,
    joints,
    ...duty,
    posts: [await makePost(county, TOWN, 'justice_office'), await makePost(county, OTHER_TOWN, 'justice_office')],
    organisations: await Promise.all(
      [COUNTY, TOWN, OTHER_TOWN, VILLAGE].map(async (areaCode) => ({
        id: await county.body(areaCode === VILLAGE ? 'village' : 'command_centre', areaCode),
        areaCode,
      })),
    ),
    addresses: [await makeAddress(county, GRID), await makeAddress(county, OTHER_GRID)],
    areas: [COUNTY, TOWN, GRID, OTHER_TOWN, OTHER_GRID],
    spareUser: await makeAccount(county, 'spare', '备用者'),
    areaSet: await made(county, '/api/area-sets', { kind: 'cluster', name: '测试片区', members: [TOWN] }),
    dispatchEntry: (await county.call('administrator', 'GET', '/api/catalogue/dispatch-entries')).body.items[0].id,
    looseFile: await county.photo('dispatcher'),
  };
}

async function makeCase(county: County, recipe: Recipe, requester: object, index: number): Promise<CaseFixture> {
  const { area, classCode, to = [] } = recipe;
  const words = { title: `记号标题${index}号`, body: `记号内容${index}号，请处理。` };
  const place = { areaCode: area, text: `记号地点${index}号` };
  const fileId = await county.photo('dispatcher');
  const asked = {
    ...words,
    classCode,
    place,
    requester,
    fileIds: [fileId],
    confidential: recipe.confidential ?? false,
  };
  const filed = await county.file('dispatcher', asked);
  const offices: string[] = [];
  for (const kind of to) offices.push(await county.body(kind));
  const [leadId, ...assistIds] = offices;
  if (leadId) await county.step('dispatcher', 'dispatch', filed.id, { leadId, assistIds, reason: '由它办理。' });
  if (to[0] === 'housing' && recipe.kind.startsWith('here, led')) await workOn(county, filed);
  const marks = [filed.id, filed.number, fileId, words.title, words.body, place.text];
  const { kind, lane, sealed = false } = recipe;
  return { kind, filed, fileId, areaCode: area, lane, sealed, offices, marks };
}

/** A joint handling of a case that enforcement leads: housing is called to it, and sees the case from then on. */
async function makeJoint(county: County, cases: CaseFixture[]): Promise<TakingPartFixture> {
  const at = cases.findIndex(({ kind }) => kind === 'here, led by enforcement');
  const of = cases[at];
  if (!of) throw new Error('no case to whistle for');
  const [enforcement, housing] = [await county.body('enforcement'), await county.body('housing')];
  const calls = [enforcement, housing].map((organisationId) => ({ organisationId, task: '到场处理。' }));
  const whistle = { ground: 'joint_enforcement', matter: '联合整治占道堆物。', calls, leadId: enforcement };
  const { status, body } = await county.call(
    'townDispatcher',
    'POST',
    `/api/cases/${of.filed.id}/joint-handlings`,
    whistle,
  );
  if (status !== 201) throw new Error(`whistle: ${JSON.stringify(body)}`);
  cases[at] = { ...of, offices: [enforcement, housing] };
  const offices = [
    enforcement,
    housing,
    await county.body('command_centre', TOWN),
    await county.body('command_centre'),
  ];
  const readers: readonly Role[] = ['dispatcher', 'supervisor', 'evaluator', 'community_worker'];
  return { id: body.id, areaCode: of.areaCode, lane: of.lane, offices, readers };
}

/** A team of the town with its dispatcher on duty, and a matter sent to him. */
async function makeDuty(
  county: County,
  cases: readonly CaseFixture[],
): Promise<Pick<Fixtures, 'dutyCalls' | 'dutyTeam' | 'dutyShift'>> {
  const of = cases.find(({ kind }) => kind === 'here, new');
  if (!of) throw new Error('no case to send');
  const asked = async (path: string, body: object) => (await county.call('townDispatcher', 'POST', path, body)).body;
  const { id: dutyTeam } = await asked('/api/duty/teams', { kind: 'enforcement', name: '执法小队', areaCode: TOWN });
  const postId = county.players.townDispatcher.posts[0]?.id;
  await asked(`/api/duty/teams/${dutyTeam}/members`, { postId });
  const now = county.app.now().getTime();
  const span = { startsAt: new Date(now).toISOString(), endsAt: new Date(now + 36_000_000).toISOString() };
  const { id: dutyShift } = await asked(`/api/duty/teams/${dutyTeam}/shifts`, { ...span, line: [postId] });
  const { id } = await asked(`/api/cases/${of.filed.id}/duty-calls`, { teamId: dutyTeam });
  if (!id) throw new Error('no duty call');
  const readers: readonly Role[] = ['dispatcher', 'supervisor', 'evaluator'];
  return { dutyCalls: [{ id, areaCode: of.areaCode, lane: of.lane, offices: [], readers }], dutyTeam, dutyShift };
}

/** One case that went further, so that its page, its messages and the queues hold more. */
async function workOn(county: County, filed: Filed): Promise<void> {
  await county.step('housing', 'acceptance', filed.id);
  await county.step('housing', 'handling', filed.id);
}

async function makePost(county: County, areaCode: string, kind: string): Promise<PlacedFixture> {
  const userId = await makeAccount(county, `post-${areaCode}`, `岗位${areaCode}`);
  const organisation = await county.body(kind, areaCode);
  const post = {
    userId,
    role: 'handler',
    gridRole: null,
    titleZh: null,
    titleEn: null,
    scope: [areaCode],
    lanes: null,
  };
  const id = await made(county, `/api/organisations/${organisation}/posts`, {
    ...post,
    areaSetId: null,
    validFrom: '2026-03-10',
    validTo: null,
  });
  return { id, areaCode };
}

async function makeAccount(county: County, username: string, name: string): Promise<string> {
  const { status, body } = await county.call('administrator', 'POST', '/api/auth/accounts', { username, name });
  if (status !== 201) throw new Error(`account ${username}: ${JSON.stringify(body)}`);
  // The office learns of a new account by an event.
  await county.work();
  return body.account.id;
}

async function makeAddress(county: County, grid: string): Promise<PlacedFixture> {
  const address = { estate: `测试小区${grid}`, building: '1', unit: '', room: '101' };
  return { id: await made(county, `/api/areas/${grid}/addresses`, address), areaCode: grid };
}

async function made(county: County, path: string, body: object): Promise<string> {
  const answer = await county.call('administrator', 'POST', path, body);
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}
