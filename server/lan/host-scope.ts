import { BlockList, isIP } from 'node:net';

/** Which hosts a CA may vouch for: names with all below them, and IPv4 ranges as `192.168.0.0/16`. */
export type HostScope = { readonly names: readonly string[]; readonly ranges: readonly string[] };

/**
 * What every local CA may vouch for: names that exist in local networks only, private addresses (RFC 1918), shared ones
 * (RFC 6598) and this machine itself.
 */
export const localScope: HostScope = {
  names: ['localhost', 'local', 'lan', 'home', 'internal', 'home.arpa'],
  ranges: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8'],
};

/**
 * The scope for a new CA: the local one and the hosts it is made for. Whoever steals its key can pretend to be a machine of
 * the shop's network, and nothing else: no bank, no mail. An address outside the private ranges brings its /24, so that
 * the machine may get a neighbouring one later.
 */
export function scopeFor(hosts: readonly string[]): HostScope {
  const others = hosts.filter((host) => !isInScope(host, localScope));
  const names = others.filter((host) => !isIP(host) && /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(host));
  const ranges = others.filter((host) => isIP(host) === 4).map((host) => host.replace(/\d+$/, '0/24'));
  return { names: [...localScope.names, ...names], ranges: [...new Set([...localScope.ranges, ...ranges])] };
}

/** Whether a CA of this scope may vouch for a host, a name or an address. */
export function isInScope(host: string, { names, ranges }: HostScope): boolean {
  if (isIP(host)) return isIP(host) === 4 && rangeList(ranges).check(host);
  return names.some((name) => host === name || host.endsWith(`.${name}`));
}

function rangeList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    list.addSubnet(address, Number(bits));
  }
  return list;
}
