import { ENTRIES_MS } from '../../../server/live/limits.ts';
import type { ServerProcess } from '../../replay/server-process.ts';
import { type CountedWire, layCountedWire } from '../../wire/wire-count.ts';
import type { CodeSource } from '../enrol-codes.ts';
import type { TillJob, TillRequest } from './till-messages.ts';
import { startTillThread } from './till-thread.ts';
import { QUIET_MS, saleBytes, type WirePair, type WireStack } from './wire-stack.ts';

/** Whatever it asks for them by. */
const PRODUCTS_REQUEST = /\bproducts\b/;

/** After so long without a byte the entries of sales have followed too. */
const FOLLOWED_MS = ENTRIES_MS + QUIET_MS;

/** The client and the server that ship. */
export function createOurStack(server: ServerProcess, nextCode: CodeSource): WireStack {
  const port = Number(new URL(server.origin).port);
  const openTill = async (name: string, plain: boolean): Promise<Till> => {
    const wire = await layCountedWire(port, { plain });
    return startTill({ name, origin: wire.origin, code: await nextCode(name) }, wire);
  };
  return {
    name: 'ours',
    fullSync: async (plain) => {
      const till = await openTill('K1', plain);
      const documents = Number(await till.ask({ ask: 'settled' }));
      const { total, byRequest } = till.wire.take();
      await till.close();
      const products = [...byRequest].filter(([name]) => PRODUCTS_REQUEST.test(name));
      return { bytes: products.reduce((sum, [, bytes]) => sum + bytes, 0), documents, everything: total };
    },
    openPair: (plain) => openPair(openTill, plain),
    close: () => server.stop(),
  };
}

async function openPair(open: (name: string, plain: boolean) => Promise<Till>, plain: boolean): Promise<WirePair> {
  const [seller, other] = await Promise.all([open('K1', plain), open('K2', plain)]);
  const both = [seller, other];
  const isQuiet = (ms: number) => Promise.all(both.map((till) => till.wire.quiet(ms)));
  const calm = async () => {
    await Promise.all(both.map((till) => till.ask({ ask: 'settled' })));
    await isQuiet(FOLLOWED_MS);
  };
  // One sale first: what a first entry brings with it is not what a sale costs.
  await calm();
  await seller.ask({ ask: 'sell' });
  const taken = () => ({ seller: seller.wire.take(), other: other.wire.take() });
  return {
    sell: async () => {
      await calm();
      taken();
      await seller.ask({ ask: 'sell' });
      await isQuiet(QUIET_MS);
      const atOnce = taken();
      await isQuiet(FOLLOWED_MS);
      return saleBytes(atOnce, taken());
    },
    sellTogether: async (sales) => {
      await calm();
      taken();
      for (let sold = 0; sold < sales; sold += 1) await seller.ask({ ask: 'sell' });
      await isQuiet(FOLLOWED_MS);
      return taken().other.total;
    },
    close: async () => {
      await Promise.all(both.map((till) => till.close()));
    },
  };
}

interface Till {
  readonly wire: CountedWire;
  ask(request: TillRequest): Promise<unknown>;
  close(): Promise<void>;
}

function startTill(job: TillJob, wire: CountedWire): Till {
  const { ask, close } = startTillThread(job);
  return {
    wire,
    ask,
    close: async () => {
      await close();
      await wire.close();
    },
  };
}

/** The entries of sales that nobody counts, to give the peers documents of the same kind. */
export async function sampleSales(server: ServerProcess, nextCode: CodeSource, count: number): Promise<object[]> {
  const wire = await layCountedWire(Number(new URL(server.origin).port), { plain: false });
  const till = startTill({ name: 'K3', origin: wire.origin, code: await nextCode('K3') }, wire);
  await till.ask({ ask: 'settled' });
  const entries: object[] = [];
  for (let sale = 0; sale < count; sale += 1) entries.push((await till.ask({ ask: 'sell' })) as object);
  await till.ask({ ask: 'settled' });
  await till.close();
  return entries;
}
