import type { Deps } from '../../server/deps.ts';
import { StoreFault } from '../../server/store/store.ts';

/** What a server writes into its log. Errors other than a failing disk must never happen, whatever comes in (I12). */
export function createServerLog(onFailure: (text: string) => void): Deps['log'] {
  const error = (detail: { readonly err?: unknown }, text: string) => {
    if (!(detail.err instanceof StoreFault)) onFailure(`${text}: ${errorText(detail.err)}`);
  };
  const nothing = () => undefined;
  const log = { error, fatal: error, warn: nothing, info: nothing, debug: nothing, trace: nothing };
  return { ...log, child: () => log } as unknown as Deps['log'];
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ') : String(error);
}
