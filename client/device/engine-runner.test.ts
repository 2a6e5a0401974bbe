import { expect, test } from 'vitest';
import type { EngineDeps, SyncEngine } from '../sync/engine.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import type { SyncProgram } from './device-deps.ts';
import { createEngineRunner } from './engine-runner.ts';

/** A runner whose program comes when it is told to, and what it made of it. */
function runnerOf(isAwaited: boolean, isReady = true) {
  const said: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<SyncProgram>();
  const engine = { start: async () => void said.push('start'), stop: async () => void said.push('stop') } as SyncEngine;
  const timers = createManualTimers();
  const deps = {
    world: { timers },
    memory: { pull: () => ({ ready: isReady }) },
    board: { fault: ({ text }: { text: string }) => said.push(text) },
  } as unknown as EngineDeps;
  const runner = createEngineRunner(deps, {
    load: (isEmpty) => {
      if (isEmpty) said.push('at once');
      return promise;
    },
    isAwaited,
  });
  return { runner, said, engine, timers, come: () => resolve({ createEngine: () => engine }), fail: reject };
}

const turn = () => new Promise(setImmediate);

test('[LOAD6] a device is open before the program of sync has come; then it runs', async () => {
  const { runner, said, engine, come } = runnerOf(false);
  await runner.start();
  expect([runner.current(), said]).toEqual([null, []]);
  come();
  await turn();
  expect([runner.current(), said]).toEqual([engine, ['start']]);
});

test('[LOAD6] a device that has nothing to show yet does not wait for a first screen', async () => {
  const { runner, said } = runnerOf(false, false);
  await runner.start();
  expect(said).toEqual(['at once']);
});

test('[LOAD6] stopped before it came, it does not begin; started anew meanwhile, it begins once', async () => {
  const { runner, said, come } = runnerOf(false);
  await runner.start();
  await runner.stop();
  await runner.restart();
  await runner.start();
  await runner.restart();
  come();
  await turn();
  expect(said).toEqual(['start']);
  await runner.stop();
  expect(said).toEqual(['start', 'stop']);
});

test('[LOAD6] what fails as it begins is told on the board, where nobody waits for it, and tried again', async () => {
  const { runner, said, fail, timers } = runnerOf(false);
  await runner.start();
  fail(new Error('The disk is full.'));
  await turn();
  expect(said).toEqual(['Error: The disk is full.']);
  timers.pass(30_000);
  await turn();
  expect(said).toHaveLength(2);
  await runner.stop();
  timers.pass(30_000);
  await turn();
  expect(said).toHaveLength(2);
});

test('[LOAD6] where it is awaited, opening fails with it', async () => {
  const { runner, fail } = runnerOf(true);
  const started = runner.start();
  fail(new Error('The disk is full.'));
  await expect(started).rejects.toThrow('The disk is full.');
});
