import { Worker } from 'node:worker_threads';
import type { DeviceAnswers, DeviceJob, DeviceRequest, WorkerMessage } from './worker-messages.ts';

/** A device in its worker thread, as the run sees it. */
export interface DeviceThread {
  readonly name: string;
  /** Resolves after the first full sync; rejects when the device cannot be opened. */
  readonly ready: Promise<void>;
  /** Asks the device; one request of a kind at a time. Rejects when the device failed, then and for ever. */
  ask<Kind extends DeviceRequest['ask']>(request: Extract<DeviceRequest, { ask: Kind }>): Promise<DeviceAnswers[Kind]>;
  stop(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a device. */
export function startDevice(job: DeviceJob): DeviceThread {
  const worker = new Worker(new URL('./device-worker.ts', import.meta.url), { workerData: job });
  const waiting = new Map<string, Waiting>();
  let broken: Error | null = null;
  const expect = (what: string) =>
    new Promise<unknown>((resolve, reject) => {
      if (broken) reject(broken);
      else waiting.set(what, { resolve, reject });
    });
  const settle = (what: string, value: unknown) => {
    const asked = waiting.get(what);
    waiting.delete(what);
    asked?.resolve(value);
  };
  const fail = (error: Error) => {
    broken ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (message: WorkerMessage) => {
    if (message.type === 'failed') fail(new Error(`${job.name}: ${message.text}`));
    else if (message.type === 'ready') settle('ready', undefined);
    else settle(message.ask, message.value);
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error(`${job.name} stopped.`)));
  const ready = expect('ready').then(() => undefined);
  return {
    name: job.name,
    ready,
    ask: async <Kind extends DeviceRequest['ask']>(request: Extract<DeviceRequest, { ask: Kind }>) => {
      const answer = expect(request.ask);
      worker.postMessage(request);
      return (await answer) as DeviceAnswers[Kind];
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}
