import { z } from 'zod';
import { sharesViewShape } from '../../schema/protocol/shares.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { NetFault } from '../sync/http.ts';
import { createLive } from './live.ts';
import { createShareKeeper, type ShareKeeperDeps } from './share-keeper.ts';
import type { Shares } from './shares.ts';

/** The shares of this device, over its stores; `stop` ends the asking. */
export function createShares(deps: ShareKeeperDeps): { readonly shares: Shares; stop(): void } {
  const { catalogue, stockBook, http } = deps;
  const keeper = createShareKeeper(deps);
  const version = createLive(0);
  const stops = [catalogue.version, stockBook.version].map((live) =>
    live.subscribe(() => version.set(version.get() + 1)),
  );
  const tell = async (path: string, body: object) => {
    const answer = await http.request('POST', `/api/v1/shares/${path}`, body, z.object({}));
    return answer.ok ? ok(null) : fail(codeOf(answer.error));
  };
  const shares: Shares = {
    version,
    left: (id) => (deps.shares.isLimited(id) ? Math.max(0, deps.shares.held(id)) : null),
    askNow: keeper.askNow,
    lookNow: async () => {
      const products = [...catalogue.limited()];
      const answer = await http.request('POST', '/api/v1/shares/look', { products }, sharesViewShape);
      return answer.ok ? ok(answer.value) : (fail(codeOf(answer.error)) as Result<never, ReturnType<typeof codeOf>>);
    },
    writeOffNow: (deviceId, productId) => tell('written-off', { deviceId, productId }),
    waiveNow: (deviceId) => tell('waived', { deviceId }),
  };
  const stop = () => {
    keeper.stop();
    for (const each of stops) each();
  };
  return { shares, stop };
}

function codeOf(error: NetFault) {
  return error.kind === 'refused' ? error.code : ('offline' as const);
}
