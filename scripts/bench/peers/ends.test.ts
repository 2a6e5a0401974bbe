import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { endAll, withEnds } from './ends.ts';

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

test('who stops everything waits until all of it is ended, also what fails meanwhile, and nothing begins any more', async () => {
  const ended: string[] = [];
  const slowly = (what: string) => async () => {
    await sleep(10);
    ended.push(what);
  };
  const stuck = Promise.withResolvers<never>();
  const outer = withEnds('outer', 60_000, async (ends) => {
    ends.add(slowly('folder'));
    ends.add(slowly('server'));
    await withEnds('inner', 60_000, (inner) => {
      // Closing it fails the work that needs it.
      inner.add(() => stuck.reject(new Error('The page was closed.')));
      return stuck.promise;
    });
  });
  outer.catch(() => undefined);
  await endAll();
  expect(ended).toEqual(['server', 'folder']);
  await expect(outer).rejects.toThrow('The page was closed.');
  await expect(withEnds('more', 1_000, async () => 1)).rejects.toThrow('more was not begun: this run was stopped.');
});
