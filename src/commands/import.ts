import { pino } from 'pino';
import { compose } from '../compose.ts';
import { ImportError, importCommand } from '../modules/imports/index.ts';
import { type Arguments, loadConfig } from '../platform/config/config.ts';
import { tenantPrefix } from '../platform/http/serve.ts';

/** `import cases FILE --map MAPPING [--report FILE] [--dry-run] [--json]`, beside a running platform or without one. */
export async function importCasesCommand({ words, flags }: Arguments): Promise<number> {
  const [, what, file] = words;
  const map = flags.get('map');
  if (what !== 'cases' || !file || !map) throw new ImportError('usage: import cases FILE --map MAPPING');
  const config = loadConfig(process.env, flags);
  const log = pino({ level: 'warn', base: null }, pino.destination(2));
  const composed = await compose(config, { log, say: (line) => process.stderr.write(`${line}\n`), mode: 'join' });
  try {
    const { app } = composed;
    return await importCommand(
      { database: app.database, vault: app.vault, tenant: config.tenant, rootCode: tenantPrefix(app), now: app.now },
      app.texts,
      {
        file,
        map,
        report: flags.get('report') ?? null,
        dryRun: flags.has('dry-run'),
        json: flags.has('json'),
      },
    );
  } finally {
    await composed.close();
  }
}
