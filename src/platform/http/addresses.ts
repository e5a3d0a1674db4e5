import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Where an address leads. `private`: this machine or the operator's own network; reached only by hosts he names.
 * `never`: metadata services of clouds, the link itself, multicast, what is reserved; reached by nothing.
 */
export type AddressKind = 'public' | 'private' | 'never';

const NEVER = blockList([
  ['0.0.0.0', 8],
  ['100.100.100.200', 32], // metadata of Alibaba Cloud
  ['169.254.0.0', 16], // link-local; metadata of most clouds
  ['192.0.0.0', 24], // protocol assignments; metadata of Oracle Cloud
  ['192.0.2.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['100::', 64],
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fd00:ec2::254', 128], // metadata of Amazon
  ['fd20:ce::254', 128], // metadata of Google
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]);

const PRIVATE = blockList([
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['::1', 128],
  ['fc00::', 7],
]);

/** Everything that is routed on the internet of IPv6 begins with the bits 001. */
const GLOBAL = blockList([['2000::', 3]]);

/** IPv6 addresses that stand for one of IPv4: prefix in hexadecimal, and where the four bytes begin. */
const EMBEDDING: readonly { readonly prefix: string; readonly at: number; readonly inverted?: true }[] = [
  { prefix: '00000000000000000000ffff', at: 12 }, // mapped, ::ffff:a.b.c.d
  { prefix: '0000000000000000ffff0000', at: 12 }, // translated, ::ffff:0:a.b.c.d
  { prefix: '000000000000000000000000', at: 12 }, // compatible, ::a.b.c.d
  { prefix: '0064ff9b0000000000000000', at: 12 }, // NAT64
  { prefix: '2002', at: 2 }, // 6to4
  { prefix: '20010000', at: 12, inverted: true }, // Teredo
];

/** Judges an address given as text; what is none is `never`. An IPv6 address that carries one of IPv4 is judged by it. */
export function addressKind(address: string): AddressKind {
  const bare = address.replace(/^\[(.*)\]$/, '$1');
  if (isIPv4(bare)) return kindIn(bare, 'ipv4');
  if (!isIPv6(bare) || bare.includes('%')) return 'never';
  const direct = kindIn(bare, 'ipv6');
  // ::1 looks like an address of IPv4 in disguise, and is none.
  const embedded = direct === 'private' ? null : embeddedIn(bytesOf(bare));
  return embedded === null ? direct : kindIn(embedded, 'ipv4');
}

function kindIn(address: string, family: 'ipv4' | 'ipv6'): AddressKind {
  if (NEVER.check(address, family)) return 'never';
  if (PRIVATE.check(address, family)) return 'private';
  return family === 'ipv4' || GLOBAL.check(address, family) ? 'public' : 'never';
}

function embeddedIn(bytes: Buffer): string | null {
  const hex = bytes.toString('hex');
  for (const { prefix, at, inverted } of EMBEDDING) {
    if (!hex.startsWith(prefix)) continue;
    const four = [...bytes.subarray(at, at + 4)].map((byte) => (inverted ? byte ^ 0xff : byte));
    return four.join('.');
  }
  // ISATAP puts it behind 5efe in the part that names the machine.
  return /^.{16}0[02]005efe/.test(hex) ? [...bytes.subarray(12)].join('.') : null;
}

function bytesOf(address: string): Buffer {
  // The parser of addresses in URLs writes every form as plain groups.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const left = groups(head);
  const right = groups(tail);
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return Buffer.from([...left, ...zeros, ...right].map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function blockList(subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, isIPv4(network) ? 'ipv4' : 'ipv6');
  return list;
}
