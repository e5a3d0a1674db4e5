import { relative } from 'node:path';
import { type Arguments, loadConfig, readArguments } from './platform/config/config.ts';
import { configurationDocument } from './platform/config/document.ts';
import { PROJECT } from './platform/database/migrations.ts';
import { SetupError } from './platform/setup-error.ts';

/** Composition only: reads the command and hands over. Each command loads no more than it needs. */

type Command = { readonly help: string; readonly run: (args: Arguments) => Promise<number> };

/** Flags of commands that take a value; settings do by themselves. */
const VALUED_FLAGS = [
  'map',
  'report',
  'mirror',
  'key',
  'out',
  'model',
  'folds',
  'train',
  'train-map',
  'into',
  'key-file',
  'passphrase-file',
];

const say = (line: string) => process.stdout.write(`${line}\n`);

const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    help: 'start [--empty] [--jurisdiction CODE] [--port N] …   run the platform',
    run: async ({ flags }) => {
      const { startCommand } = await import('./commands/start.ts');
      return startCommand(loadConfig(process.env, flags), say);
    },
  },
  import: {
    help: 'import cases FILE --map MAPPING [--report FILE] [--dry-run] [--json]   enter cases from CSV or XLSX',
    run: async (args) => {
      const { importCasesCommand } = await import('./commands/import.ts');
      return importCasesCommand(args);
    },
  },
  verify: {
    help: 'verify [--mirror PLACE[,PLACE]] [--key FILE] [--json]   recompute all history, compare it with copies kept elsewhere',
    run: async (args) => {
      const { verifyCommand } = await import('./commands/verify.ts');
      return verifyCommand(args, say);
    },
  },
  keys: {
    help: 'keys list|rotate [--index]|reseal|rewrap [--new-master-key]   look after the keys that seal identities',
    run: async (args) => {
      const { keysCommand } = await import('./commands/keys.ts');
      return keysCommand(args, say);
    },
  },
  triage: {
    help: 'triage train FILE… --map MAP --out MODEL | triage evaluate FILE --map MAP (--model MODEL | --folds N | --train FILE --train-map MAP) [--json]   learn classes from labelled requests, and say how well',
    run: async (args) => {
      const { triageCommand } = await import('./commands/triage.ts');
      return triageCommand(args);
    },
  },
  backup: {
    help: 'backup --out FILE [--key-file F | --passphrase-file F] [--with-keys]   write everything into one file',
    run: async (args) => {
      const { backupCommand } = await import('./commands/backup.ts');
      return backupCommand(args, say);
    },
  },
  restore: {
    help: 'restore FILE --into FOLDER|DATABASE_URL [--key-file F | --passphrase-file F]   restore it, and verify',
    run: async (args) => {
      const { restoreCommand } = await import('./commands/backup.ts');
      return restoreCommand(args, say);
    },
  },
  clusters: {
    help: 'clusters FILE --map MAP [--json]   find the hot issues of a file of requests',
    run: async (args) => {
      const { clustersFileCommand } = await import('./commands/clusters.ts');
      return clustersFileCommand(args);
    },
  },
  statistics: {
    help: 'statistics recount [--json] | statistics region [CODE] [--json]   count everything anew and put it right; sums of counties',
    run: async (args) => {
      const { statisticsCommand } = await import('./commands/statistics.ts');
      return statisticsCommand(args, say);
    },
  },
  build: {
    help: 'build [--force]   build the web applications',
    run: async ({ flags }) => {
      const { buildWeb } = await import('./web/build.ts');
      if (!(await buildWeb({ force: flags.has('force'), say }))) say('the web applications are up to date');
      return 0;
    },
  },
  migrate: {
    help: 'migrate   bring the database schema up to date',
    run: async ({ flags }) => {
      const { migrateCommand } = await import('./commands/migrate.ts');
      return migrateCommand(loadConfig(process.env, flags), say);
    },
  },
  cluster: {
    help: 'cluster   spread the tables of tenants over a Citus cluster; does nothing elsewhere',
    run: async ({ flags }) => {
      const { clusterCommand } = await import('./commands/migrate.ts');
      return clusterCommand(loadConfig(process.env, flags), say);
    },
  },
  schema: {
    help: 'schema [--check]   write database/schema.sql and the generated types, or compare them',
    run: async ({ flags }) => {
      const { schemaCommand } = await import('./platform/database/schema-files.ts');
      const check = flags.has('check');
      const drifted = await schemaCommand({ check });
      for (const path of drifted) say(`${check ? 'differs' : 'written'}: ${relative(PROJECT, path)}`);
      return check && drifted.length > 0 ? 1 : 0;
    },
  },
  'reset-second-factor': {
    help: 'reset-second-factor USERNAME [--link]   when the last administrator lost every second factor',
    run: async (args) => {
      const { resetSecondFactorCommand } = await import('./commands/reset-second-factor.ts');
      return resetSecondFactorCommand(args, say);
    },
  },
  configuration: {
    help: 'configuration   print every setting',
    run: async () => {
      process.stdout.write(configurationDocument());
      return 0;
    },
  },
};

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2), VALUED_FLAGS);
  const command = COMMANDS[args.words[0] ?? ''];
  if (!command) {
    say(
      `commands:\n${Object.values(COMMANDS)
        .map(({ help }) => `  ${help}`)
        .join('\n')}`,
    );
    return args.words.length === 0 ? 0 : 2;
  }
  return command.run(args);
}

try {
  process.exitCode = await main();
} catch (error) {
  // Mistakes of whoever runs the command need a sentence; everything else its stack.
  const known =
    error instanceof SetupError ||
    ['ImportError', 'MasterKeyError', 'TriageError', 'ClustersError'].includes((error as Error).name);
  process.stderr.write(`${known ? (error as Error).message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
