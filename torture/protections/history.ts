// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text that stands in other files
import type { Protection } from './protection.ts';

/** What happened cannot be made undone. */
export const HISTORY_PROTECTIONS: readonly Protection[] = [
  {
    name: 'a root that was signed is compared',
    file: 'src/modules/ledger/check-history.ts',
    with: 'if (toBase64(walk.root()) !== toBase64(claim.root)) {',
    without: 'if (Number.isNaN(1)) {',
    tests: ['src/modules/ledger'],
  },
  {
    name: 'signatures under checkpoints are verified',
    file: 'src/modules/ledger/check-history.ts',
    with: 'else if (!verifySignature(key, Buffer.from(claim.body), claim.signature))',
    without: 'else if (Number.isNaN(1))',
    tests: ['src/modules/ledger'],
  },
  {
    name: 'a log cut short is noticed',
    file: 'src/modules/ledger/check-history.ts',
    with: 'if (claim.size > size) {',
    without: 'if (claim.size > size && Number.isNaN(1)) {',
    tests: ['src/modules/ledger'],
  },
];
