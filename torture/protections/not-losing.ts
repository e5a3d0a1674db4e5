// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text that stands in other files
import type { Protection } from './protection.ts';

const HTTP = 'src/platform/http';

/** Nothing is lost, and nothing happens twice. */
export const NOT_LOSING_PROTECTIONS: readonly Protection[] = [
  {
    name: 'an unconfirmed commit is no success',
    file: 'src/platform/database/create-database.ts',
    with: 'if (warnings.length > 0) throw new CommitUnknown(',
    without: 'if (warnings.length > 1e9) throw new CommitUnknown(',
    tests: ['src/platform/database/commit.test.ts'],
  },
  {
    name: 'a request repeated under its key is answered once',
    file: `${HTTP}/serve.ts`,
    with: "if (claim.state === 'replay') return { status: claim.status, answer: claim.answer };",
    without: '',
    tests: [HTTP, 'src/modules/cases', 'src/bad-input.test.ts'],
  },
  {
    name: 'a damaged backup is not restored',
    file: 'src/platform/backup/frames.ts',
    with: 'next(length, body).equals(tag) ? body : null',
    without: 'next(length, body).length > 0 ? body : tag',
    tests: ['src/backup.test.ts'],
  },
  {
    name: 'a swallowed error commits nothing',
    file: 'src/platform/database/create-database.ts',
    with: "if (answer.command === 'ROLLBACK') throw",
    without: "if (answer.command === 'NEVER') throw",
    tests: ['src/platform/database/database.test.ts'],
  },
  {
    name: 'old backups are removed, the newest kept',
    file: 'src/platform/backup/schedule.ts',
    with: 'for (const name of old) await unlink(join(folder, name));',
    without: 'void [unlink, folder];',
    tests: ['src/platform/backup'],
  },
  {
    name: 'a failed backup is tried again',
    file: 'src/platform/backup/schedule.ts',
    with: "const done = runs.some(({ result, startedAt }) => result === 'done' && startedAt >= due);",
    without: 'const done = runs.some(({ startedAt }) => startedAt >= due);',
    tests: ['src/platform/backup'],
  },
  {
    name: 'an encrypted backup shows nothing',
    file: 'src/platform/backup/frames.ts',
    with: 'return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);',
    without:
      'return Buffer.concat([plain, Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]).subarray(-16)]);',
    tests: ['src/backup.test.ts'],
  },
  {
    name: 'a backup holds no keys unless asked',
    file: 'src/platform/backup/write-backup.ts',
    with: "const folders = ['files', ...(settings.withKeys ? ['keys'] : [])];",
    without: "const folders = ['files', 'keys'];",
    tests: ['src/backup.test.ts'],
  },
  {
    name: 'a backup is never written over',
    file: 'src/platform/backup/write-backup.ts',
    with: "if (existsSync(out)) throw new BackupError('backup.exists', out);",
    without: '',
    tests: ['src/backup.test.ts'],
  },
  {
    name: 'a restore goes into an empty folder alone',
    file: 'src/platform/backup/restore.ts',
    with: 'if ((await readdir(dataDir)).length > 0) throw',
    without: 'if ((await readdir(dataDir)).length > 1e6) throw',
    tests: ['src/backup.test.ts'],
  },
  {
    name: 'a wrong key is told from a damaged backup',
    file: 'src/platform/backup/frames.ts',
    with: "if (checkOf(opened) !== header.check) throw new BackupError('backup.wrong_key');",
    without: '',
    tests: ['src/backup.test.ts'],
  },
  {
    name: 'a restore that failed leaves nothing',
    file: 'src/platform/backup/restore.ts',
    with: '    await takeAway(config.dataDir, existed);',
    without: '',
    tests: ['src/backup.test.ts'],
  },
  {
    name: 'a backup brings foreign keys and row security back',
    file: 'src/platform/backup/load-backup.ts',
    with: 'for (const statement of on) await client.query(statement);',
    without: '',
    tests: ['src/backup.test.ts'],
  },
];
