import { relative } from 'node:path';
import { pino } from 'pino';
import { loadConfig, readArguments } from './platform/config/config.ts';
import { configurationDocument } from './platform/config/document.ts';
import { PROJECT } from './platform/database/migrations.ts';
import { openDatabase } from './platform/database/open-database.ts';
import { schemaCommand } from './platform/database/schema-files.ts';
import { buildWeb } from './web/build.ts';

const { words, flags } = readArguments(process.argv.slice(2));
const say = (line: string) => process.stdout.write(`${line}\n`);

async function run(): Promise<number> {
  switch (words[0]) {
    case 'configuration':
      process.stdout.write(configurationDocument());
      return 0;
    case 'schema': {
      const check = flags.has('check');
      const drifted = await schemaCommand({ check });
      for (const path of drifted) say(`${check ? 'differs' : 'written'}: ${relative(PROJECT, path)}`);
      return check && drifted.length > 0 ? 1 : 0;
    }
    case 'migrate': {
      const config = loadConfig(process.env, flags);
      const opened = await openDatabase(config, { log: pino({ level: config.logLevel }), say, mode: 'join' });
      say(`${opened.migrated.length} migrations applied`);
      await opened.close();
      return 0;
    }
    case 'build': {
      const built = await buildWeb({ force: flags.has('force'), say });
      if (!built) say('the web applications are up to date');
      return 0;
    }
    default:
      say('commands: build [--force], schema [--check], migrate, configuration');
      return 2;
  }
}

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
