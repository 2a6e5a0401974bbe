import { expect, test } from 'vitest';
import { findAddressFault, isPrivateAddress, publicLookup } from './safe-address.ts';

const NONE: ReadonlySet<string> = new Set();
const faultOf = (url: string, allowed = NONE) => findAddressFault(url, allowed);

test('[HOOK6] an address needs https and a host of the world', () => {
  expect(faultOf('https://shop.example.com/hook?x=1')).toBeNull();
  expect(faultOf('https://93.184.215.14/hook')).toBeNull();
  expect(faultOf('http://shop.example.com/hook')).toBe('not-https');
  expect(faultOf('https://user:secret@shop.example.com/')).toBe('not-plain');
  for (const host of [
    'localhost',
    'printer',
    'nas.local',
    'db.internal',
    '127.0.0.1',
    '10.1.2.3',
    '192.168.1.9',
    '169.254.169.254',
  ])
    expect([host, faultOf(`https://${host}/`)]).toEqual([host, 'private']);
});

test('[HOOK6] other ways to write a private address are seen through', () => {
  for (const host of [
    '2130706433',
    '0x7f.1',
    '127.1',
    '017700000001',
    '[::1]',
    '[::ffff:10.0.0.1]',
    '[fd00::1]',
    '[fe80::1]',
    '[64:ff9b::a00:1]',
    '[2002:a00:1::]',
    '[::10.0.0.1]',
    '[fec0::1]',
  ])
    expect([host, faultOf(`https://${host}/`)]).toEqual([host, 'private']);
  expect(isPrivateAddress('::ffff:192.168.0.1')).toBe(true);
  expect(isPrivateAddress('2606:2800:21f:cb07:6820:80da:af6b:8b2c')).toBe(false);
});

test('[HOOK6] what an administrator named may be private, as host or with its port alone', () => {
  expect(faultOf('http://192.168.1.9:8080/hook', new Set(['192.168.1.9']))).toBeNull();
  expect(faultOf('http://192.168.1.9:8080/hook', new Set(['192.168.1.9:8080']))).toBeNull();
  expect(faultOf('http://192.168.1.9:9090/hook', new Set(['192.168.1.9:8080']))).toBe('not-https');
});

test('[HOOK6] a name that leads to this machine is not called', async () => {
  const error = await new Promise((resolve) => publicLookup('localhost', { all: true }, resolve));
  expect(String(error)).toContain('private');
});
