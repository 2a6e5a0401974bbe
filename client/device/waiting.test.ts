import { expect, test } from 'vitest';
import { createJournalIndex } from '../store/journal-index.ts';
import { readWaiting, type WaitingDeps } from './waiting.ts';

const id = (seq: number) => `${'a'.repeat(16)}:${seq}`;

test('[STATE5] what the server did not take comes first, whatever its age, then the newest, each with why', async () => {
  const index = createJournalIndex();
  const entries = Array.from({ length: 8 }, (_, at) => ({ id: id(at + 1), seq: at + 1, kind: 'adjust', at }));
  for (const entry of entries) index.add(entry as never);
  const deps = {
    journal: { index, readEach: async (ids: string[]) => entries.filter((entry) => ids.includes(entry.id)) },
    acknowledged: () => ({ head: { seq: 5 }, refused: [2], stubs: [4] }),
    findings: { about: async () => [{ about: id(2), detail: { reason: 'no signature' }, settled: true }] },
  } as unknown as WaitingDeps;
  const told = async (limit: number) => (await readWaiting(deps, limit)).map(({ id, why }) => [id, why]);
  expect(await told(10)).toEqual([
    [id(2), 'refused'],
    [id(4), 'too-large'],
    [id(8), 'next'],
    [id(7), 'next'],
    [id(6), 'next'],
  ]);
  expect(await told(3)).toHaveLength(3);
  expect((await readWaiting(deps, 1))[0]).toMatchObject({ kind: 'adjust', at: 1, reason: 'no signature' });
});
