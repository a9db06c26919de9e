/** Decides which addresses belong to the public internet. Every address that is not known to be public is refused. */
import { BlockList, isIP, isIPv4 } from 'node:net';

/** IANA's special-purpose IPv4 blocks, blocks that are not unicast, and a cloud's platform service. */
const NOT_PUBLIC_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['168.63.129.16', 32],
];

/**
 * Parts of the global IPv6 unicast block with another target: protocol assignments with Teredo,
 * documentation, 6to4.
 */
const NOT_PUBLIC_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const notPublicV4 = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_V4) notPublicV4.addSubnet(network, prefix, 'ipv4');
const notPublicV6 = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_V6) notPublicV6.addSubnet(network, prefix, 'ipv6');
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');
const mappedV4 = new BlockList();
mappedV4.addSubnet('::ffff:0:0', 96, 'ipv6');

/** Whether an address is public unicast. An IPv4 address in IPv6 notation is judged as IPv4. */
export function isPublic(address: string): boolean {
  const plain = unmapped(address);
  if (isIPv4(plain)) return !notPublicV4.check(plain, 'ipv4');
  return isIP(plain) === 6 && globalV6.check(plain, 'ipv6') && !notPublicV6.check(plain, 'ipv6');
}

/**
 * Addresses that are allowed although they are not public: single ones (`127.0.0.1`) or networks
 * (`10.1.0.0/16`).
 *
 * @throws an Error for any other text.
 */
export function privateNetworks(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of entries) {
    const [network = '', prefix] = entry.split('/');
    const version = isIP(network);
    const bits =
      prefix === undefined ? (version === 4 ? 32 : 128) : /^\d+$/.test(prefix) ? Number(prefix) : -1;
    if (version === 0 || bits < 0 || bits > (version === 4 ? 32 : 128))
      throw new Error(`"${entry}" is neither an address nor a network; write 127.0.0.1 or 10.1.0.0/16.`);
    list.addSubnet(network, bits, version === 4 ? 'ipv4' : 'ipv6');
  }
  return (address) => {
    const plain = unmapped(address);
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  };
}

/** `::ffff:127.0.0.1` and `::ffff:7f00:1` as `127.0.0.1`; other addresses unchanged, without their zone. */
function unmapped(address: string): string {
  const plain = address.replace(/%.*$/, '');
  if (isIP(plain) !== 6 || !mappedV4.check(plain, 'ipv6')) return plain;
  const tail = new URL(`http://[${plain}]/`).hostname.slice('[::ffff:'.length, -1).split(':');
  const [high = 0, low = 0] = tail.map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
