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
];
