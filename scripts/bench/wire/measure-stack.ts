import type { Tell } from '../bench-order.ts';
import type { SaleBytes, SyncBytes, WireStack } from './wire-stack.ts';

/** As shipped, and with the server asked not to compress. */
export interface Series {
  readonly shipped: readonly number[];
  readonly plain: readonly number[];
}

export interface StackBytes extends Readonly<Record<'fullSync' | keyof SaleBytes, Series>> {
  /** The fan-out of {@link SALES_TOGETHER} sales; empty where they are told one by one. */
  readonly together: readonly number[];
  readonly everything: readonly number[];
  readonly documents: number;
}

/** A full sync is nearly the same each time: without compression fewer rounds are enough. */
const PLAIN_SYNC_ROUNDS = 2;
/** What a busy branch sells in a moment. */
export const SALES_TOGETHER = 10;
const TOGETHER_ROUNDS = 3;

/** Measures a stack in so many rounds, fewer where one kind of them takes longer than `msMax`; at least one. */
export async function measureStack(stack: WireStack, rounds: number, msMax: number, tell: Tell): Promise<StackBytes> {
  const repeat = createRepeat(msMax);
  const syncs = await repeat(rounds, () => stack.fullSync(false));
  const plainSyncs = await repeat(Math.min(rounds, PLAIN_SYNC_ROUNDS), () => stack.fullSync(true));
  const sell = async (plain: boolean) => {
    const pair = await stack.openPair(plain);
    try {
      return await repeat(rounds, () => pair.sell());
    } finally {
      await pair.close();
    }
  };
  const together = await sellTogether(stack, Math.min(rounds, TOGETHER_ROUNDS));
  const [sales, plainSales] = [await sell(false), await sell(true)];
  const [sync, sale] = [syncs[0] as SyncBytes, sales[0] as SaleBytes];
  tell(`${stack.name}: ${sync.bytes} bytes a full sync, ${sale.sale} a sale, ${sale.fanOut} its fan-out`);
  const series = (name: keyof SaleBytes): Series => ({
    shipped: sales.map((bytes) => bytes[name]),
    plain: plainSales.map((bytes) => bytes[name]),
  });
  return {
    fullSync: { shipped: syncs.map(({ bytes }) => bytes), plain: plainSyncs.map(({ bytes }) => bytes) },
    ...{ sale: series('sale'), saleUp: series('saleUp') },
    ...{ fanOut: series('fanOut'), fanOutLive: series('fanOutLive'), fanOutLater: series('fanOutLater') },
    together,
    everything: syncs.map(({ everything }) => everything),
    documents: sync.documents,
  };
}

async function sellTogether(stack: WireStack, rounds: number): Promise<number[]> {
  const pair = await stack.openPair(false);
  try {
    const bytes: number[] = [];
    while (pair.sellTogether && bytes.length < rounds) bytes.push(await pair.sellTogether(SALES_TOGETHER));
    return bytes;
  } finally {
    await pair.close();
  }
}

function createRepeat(msMax: number) {
  return async <Value>(times: number, act: () => Promise<Value>): Promise<Value[]> => {
    const begun = performance.now();
    const values = [await act()];
    while (values.length < times && performance.now() - begun < msMax) values.push(await act());
    return values;
  };
}
