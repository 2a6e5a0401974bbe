import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { lanAddresses, lanHosts } from './lan-hosts.ts';

function ipv4(address: string, internal = false): NetworkInterfaceInfo {
  return { address, netmask: '255.255.255.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal, cidr: null };
}

test('[LAN1] the addresses are those by which the network reaches this machine, virtual ones last', () => {
  const ipv6: NetworkInterfaceInfo = { ...ipv4('fe80::1'), family: 'IPv6', scopeid: 2 };
  const interfaces = {
    lo: [ipv4('127.0.0.1', true)],
    docker0: [ipv4('172.17.0.1')],
    eth0: [ipv6, ipv4('192.168.1.5')],
    wlan0: [ipv4('10.0.0.7'), ipv4('169.254.3.4')],
    gone: undefined,
  };
  expect(lanAddresses(interfaces)).toEqual(['192.168.1.5', '10.0.0.7', '172.17.0.1']);
});

test("[LAN1] this machine's own addresses can be read", () => {
  for (const address of lanAddresses()) expect(address).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
});

test('[LAN1] the hosts are this machine by every name, each once, in lower case', () => {
  expect(lanHosts('Kasir-1', ['192.168.1.5'])).toEqual([
    'localhost',
    'kasir-1',
    'kasir-1.local',
    '127.0.0.1',
    '192.168.1.5',
  ]);
  expect(lanHosts('toko.local', ['127.0.0.1'])).toEqual(['localhost', 'toko.local', '127.0.0.1']);
  expect(lanHosts('toko.example.com', [])).toContain('toko.local');
});

test('[LAN1] a host name that no certificate can hold is left out', () => {
  expect(lanHosts('kasir satu', [])).toEqual(['localhost', '127.0.0.1']);
});
