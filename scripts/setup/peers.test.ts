import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bringPeers, peerFolders } from './peers.mjs';

let dir = '';
let asked: (readonly string[])[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'laci-peers-'));
  asked = [];
  for (const name of ['one', 'two']) {
    mkdirSync(join(dir, 'peers', name, 'node_modules', 'deep'), { recursive: true });
    writeFileSync(join(dir, 'peers', name, 'package.json'), '{}');
    writeFileSync(join(dir, 'peers', name, 'node_modules', 'deep', 'package.json'), '{}');
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true });
});

const npmThat = (status: number, output: string) => (args: readonly string[]) => {
  if (status !== 0 || args[0] !== 'ping') asked.push(args);
  return Promise.resolve({ status, output });
};

test('[SETUP13] peers are the packages right under peers/, and none is fine', () => {
  expect(peerFolders(dir)).toEqual(['peers/one', 'peers/two']);
  expect(peerFolders(join(dir, 'peers'))).toEqual([]);
});

test('[SETUP13] each is installed once, in its own folder, and again when its lockfile changed', async () => {
  await bringPeers(dir, npmThat(0, ''));
  expect(asked.map((args) => args.slice(0, 3))).toEqual([
    ['install', '--prefix', join(dir, 'peers', 'one')],
    ['install', '--prefix', join(dir, 'peers', 'two')],
  ]);
  await bringPeers(dir, npmThat(0, ''));
  expect(asked).toHaveLength(2);
  writeFileSync(join(dir, 'peers', 'two', 'package-lock.json'), '{}');
  await bringPeers(dir, npmThat(0, ''));
  expect(asked.slice(2).map((args) => args[2])).toEqual([join(dir, 'peers', 'two')]);
});

test('[SETUP13] without the registry a sentence says so, nothing stops, and the next time tries again', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await bringPeers(dir, npmThat(1, 'npm error code ENOTFOUND'));
  expect(said.mock.calls.join()).toMatch(/registry cannot be reached.*Tests against peers\/one will fail/);
  expect(existsSync(join(dir, 'peers', 'one', 'node_modules', '.laci-stamp'))).toBe(false);
  // Only whether it answers: an install would try for minutes.
  expect(asked.map(([what]) => what)).toEqual(['ping', 'ping']);
  await bringPeers(dir, npmThat(0, ''));
  expect(asked).toHaveLength(4);
});
