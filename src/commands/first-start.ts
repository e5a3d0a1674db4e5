import { isRefusal } from '../kit/result.ts';
import { dayOf } from '../kit/time.ts';
import { findJurisdiction, loadDivisions } from '../modules/areas/index.ts';
import { loadCatalogue } from '../modules/catalogue/index.ts';
import { demoAccountLines, isDemo, loadScenario, markDemo } from '../modules/demo/index.ts';
import { loadPrivacy } from '../modules/privacy/index.ts';
import {
  countyCommandCentre,
  createPost,
  loadOrganisations,
  type Organisation,
  postsOfUser,
  savePerson,
} from '../modules/organisations/index.ts';
import type { App } from '../platform/app.ts';
import { systemActor } from '../platform/auth/actor.ts';
import type { WriteTx } from '../platform/database/database.ts';
import { tenantPrefix } from '../platform/http/serve.ts';

export type FirstStart = {
  /** What the terminal says after the addresses: demo accounts, or the first administrator's link. */
  hints(address: string): Promise<string[]>;
};

/**
 * Loads what an empty database needs: divisions, organisations, catalogue; then the demo, or nothing but a first
 * administrator who sets his password by a one-time link. Does nothing on a database that has its county already.
 * Everything but accounts is one transaction, so that a start that was killed begins anew.
 */
export async function firstStart(app: App, say: (line: string) => void): Promise<FirstStart> {
  const { config, database } = app;
  const actor = systemActor(config.tenant, 'first-start');
  const loaded = await database.read(actor, (tx) => findJurisdiction(tx));
  if (!loaded) {
    await loadCounty(app, say);
    say(`loaded ${config.jurisdiction}`);
  }
  const demo = await database.read(actor, (tx) => isDemo(tx));
  if (demo) {
    // Goes on where a killed first start stopped; does nothing when the scenario is whole.
    await loadScenario(app, say);
    return { hints: async () => demoAccountLines() };
  }
  return { hints: (address) => administratorHint(app, address) };
}

async function loadCounty(app: App, say: (line: string) => void): Promise<void> {
  const { config, database } = app;
  const actor = systemActor(config.tenant, 'first-start');
  const result = await database.transact(actor, async (tx) => {
    const divisions = await loadDivisions(tx, config.jurisdiction);
    if (isRefusal(divisions)) return divisions;
    say(
      `divisions: ${divisions.towns} town-level units, ${divisions.villages} villages and communities, ${divisions.grids} grids`,
    );
    const organisations = await loadOrganisations(tx, { at: app.now() });
    say(`organisations: ${organisations}`);
    await loadCatalogue(tx, { at: app.now() });
    const jurisdiction = await findJurisdiction(tx);
    await loadPrivacy(tx, { at: app.now(), place: jurisdiction?.name ?? '' });
    if (config.demo) await markDemo(tx, app.now());
    return divisions;
  });
  if (isRefusal(result))
    throw new Error(
      `The jurisdiction ${config.jurisdiction} is not among the divisions. Give a county, district or prefecture-level city with --jurisdiction.`,
    );
}

const FIRST_ADMINISTRATOR = 'admin';

/** A bare installation: one administrator, whose link is shown until he has used it. */
async function administratorHint(app: App, address: string): Promise<string[]> {
  const { auth, config, database } = app;
  if (await auth.hasNoAccounts()) {
    const account = await auth.createAccount({ username: FIRST_ADMINISTRATOR, name: '管理员' });
    if (isRefusal(account)) throw new Error(`no first administrator: ${account.code}`);
  }
  const account = await auth.findAccount(FIRST_ADMINISTRATOR);
  if (!account || (await auth.hasUsedLink(account.id))) return [];
  await database.transact(systemActor(config.tenant, 'first-start'), async (tx) => {
    await savePerson(tx, { userId: account.id, name: account.name, nameEn: 'Administrator', phone: null });
    await givePost(app, tx, await countyCommandCentre(tx), account.id);
  });
  const link = await auth.issueLink(account.id, 'system');
  return [
    '  first administrator: open this link once and set a password:',
    `  ${link.url.replace(config.baseUrl, address)}`,
  ];
}

/** Gives the administrator's post at the very first start. */
async function givePost(app: App, tx: WriteTx, centre: Organisation, userId: string): Promise<void> {
  if ((await postsOfUser(tx, userId, app.now())).length > 0) return;
  const actor = systemActor(app.config.tenant, 'first-start');
  const post = await createPost(
    tx,
    actor,
    {
      userId,
      organisationId: centre.id,
      role: 'administrator',
      scope: [tenantPrefix(app)],
      lanes: null,
      gridRole: null,
      validFrom: dayOf(app.now()),
      validTo: null,
      titleZh: '管理员',
      titleEn: 'Administrator',
    },
    app.now(),
  );
  if (isRefusal(post)) throw new Error(`no post for the first administrator: ${post.code}`);
}
