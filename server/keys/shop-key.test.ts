import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import { makeTestFolder } from '../testing/test-deps.ts';
import { makePublicKey } from '../testing/test-shop.ts';
import { openShopKey } from './shop-key.ts';

let folder: ReturnType<typeof makeTestFolder>;
beforeEach(() => {
  folder = makeTestFolder();
});
afterEach(() => folder.remove());

const identity = {
  ...{ deviceId: '0123456789abcdef', branch: 'utama', role: 'till', till: 'K1', generation: 2 },
} as DeviceIdentity;
const open = (name: string) => openShopKey(join(folder.path, name));

test('[ENR3] a certificate says what it was made of, and only the key that signed it believes it', async () => {
  const [ours, theirs] = [await open('ours'), await open('theirs')];
  const publicKey = makePublicKey();
  const certificate = await ours.certify(identity, publicKey, 1_700_000_000_000);
  expect(ours.readCertificate(certificate)).toEqual({ identity, publicKey, at: 1_700_000_000_000 });
  expect(theirs.readCertificate(certificate)).toBeNull();
});

test('[ENR3] a certificate with one character changed is none, and neither is other text', async () => {
  const key = await open('ours');
  const certificate = await key.certify(identity, makePublicKey(), 0);
  // The last character of each part may hold bits that say nothing: base64url of 64 bytes has four to spare.
  for (let at = 0; at < certificate.length - 1; at += 7) {
    const other = certificate[at] === 'A' ? 'B' : 'A';
    expect(key.readCertificate(`${certificate.slice(0, at)}${other}${certificate.slice(at + 1)}`)).toBeNull();
  }
  for (const text of ['', '.', '..', 'a.b.c', `${certificate}.x`, 'x'.repeat(4000)]) {
    expect(key.readCertificate(text)).toBeNull();
  }
});
