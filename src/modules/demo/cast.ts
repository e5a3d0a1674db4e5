import { isRefusal } from '../../kit/result.ts';
import type { App } from '../../platform/app.ts';
import { type Lane, type Officer, type Post, type Role, systemActor } from '../../platform/auth/actor.ts';
import type { WriteTx } from '../../platform/database/database.ts';
import { tenantPrefix } from '../../platform/http/serve.ts';
import type { Area } from '../areas/index.ts';
import {
  countyCommandCentre,
  createPost,
  findOrganisationByKind,
  type GridRole,
  getOrganisation,
  type Organisation,
  savePerson,
  villageOrganisation,
} from '../organisations/index.ts';
import { inventedPerson } from './people.ts';

export const DEMO_PASSWORD = 'gongzhi-demo-2026';

/** The demo's stage: a few towns with their villages and grids, in the order of codes. */
export type Stage = {
  readonly towns: readonly {
    readonly town: Area;
    readonly villages: readonly { readonly village: Area; readonly grid: Area }[];
  }[];
};

export type DemoAccount = {
  readonly username: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly role: Role;
  readonly lanes?: readonly Lane[];
  readonly gridRole?: GridRole;
  readonly organisation: (tx: WriteTx, stage: Stage) => Promise<Organisation | null>;
  /** Null: the whole jurisdiction. */
  readonly scope: (stage: Stage) => string | null;
};

const town = (stage: Stage) => stage.towns[0]?.town.code ?? null;
const village = (stage: Stage) => stage.towns[0]?.villages[0];
const everywhere = () => null;
const centre = (tx: WriteTx) => countyCommandCentre(tx);
const inTown = (kind: string) => (tx: WriteTx, stage: Stage) =>
  findOrganisationByKind(tx, kind, { areaCode: town(stage) ?? '', level: 'town' });
const department = (kind: string) => (tx: WriteTx) => findOrganisationByKind(tx, kind);

/** One account for every role, in the order of a case's way. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  {
    username: 'dispatcher',
    titleZh: '县级中心调度员',
    titleEn: 'Dispatcher, county centre',
    role: 'dispatcher',
    organisation: centre,
    scope: everywhere,
  },
  {
    username: 'town-dispatcher',
    titleZh: '镇街中心调度员',
    titleEn: 'Dispatcher, town centre',
    role: 'dispatcher',
    organisation: inTown('command_centre'),
    scope: town,
  },
  {
    username: 'handler',
    titleZh: '住建局承办员',
    titleEn: 'Handler, housing department',
    role: 'handler',
    organisation: department('housing'),
    scope: everywhere,
  },
  {
    username: 'station',
    titleZh: '综合执法队承办员',
    titleEn: 'Handler, enforcement team',
    role: 'handler',
    organisation: inTown('enforcement_team'),
    scope: town,
  },
  {
    username: 'verifier',
    titleZh: '县级中心核实员',
    titleEn: 'Verifier, county centre',
    role: 'verifier',
    organisation: centre,
    scope: everywhere,
  },
  {
    username: 'supervisor',
    titleZh: '县级中心督办员',
    titleEn: 'Supervisor, county centre',
    role: 'supervisor',
    organisation: centre,
    scope: everywhere,
  },
  {
    username: 'political-legal',
    titleZh: '镇街政法委员',
    titleEn: 'Political-legal member of the town',
    role: 'supervisor',
    lanes: ['safety'],
    organisation: inTown('government'),
    scope: town,
  },
  {
    username: 'evaluator',
    titleZh: '考评员',
    titleEn: 'Evaluator',
    role: 'evaluator',
    organisation: centre,
    scope: everywhere,
  },
  {
    username: 'grid-worker',
    titleZh: '专职网格员',
    titleEn: 'Full-time grid worker',
    role: 'grid_worker',
    gridRole: 'full_time',
    organisation: (tx, stage) => villageOrganisation(tx, village(stage)?.village.code ?? ''),
    scope: (stage) => village(stage)?.grid.code ?? null,
  },
  {
    username: 'community-worker',
    titleZh: '社区工作者',
    titleEn: 'Community worker',
    role: 'community_worker',
    organisation: (tx, stage) => villageOrganisation(tx, village(stage)?.village.code ?? ''),
    scope: (stage) => village(stage)?.village.code ?? null,
  },
  {
    username: 'administrator',
    titleZh: '管理员',
    titleEn: 'Administrator',
    role: 'administrator',
    organisation: centre,
    scope: everywhere,
  },
  {
    username: 'security',
    titleZh: '安全管理员',
    titleEn: 'Security administrator',
    role: 'security_administrator',
    organisation: centre,
    scope: everywhere,
  },
  {
    username: 'auditor',
    titleZh: '审计员',
    titleEn: 'Auditor',
    role: 'auditor',
    organisation: centre,
    scope: everywhere,
  },
  {
    username: 'market-handler',
    titleZh: '市场监管局承办员',
    titleEn: 'Handler, market regulation',
    role: 'handler',
    organisation: department('market'),
    scope: everywhere,
  },
];

/** Makes the sign-in accounts that are not there yet; answers username → user id. */
export async function makeAccounts(app: App): Promise<ReadonlyMap<string, string>> {
  // All at once: most of it is the hashing of passwords, which takes other threads.
  const ids = await Promise.all(DEMO_ACCOUNTS.map(({ username }, index) => makeAccount(app, username, index)));
  return new Map(ids);
}

