import { expect, test } from 'vitest';
import { entryHash } from './chain.ts';
import { makeDeviceEntries } from './fixtures/make-entries.ts';
import { type DeviceId, deviceIdShape } from './ids.ts';
import { entrySigningText, forkDeviceId, readmitSigningText, serverJournalId } from './signature.ts';

const [first, second] = makeDeviceEntries();

test('[ENT16] a signature lies beside the entry: its hash is the same with and without', () => {
  if (!first) throw new Error('no example');
  expect(entryHash({ ...first, signature: 'x'.repeat(86) })).toBe(first.hash);
});

test('[ENT16] what is signed names the entry and its hash', () => {
  if (!first || !second) throw new Error('no example');
  expect(entrySigningText(first.id, first.hash)).toBe(`laci-entry\n${first.id}\n${first.hash}`);
  expect(entrySigningText(first.id, first.hash)).not.toBe(entrySigningText(first.id, second.hash));
});

test('[F27] what proves a lost device does not say its credential', () => {
  const text = readmitSigningText('d'.repeat(16) as DeviceId, 'secret-credential');
  expect(text).not.toContain('secret-credential');
  expect(text).toMatch(/^laci-readmit\nd{16}\n[0-9a-f]{64}$/);
});

test('[F14] a diverging run has one device id, whoever derives it', () => {
  if (!first || !second) throw new Error('no example');
  const id = forkDeviceId(first.id, first.hash);
  expect(deviceIdShape.parse(id)).toBe(forkDeviceId(first.id, first.hash));
  expect(forkDeviceId(first.id, second.hash)).not.toBe(id);
  expect(serverJournalId('utama', 'a')).not.toBe(serverJournalId('utama', 'b'));
});
