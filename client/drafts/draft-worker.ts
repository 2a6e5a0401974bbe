import wasmUrl from '@automerge/automerge/automerge.wasm?url';
import * as automerge from '@automerge/automerge/slim';
import type { DraftAnswer, DraftCall } from './draft-call.ts';
import { createDraftEngine, type DraftEngine } from './draft-engine.ts';

/**
 * Reads drafts apart from the app: whatever bytes another device sent, at worst this worker dies of them. Automerge and its wasm are
 * loaded here alone, so that the app's own bundle does not grow by them.
 */
interface WorkerScope {
  onmessage: ((event: { readonly data: DraftCall }) => void) | null;
  postMessage(answer: DraftAnswer): void;
}
const scope = globalThis as unknown as WorkerScope;

let engine: Promise<DraftEngine> | undefined;

scope.onmessage = ({ data }) => {
  if (data.type === 'open') {
    engine = automerge.initializeWasm(wasmUrl).then(() => createDraftEngine(automerge, data.deps));
    engine.then(
      () => scope.postMessage({ ready: true }),
      // Told with the first call that needs it.
      () => undefined,
    );
    return;
  }
  void answer(data).then((said) => scope.postMessage(said));
};

async function answer({ n, method, args }: Extract<DraftCall, { type: 'call' }>): Promise<DraftAnswer> {
  try {
    const opened = await engine;
    if (!opened) throw new Error('The worker was not opened.');
    return { n, value: (opened[method] as (...given: readonly unknown[]) => unknown)(...args) };
  } catch (error) {
    return { n, error: String(error) };
  }
}
