import { expect, test } from 'vitest';
import { type BranchId, type DeviceId, entryId, type PersonId } from '../../schema/ids.ts';
import { must } from '../../schema/result.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { createFindings, type Finding } from './findings.ts';
import { createJournal, type OwnEntry } from './journal.ts';
import { createTailKeeper } from './journal-tail.ts';
import { createMemoryShelf } from './memory-shelf.ts';
import { createMemoryVault } from './memory-vault.ts';
import { verifyJournal } from './verify-journal.ts';

const owner = { deviceId: 'd'.repeat(16) as DeviceId, branch: 'utama' as BranchId };
const SLICES_MAX = 20;

test.each([1, undefined, 9_999])(
  '[SYNC21] [F10] the nightly check ends where a damaged row calls itself number %s, and finds what lies behind it',
  async (claimed) => {
    const docs = new Map<string, OwnEntry>();
    const findings = createFindings(createMemoryShelf<Finding>('id'), () => 1);
    const journal = createJournal({
      shelf: createMemoryShelf<OwnEntry>('id', { docs }),
      signer: { sign: async () => 'A'.repeat(86) },
      owner,
      findings,
      tail: createTailKeeper(createMemoryVault()),
      timers: createManualTimers(),
      clock: () => 1,
      onEntry: () => undefined,
      onSuperseded: () => undefined,
    });
    await journal.load();
    const body = { reason: 'x', lines: [{ productId: 'p', delta: 1 }] } as never;
    for (let made = 0; made < 250; made += 1) await journal.append('adjust', 'budi' as PersonId, () => body);
    const damage = (seq: number, change: object) => {
      const id = entryId(owner.deviceId, seq);
      docs.set(id, { ...must(docs.get(id), 'an entry'), ...change } as never);
    };
    // The last of the first slice says where the next one begins.
    damage(100, { seq: claimed });
    damage(230, { at: 5 });
    let slices = 0;
    const done = await verifyJournal(journal, findings, () => {
      slices += 1;
      return slices < SLICES_MAX;
    });
    expect(done).toBe(true);
    expect((await findings.about('chain')).map(({ about }) => about)).toContain(entryId(owner.deviceId, 230));
  },
);
