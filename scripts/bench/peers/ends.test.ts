import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withEnds } from './ends.ts';

test('what was opened is ended after the work, the last one first, also when it failed', async () => {
  const ended: string[] = [];
  const given = await withEnds('peer', 1_000, async (ends) => {
    ends.add(() => void ended.push('server'));
    ends.add(() => void ended.push('client'));
    return 7;
  });
  expect([given, ended]).toEqual([7, ['client', 'server']]);
  const failing = withEnds('peer', 1_000, async (ends) => {
    ends.add(() => void ended.push('again'));
    throw new Error('no such thing');
  });
  await expect(failing).rejects.toThrow('no such thing');
  expect(ended).toEqual(['client', 'server', 'again']);
});

test('work that hangs is stopped and named, and what it opens afterwards ends at once', async () => {
  const ended: string[] = [];
  const hanging = withEnds('a peer', 20, async (ends) => {
    ends.add(() => void ended.push('early'));
    await sleep(60);
    ends.add(() => void ended.push('late'));
  });
  await expect(hanging).rejects.toThrow('a peer took more than 0 s, and was stopped.');
  await sleep(80);
  expect(ended).toEqual(['early', 'late']);
});
