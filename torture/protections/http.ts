// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text that stands in other files
import type { Protection } from './protection.ts';

const HTTP = 'src/platform/http';

/** What the network may do to the platform, and the platform in it. */
export const HTTP_PROTECTIONS: readonly Protection[] = [
  {
    name: 'pages run their own scripts alone',
    file: `${HTTP}/policies.ts`,
    with: '"script-src \'self\'"',
    without: "\"script-src 'self' 'unsafe-inline'\"",
    tests: ['src/policies.test.ts'],
  },
  {
    name: 'a request from another site changes nothing',
    file: `${HTTP}/origin.ts`,
    with: "return own ? null : refuse('http.origin_refused');",
    without: 'return own ? null : null;',
    tests: [`${HTTP}/origin.test.ts`],
  },
  {
    name: 'callers pay what requests cost',
    file: `${HTTP}/rates.ts`,
    with: 'bucket.tokens -= price;',
    without: '',
    tests: [`${HTTP}/rates.test.ts`],
  },
  {
    name: 'slow senders are cut off',
    file: `${HTTP}/connections.ts`,
    with: 'if (isSlowSender(socket, connection, limits, now)) cut(socket, connection, answer408());',
    without: 'if (Number.isNaN(1)) cut(socket, connection, answer408());',
    tests: [`${HTTP}/connections.test.ts`],
  },
  {
    name: 'slow readers are cut off',
    file: `${HTTP}/connections.ts`,
    with: 'else if (isSlowReader(socket, connection, limits, now)) socket.resetAndDestroy();',
    without: '',
    tests: [`${HTTP}/connections.test.ts`],
  },
  {
    name: 'only photos are shown in the page',
    file: 'src/platform/files/serve-file.ts',
    with: "isImageType(file.type) ? 'inline' : 'attachment'",
    without: "'inline'",
    tests: ['src/platform/files'],
  },
  {
    name: 'photos are drawn anew',
    file: 'src/platform/files/images.ts',
    with: '      bytes: data,\n',
    without: '      bytes: Buffer.from(bytes),\n',
    tests: ['src/platform/files'],
  },
  {
    name: 'archives made to fill a memory are refused',
    file: 'src/platform/files/receive.ts',
    with: 'if (isRefusal(unsafe)) return unsafe;',
    without: '',
    tests: ['src/platform/files'],
  },
  {
    name: 'calls go to hosts that are named',
    file: `${HTTP}/outgoing.ts`,
    with: "if (!mayBePrivate && !isListed(rules.hosts, url)) throw new OutgoingFailed('host_refused', url.host);",
    without: '',
    tests: [`${HTTP}/outgoing.test.ts`],
  },
  {
    name: 'calls do not reach private addresses, mapped ones neither',
    file: `${HTTP}/addresses.ts`,
    with: 'return embedded === null ? direct : kindIn(embedded',
    without: "return embedded === null ? direct : embedded === '' ? 'never' : 'public'; // kindIn(embedded",
    tests: [`${HTTP}/outgoing.test.ts`],
  },
  {
    name: 'cells of exports are no formulas',
    file: 'src/kit/csv.ts',
    with: "return runs(value) ? `'${value}` : value;",
    without: 'return value;',
    tests: ['src/kit/csv.test.ts'],
  },
];
