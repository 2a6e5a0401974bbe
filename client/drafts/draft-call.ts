import type { DraftEngine, DraftEngineDeps } from './draft-engine.ts';

/** What crosses to the worker: first who this is, then one call of the engine after the other. */
export type DraftCall =
  | { readonly type: 'open'; readonly deps: DraftEngineDeps }
  | {
      readonly type: 'call';
      readonly n: number;
      readonly method: keyof DraftEngine;
      readonly args: readonly unknown[];
    };

/** What comes back: the value of the call with this number, or why there is none. */
export type DraftAnswer =
  /** Automerge is loaded: from here on calls are answered in milliseconds. */
  | { readonly ready: true }
  | { readonly n: number; readonly value: unknown }
  | { readonly n: number; readonly error: string };
