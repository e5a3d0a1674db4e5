import { createInterface } from 'node:readline';
import { uuidv7 } from '../../kit/ids.ts';
import { systemActor } from '../auth/actor.ts';
import { openDatabase } from '../database/open-database.ts';
import { quietLog } from './quiet-log.ts';

/**
 * A process of its own for tests that kill it: `node database-child.ts FOLDER [own|join]`. Says what the program would
 * say, then `ready`; `write` answers `wrote ID` after the commit, `flood` writes until it is killed, `stop` closes.
 */
const [dataDir = '', mode = 'own'] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const settings = {
  dataDir,
  databaseUrl: null,
  appDatabaseUrl: null,
  databasePool: 2,
  databaseFolder: null,
  databaseAccount: null,
};
const actor = systemActor(421181, 'child');

try {
  const opened = await openDatabase(settings, { log: quietLog, say, mode: mode === 'join' ? 'join' : 'own' });
  const write = async () => {
    const id = uuidv7();
    await opened.database.transact(actor, (tx) =>
      tx
        .insertInto('platform.audit_entry')
        .values({
          tenant_id: actor.tenant,
          id,
          at: new Date(),
          actor_id: 'child',
          actor_kind: 'system',
          action: 'written',
          target_kind: 'test',
          target_id: id,
          result: 'done',
        })
        .execute(),
    );
    say(`wrote ${id}`);
  };
  say('ready');
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'write') await write();
    if (line === 'flood') for (;;) await write();
    if (line === 'stop') break;
  }
  await opened.close();
  say('stopped');
} catch (error) {
  say(`failed ${(error as Error).name}: ${(error as Error).message}`);
  process.exitCode = 1;
}
process.stdin.destroy();
