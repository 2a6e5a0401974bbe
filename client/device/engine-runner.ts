import { createEngine, type EngineDeps, type SyncEngine } from '../sync/engine.ts';

/** The engine of the active tab: started, stopped and started anew with other settings. */
export interface EngineRunner {
  /** Null while this tab is not the active one. */
  current(): SyncEngine | null;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Starts anew, if it runs. */
  restart(): Promise<void>;
}

export function createEngineRunner(deps: EngineDeps): EngineRunner {
  let engine: SyncEngine | null = null;
  const start = async () => {
    engine = createEngine(deps);
    await engine.start();
  };
  const stop = async () => {
    const stopping = engine;
    engine = null;
    await stopping?.stop();
  };
  return {
    current: () => engine,
    start,
    stop,
    restart: async () => {
      if (engine === null) return;
      await stop();
      await start();
    },
  };
}
