import { expect, test } from 'vitest';
import type { DeviceId } from '../../schema/ids.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import type { DraftAnswer, DraftCall } from './draft-call.ts';
import { createWorkerReader, type DraftWorker, LOAD_MS_MAX, READ_MS_MAX } from './worker-reader.ts';

/** Workers that answer as told, and what they were told. */
function createWorkers(reply: (call: Extract<DraftCall, { type: 'call' }>) => DraftAnswer | null) {
  const begun: { calls: DraftCall[]; ended: boolean; die: () => void; ready: () => void }[] = [];
  const begin = (): DraftWorker => {
    let [onAnswer, onDeath]: [(answer: DraftAnswer) => void, () => void] = [() => undefined, () => undefined];
    const worker = {
      calls: [] as DraftCall[],
      ended: false,
      die: () => onDeath(),
      ready: () => onAnswer({ ready: true }),
    };
    begun.push(worker);
    return {
      post: (call) => {
        worker.calls.push(call);
        const said = call.type === 'call' ? reply(call) : null;
        if (said) queueMicrotask(() => onAnswer(said));
      },
      listen: (answered, died) => {
        [onAnswer, onDeath] = [answered, died];
      },
      end: () => {
        worker.ended = true;
      },
    };
  };
  return { begun, begin };
}
const deps = { device: 'a'.repeat(16) as DeviceId, session: '00000000' };

test('[DRF21] the worker is begun with the first call and told who it is; each call gets its own answer', async () => {
  const timers = createManualTimers();
  const { begun, begin } = createWorkers(({ n, args }) => ({ n, value: args[0] }));
  const reader = createWorkerReader(begin, timers)(deps);
  expect(begun).toHaveLength(0);
  expect(await Promise.all([reader.forget('one'), reader.whole('two')])).toEqual(['one', 'two']);
  expect(begun).toHaveLength(1);
  expect(begun[0]?.calls[0]).toEqual({ type: 'open', deps });
});

test('[DRF21] [F22] a call that takes too long ends its worker, and the next one begins another', async () => {
  const timers = createManualTimers();
  let silent = true;
  const { begun, begin } = createWorkers(({ n }) => (silent ? null : { n, value: 'read' }));
  const reader = createWorkerReader(begin, timers)(deps);
  const [first, second] = [reader.forget('huge'), reader.forget('fine')].map((call) => call.catch(String));
  timers.pass(READ_MS_MAX);
  begun[0]?.ready();
  timers.pass(READ_MS_MAX);
  expect([await first, await second]).toEqual([
    'TooHeavy: Reading the cart took too long.',
    'TooHeavy: Reading the cart took too long.',
  ]);
  expect(begun[0]?.ended).toBe(true);
  silent = false;
  expect(await reader.forget('fine')).toBe('read');
  expect(begun).toHaveLength(2);
});

test('[DRF21] [F22] a worker that dies is told to everybody who waits', async () => {
  const timers = createManualTimers();
  const { begun, begin } = createWorkers(() => null);
  const reader = createWorkerReader(begin, timers)(deps);
  const call = reader.forget('huge').catch(String);
  begun[0]?.die();
  expect(await call).toBe('Error: Reading the cart failed.');
});

test('[DRF21] what the engine throws rejects that call alone', async () => {
  const timers = createManualTimers();
  const { begin } = createWorkers(({ n, args }) => (args[0] === 'bad' ? { n, error: 'no' } : { n, value: 'read' }));
  const reader = createWorkerReader(begin, timers)(deps);
  expect(await reader.forget('bad').catch(String)).toBe('Error: no');
  expect(await reader.forget('good')).toBe('read');
});

test('[DRF21] what reads carts may take its time to load, and where it never does that is told as such', async () => {
  const timers = createManualTimers();
  const { begun, begin } = createWorkers(() => null);
  const reader = createWorkerReader(begin, timers)(deps);
  const call = reader.forget('fine').catch(String);
  timers.pass(LOAD_MS_MAX);
  expect(await call).toBe('Error: What reads carts was not loaded.');
  expect([begun[0]?.ended, timers.waiting()]).toEqual([true, 0]);
});