async function makeAccount(app: App, username: string, index: number): Promise<readonly [string, string]> {
  const account =
    (await app.auth.findAccount(username)) ??
    (await app.auth.createAccount({
      username,
      name: inventedPerson(index).name,
      password: DEMO_PASSWORD,
      publicPassword: true,
    }));
  if (isRefusal(account)) throw new Error(`demo account ${username}: ${account.code}`);
  return [username, account.id];
}

/** The people of the demo: those who can sign in, and colleagues made as the stories need them. */
export class Cast {
  readonly #app: App;
  readonly #tx: WriteTx;
  readonly #from: Date;
  readonly #named = new Map<string, Officer>();
  /** Promises, so that two who need somebody at the same time get the same one. */
  readonly #inRole = new Map<string, Promise<Officer>>();
  #next = DEMO_ACCOUNTS.length;

  constructor(app: App, tx: WriteTx, from: Date) {
    this.#app = app;
    this.#tx = tx;
    this.#from = from;
  }

  /** Gives the accounts their posts. */
  async enter(accounts: ReadonlyMap<string, string>, stage: Stage): Promise<void> {
    for (const [index, account] of DEMO_ACCOUNTS.entries()) {
      const organisation = await account.organisation(this.#tx, stage);
      const userId = accounts.get(account.username);
      if (!organisation || !userId) throw new Error(`no place for demo account ${account.username}`);
      const scope = account.scope(stage) ?? tenantPrefix(this.#app);
      const officer = await this.#engage(index, userId, organisation, account, scope);
      this.#named.set(account.username, officer);
      this.#inRole.set(`${account.role}:${organisation.id}`, Promise.resolve(officer));
    }
  }

  /** An officer by demo account. */
  named(username: string): Officer {
    const officer = this.#named.get(username);
    if (!officer) throw new Error(`nobody is ${username}`);
    return officer;
  }

  /** Somebody with a role in an organisation; engaged when there is nobody yet. */
  inRole(role: Role, organisationId: string, scope: string, gridRole: GridRole | null = null): Promise<Officer> {
    const key = `${role}:${organisationId}${gridRole ? `:${scope}` : ''}`;
    const known = this.#inRole.get(key) ?? this.#find(role, organisationId, scope, gridRole);
    this.#inRole.set(key, known);
    return known;
  }

  async #find(role: Role, organisationId: string, scope: string, gridRole: GridRole | null): Promise<Officer> {
    const index = this.#next++;
    const organisation = await getOrganisation(this.#tx, organisationId);
    return this.#engage(index, crypto.randomUUID(), organisation, { role, ...(gridRole ? { gridRole } : {}) }, scope);
  }

  async #engage(
    index: number,
    userId: string,
    organisation: Organisation,
    terms: { role: Role; lanes?: readonly Lane[]; gridRole?: GridRole; titleZh?: string; titleEn?: string },
    scope: string,
  ): Promise<Officer> {
    const person = inventedPerson(index);
    await savePerson(this.#tx, { userId, ...person });
    const actor = systemActor(this.#app.config.tenant, 'first-start');
    const asked = {
      userId,
      organisationId: organisation.id,
      role: terms.role,
      gridRole: terms.gridRole ?? null,
      scope: [scope],
      lanes: terms.lanes ?? null,
      validFrom: this.#from.toISOString().slice(0, 10),
      validTo: null,
      titleZh: terms.titleZh ?? null,
      titleEn: terms.titleEn ?? null,
    };
    const post = await createPost(this.#tx, actor, asked, this.#app.now());
    if (isRefusal(post)) throw new Error(`demo post ${terms.role} in ${organisation.name}: ${post.code}`);
    const held: Post = {
      id: post.id,
      organisationId: organisation.id,
      role: terms.role,
      scope: [scope],
      lanes: terms.lanes ?? null,
    };
    return { kind: 'officer', tenant: this.#app.config.tenant, userId, name: person.name, posts: [held] };
  }
}
