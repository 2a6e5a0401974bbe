import { expect, test } from 'vitest';
import { isInScope, localScope, scopeFor } from './host-scope.ts';

test.each([
  ['localhost', true],
  ['kasir.local', true],
  ['kasir.lan', true],
  ['192.168.0.9', true],
  ['172.31.255.255', true],
  ['10.1.2.3', true],
  ['127.0.0.1', true],
  ['toko.example.com', true],
  ['example.com', false],
  ['evil-local', false],
  ['mylocal', false],
  ['bank.example', false],
  ['172.32.0.1', false],
  ['8.8.8.8', false],
  ['203.0.113.99', true],
  ['203.0.114.7', false],
  ['::1', false],
])('[LAN2] the CA may vouch for %s: %s', (host, isAllowed) => {
  expect(isInScope(host, scopeFor(['localhost', 'toko.example.com', '203.0.113.7']))).toBe(isAllowed);
});

test('[LAN2] hosts of a local network, and what is no host, add nothing to the scope', () => {
  expect(scopeFor(['localhost', 'kasir.local', '192.168.0.9', '::1', 'kasir satu', ''])).toEqual(localScope);
});
