import type { EngineDeps, SyncEngine } from '../sync/engine.ts';
import type { DeviceDeps } from './device-deps.ts';

/** The engine of the active tab: started, stopped and started anew with other settings. */
export interface EngineRunner {
  /** Null while this tab is not the active one, and until its program has come. */
  current(): SyncEngine | null;
  /** Resolves when it runs; where its program is fetched later, when that is asked for. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Starts anew, if it runs. */
  restart(): Promise<void>;
}

/** Before sync that failed as it began is tried again, in milliseconds: the disk may have room then. */
const AGAIN_MS = 30_000;

export function createEngineRunner(deps: EngineDeps, { load, isAwaited }: DeviceDeps['sync']): EngineRunner {
  let engine: SyncEngine | null = null;
  /** Each start and stop takes the next: what was fetched for one that is over does not begin. */
  let turn = 0;
  let isOn = false;
  const begin = async () => {
    turn += 1;
    isOn = true;
    const own = turn;
    const { createEngine } = await load(!deps.memory.pull().ready);
    if (own !== turn) return;
    engine = createEngine(deps);
    await engine.start();
  };
  const start = async () => {
    const begun = begin();
    if (isAwaited) return begun;
    const own = turn;
    begun.catch((error: unknown) => {
      if (own !== turn) return;
      deps.board.fault({ kind: 'refused', text: String(error) });
      deps.world.timers.after(AGAIN_MS, () => void (own === turn && restart()));
    });
  };
  const stop = async () => {
    turn += 1;
    isOn = false;
    const stopping = engine;
    engine = null;
    await stopping?.stop();
  };
  const restart = async () => {
    if (!isOn) return;
    await stop();
    await start();
  };
  return { current: () => engine, start, stop, restart };
}
