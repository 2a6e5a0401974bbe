import { expect, test } from 'vitest';
import { type DeviceId, hashShape } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { findMissingEntries } from './branch-check.ts';

const DEVICE = '0123456789abcdef' as DeviceId;
const OWN = 'fedcba9876543210' as DeviceId;
const HASH = hashShape.parse('a'.repeat(64));

/** Held entries of another device, each `[seq, receivedAt]`, checked against a head of 9. */
function missing(held: readonly (readonly [number, number])[], since = 100): Promise<readonly string[]> {
  const entries = held.map(([seq, receivedAt]) => ({ seq, receivedAt }) as BranchEntry);
  const after = async (_device: DeviceId, seq: number) => entries.filter((entry) => entry.seq > seq);
  const deps = { ownDevice: OWN, branchJournal: { after }, since };
  return findMissingEntries(deps, { [DEVICE]: { seq: 9, hash: HASH }, [OWN]: { seq: 5, hash: HASH } });
}

test('[SYNC21] an entry that is missing between those held, or up to the head, is named', async () => {
  const named = await missing([
    [6, 110],
    [8, 120],
  ]);
  expect(named).toEqual([`${DEVICE}:7`, `${DEVICE}:9`]);
});

test('[LIFE5] what lies before the window is not missing, nor what came alone from there with another verdict', async () => {
  const window = [
    [7, 110],
    [8, 120],
    [9, 130],
  ] as const;
  expect(await missing(window)).toEqual([]);
  expect(await missing([[3, 40], ...window])).toEqual([]);
  expect(await missing([[3, 40]])).toEqual([]);
  expect(await missing([])).toEqual([]);
});
