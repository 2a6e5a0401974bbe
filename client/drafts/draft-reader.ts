import type { AutomergeApi } from './draft-chunk.ts';
import type { DraftOp, DraftView } from './draft-content.ts';
import { createDraftEngine, type DraftEngineDeps, type DraftParts, type MadeChange } from './draft-engine.ts';

/**
 * The way to the engine that reads drafts, wherever it runs. Nothing of it is loaded before the first draft. Rejects where the engine
 * cannot be loaded, dies, or takes too long: what was held of the draft is then gone there, and is read anew.
 */
export interface DraftReader {
  read(parts: DraftParts): Promise<DraftView>;
  change(id: string, ops: readonly DraftOp[], by: string): Promise<MadeChange | null>;
  whole(id: string): Promise<Pick<MadeChange, 'heads' | 'bytes'>>;
  forget(id: string): Promise<void>;
  close(): void;
}

/** A draft took longer to read than any that people make: what is new of it is set aside. */
export class TooHeavy extends Error {
  override readonly name = 'TooHeavy';
}

/** Makes the reader of one opened device. */
export type OpenDraftReader = (deps: DraftEngineDeps) => DraftReader;

/** Reads in place, where there is no worker to read in: in Node, and in the simulator. */
export function createInlineReader(load: () => Promise<AutomergeApi>): OpenDraftReader {
  return (deps) => {
    const engine = lazily(async () => createDraftEngine(await load(), deps));
    return {
      read: async (parts) => (await engine()).read(parts),
      change: async (id, ops, by) => (await engine()).change(id, ops, by),
      whole: async (id) => (await engine()).whole(id),
      forget: async (id) => (await engine()).forget(id),
      close: () => undefined,
    };
  };
}

function lazily<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
