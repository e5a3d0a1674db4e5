import { SetupError } from '../setup-error.ts';

const SAID = {
  'backup.not_one': 'This file is not a backup of Gongzhi.',
  'backup.damaged': 'The backup is damaged. Nothing was restored; take another copy of it, or an earlier backup.',
  'backup.cut_short':
    'The backup ends too early; it was perhaps not copied whole. Nothing was restored; take another copy of it.',
  'backup.key_needed': 'The backup is encrypted. Give its key with --key-file or --passphrase-file.',
  'backup.wrong_key': 'The key does not open this backup. Nothing was restored.',
  'backup.newer': 'The backup comes from a newer version of the platform. Restore it with that version or a later one.',
  'backup.target_not_empty':
    'The target is not empty, and a restore never overwrites. Name a folder that does not exist yet, or an empty database.',
  'backup.exists': 'There is already a file of that name. Choose another; a backup never overwrites.',
  'backup.bad_key': 'The key file must hold 32 bytes in base64 or hex.',
} as const;

export type BackupCode = keyof typeof SAID;

/** An expected end of a backup or restore, with a code that scripts can tell apart. */
export class BackupError extends SetupError {
  override readonly name = 'BackupError';
  readonly code: BackupCode;

  constructor(code: BackupCode, detail = '') {
    super(`${code}: ${SAID[code]}${detail ? ` (${detail})` : ''}`);
    this.code = code;
  }
}
