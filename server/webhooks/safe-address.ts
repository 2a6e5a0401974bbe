import { type LookupAddress, lookup as lookUp } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks that are not the world: this machine, shops' and providers' own ones, those for tests, and those that lead back into them. */
const PRIVATE: Readonly<Record<'ipv4' | 'ipv6', readonly string[]>> = {
  ipv4: [
    ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
    ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
    ...['224.0.0.0/4', '240.0.0.0/4'],
  ],
  ipv6: [
    ...['::/96', '::ffff:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23'],
    ...['2001:db8::/32', '2002::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
  ],
};

/** One list per family: an IPv4 address would match what is said of IPv6 addresses that carry one. */
const BLOCKED = { ipv4: listOf('ipv4'), ipv6: listOf('ipv6') } as const;

function listOf(family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const network of PRIVATE[family]) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** True for an IP address inside a private network (RFC 6890 and its likes). */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return BLOCKED[family].check(address, family);
}

export type AddressFault = 'not-https' | 'private' | 'not-plain';

/**
 * Why the server calls no such address, or null. Hosts that the administrator named (`host` or `host:port`) may be private and without
 * HTTPS; the names of others are looked at again when they are resolved.
 */
export function findAddressFault(text: string, allowed: ReadonlySet<string>): AddressFault | null {
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return 'not-plain';
  if (allowed.has(url.hostname) || allowed.has(url.host)) return null;
  if (url.protocol !== 'https:') return 'not-https';
  const host = bareHost(url);
  const isLocalName =
    isIP(host) === 0 && (!host.includes('.') || /\.(local|internal|localhost|home\.arpa)\.?$/.test(host));
  return isLocalName || (isIP(host) !== 0 && isPrivateAddress(host)) ? 'private' : null;
}

/** A host without the brackets of an IPv6 address. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** Resolves a name for one connection, and fails where it leads into a private network: what is checked is what is called. */
export const publicLookup: LookupFunction = (host, options, done) => {
  lookUp(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const first = addresses?.[0];
    if (error || !first) return done(error ?? new Error('no address'), []);
    if (addresses.some(({ address }) => isPrivateAddress(address))) return done(new Error('a private address'), []);
    if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  });
};
