import pg from 'pg';
import { loadConfig, readArguments } from '../src/platform/config/config.ts';
import { openDatabase } from '../src/platform/database/open-database.ts';
import { quietLog } from '../src/platform/testing/quiet-log.ts';
import { EVENTS, fill } from './fill/fill.ts';
import { addressesOf } from './superuser.ts';

/**
 * `node bench/fill-cases.ts --data FOLDER --cases N [--events N] [--seed N]`: multiplies the cases of a demo in its bundled
 * database, each with an id, a number and a hash chain of its own, so that `verify` holds over all of them. For measuring
 * alone.
 */
const { flags } = readArguments(process.argv.slice(2), ['cases', 'events', 'seed']);
const config = loadConfig(process.env, flags);
const opened = await openDatabase(config, { log: quietLog, say: console.log, mode: 'join' });
const { superuser } = addressesOf(config.dataDir);
const filled = await fill({
  url: superuser,
  tenant: config.tenant,
  count: Number(flags.get('cases') ?? 1_000_000),
  events: Number(flags.get('events') ?? EVENTS),
  seed: Number(flags.get('seed') ?? 1),
});
// No event told of these cases, so the log walks over all of them once, as after an upgrade.
const client = new pg.Client({ connectionString: superuser });
await client.connect();
await client.query('UPDATE ledger.log SET swept_once = false WHERE tenant_id = $1', [config.tenant]);
await client.end();
console.log(
  `${filled.cases} cases in ${Math.round(filled.seconds)} s, ${Math.round(filled.cases / filled.copySeconds)} a second without their indexes`,
);
await opened.close();
