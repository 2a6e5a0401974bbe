import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Interfaces that containers and virtual machines make: no till is behind them, so they come last. */
const virtualInterface = /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|lxc|lxd|cni|flannel|tun|tap|utun|zt)/i;

/** RFC 3927: an address a machine gives itself when nobody gave it one. */
const linkLocal = /^169\.254\./;

/** Every IPv4 address by which the shop's network may reach this machine; the likeliest first. */
export function lanAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  const names = Object.keys(interfaces).sort(
    (a, b) => Number(virtualInterface.test(a)) - Number(virtualInterface.test(b)),
  );
  const addresses = names
    .flatMap((name) => interfaces[name] ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !linkLocal.test(address))
    .map(({ address }) => address);
  return [...new Set(addresses)];
}

/**
 * All names and addresses the certificate speaks for: this machine to itself, its name, its name by mDNS
 * (`name.local`, RFC 6762), its addresses. Lower case, each once.
 */
export function lanHosts(hostname: string, addresses: readonly string[]): string[] {
  const [label = ''] = hostname.toLowerCase().split('.');
  const names = /^[a-z0-9-]+$/.test(label) ? [hostname.toLowerCase(), `${label}.local`] : [];
  return [...new Set(['localhost', ...names, '127.0.0.1', ...addresses])];
}
