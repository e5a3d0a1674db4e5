import { userInfo } from 'node:os';
import { pino } from 'pino';
import { type Composed, compose, SEALED_TABLES } from '../compose.ts';
import { audit } from '../platform/audit/audit.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { type Arguments, type Config, loadConfig } from '../platform/config/config.ts';
import { ACTIVATION_SECONDS } from '../platform/crypto/create-vault.ts';
import { listKeys } from '../platform/crypto/key-store.ts';
import { readKeyFile } from '../platform/crypto/key-file.ts';
import { besideMaster, openWrapper } from '../platform/crypto/open-wrapper.ts';
import { countOutdated, resealAll } from '../platform/crypto/reseal.ts';
import { makeNextMasterKey, promoteNextMasterKey, rewrapKeys } from '../platform/crypto/rewrap.ts';
import { SetupError } from '../platform/setup-error.ts';

type Say = (line: string) => void;
type Keeper = (composed: Composed, args: Arguments, say: Say) => Promise<void>;

/** What an operator does with the keys; each change is audited under his account on the machine. */
const KEEPERS: Readonly<Record<string, Keeper>> = { list, rotate, reseal, rewrap };

/** `keys list|rotate [--index]|reseal|rewrap [--new-master-key]`; works beside the running platform. */
export async function keysCommand(args: Arguments, say: Say): Promise<number> {
  const config = loadConfig(process.env, args.flags);
  const keeper = KEEPERS[args.words[1] ?? ''];
  if (!keeper) throw new SetupError(`keys: say one of ${Object.keys(KEEPERS).join(', ')}`);
  const log = pino({ level: 'warn', base: null }, pino.destination(2));
  const composed = await compose(config, { log, say: (line) => process.stderr.write(`${line}\n`), mode: 'join' });
  try {
    await keeper(composed, args, say);
    return 0;
  } finally {
    await composed.close();
  }
}

async function list({ app }: Composed, { flags }: Arguments, say: Say): Promise<void> {
  const { config, database, vault } = app;
  const current = vault.current();
  const wrapper = await openWrapper(config);
  const actor = systemActor(config.tenant, 'keys-command');
  const keys = await database.read(actor, (tx) => listKeys(tx, config.tenant));
  const left = await database.read(actor, (tx) => countOutdated(tx, config.tenant, SEALED_TABLES, current));
  const rows = await Promise.all(
    keys.map(async ({ purpose, version, activeFrom, createdAt, retiredAt, wrapped }) => ({
      purpose,
      version,
      created: createdAt.toISOString(),
      state: retiredAt ? 'retired' : activeFrom > app.now() ? `active from ${activeFrom.toISOString()}` : 'in use',
      master: (await wrapper.isCurrent(wrapped)) ? 'current' : 'former: run keys rewrap',
    })),
  );
  if (flags.has('json')) {
    say(
      JSON.stringify({
        master: await wrapper.describe(),
        cipher: config.cipher,
        keys: rows,
        left: Object.fromEntries(left),
      }),
    );
    return;
  }
  say(`master key: ${await wrapper.describe()}; cipher: ${config.cipher}`);
  for (const row of rows) {
    say(`  ${row.purpose} ${row.version}  made ${row.created}  ${row.state}  master key: ${row.master}`);
  }
  const total = [...left.values()].reduce((sum, count) => sum + count, 0);
  say(total === 0 ? 'nothing is left under former keys' : `${total} rows are left under former keys:`);
  for (const [table, count] of left) if (count > 0) say(`  ${table}: ${count}`);
}

async function rotate(composed: Composed, { flags }: Arguments, say: Say): Promise<void> {
  const purpose = flags.has('index') ? 'index' : 'seal';
  const version = await composed.app.vault.rotate(purpose);
  await record(composed, 'keys.rotate', `${purpose}:${version}`);
  say(`${purpose} key ${version} is made and takes over in ${ACTIVATION_SECONDS} s.`);
  say('The running platform seals what there is anew in the background; `keys list` says how much is left.');
}

/** What the running platform does by itself, for when none runs. */
async function reseal(composed: Composed, _args: Arguments, say: Say): Promise<void> {
  const { database, vault, now, log } = composed.app;
  const done = await resealAll({ database, vault, now, log, tables: SEALED_TABLES });
  await record(composed, 'keys.reseal', String(vault.current().sealVersion), { rows: done });
  say(`${done} rows sealed anew`);
}

async function rewrap(composed: Composed, { flags }: Arguments, say: Say): Promise<void> {
  const { config, database } = composed.app;
  const anew = flags.has('new-master-key');
  const wrapper = await openWrapper(anew ? await withNextKey(config) : config);
  const actor = systemActor(config.tenant, 'keys-command');
  const count = await database.transact(actor, (tx) => rewrapKeys(tx, wrapper, config.tenant));
  if (anew) await promoteNextMasterKey(config.masterKeyFile);
  await record(composed, 'keys.rewrap', 'master', { keys: count, newMasterKey: anew });
  say(`${count} keys wrapped with ${await wrapper.describe()}`);
  if (anew)
    say(
      'The former master key is kept as master.previous.key for older backups. Copy the new one to its safe place now.',
    );
}

/** The configuration as it will be when the next master key has taken its place. */
async function withNextKey(config: Config): Promise<Config> {
  if (config.kmsUrl !== null || config.masterKey !== null) {
    throw new SetupError(
      '--new-master-key makes a new key file, but the master key is not a file here. Rotate it in the key service, or ' +
        'set GONGZHI_MASTER_KEY to the new one and GONGZHI_PREVIOUS_MASTER_KEY to the former; then run keys rewrap.',
    );
  }
  await makeNextMasterKey(config.masterKeyFile);
  const [masterKey, previousMasterKey] = await Promise.all([
    readKeyFile(besideMaster(config.masterKeyFile, 'next')),
    readKeyFile(config.masterKeyFile),
  ]);
  return { ...config, masterKey, previousMasterKey };
}

/** Who ran the command: an account of the machine, since commands have no officer. */
async function record(
  { app }: Composed,
  action: string,
  targetId: string,
  details: Readonly<Record<string, string | number | boolean>> = {},
): Promise<void> {
  const actor = systemActor(app.config.tenant, 'keys-command');
  const account = userInfo().username.slice(0, 80);
  await app.database.transact(actor, (tx) =>
    audit(
      tx,
      actor,
      { action, targetKind: 'key', targetId, result: 'done', details: { ...details, account } },
      app.now(),
    ),
  );
}
