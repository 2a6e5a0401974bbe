import { setTimeout as sleep } from 'node:timers/promises';
import { must } from '../../schema/result.ts';
import type { Tell } from './bench-order.ts';
import { withEnds } from './peers/ends.ts';
import { PEER_DEVICES } from './propagation-peers.ts';
import type { RawShop } from './raw/raw-shop.ts';
import { median } from './statistics.ts';
import type { HeldStock } from './wire/till-messages.ts';
import { startTillThread, type TillThread } from './wire/till-thread.ts';

const SALES_PER_ROUND = 10;
const WHOLE_MS_MAX = 300_000;
/** Between two sales, in milliseconds: what the first left to be done is done, and who is to hear of the next listens. */
const CALM_MS = 150;

/**
 * From a sale at one till, as its client sells it, until its stock is read at each other: whole clients, as the peers' are, each in a thread of its own,
 * their disks in memory. Milliseconds by number of devices.
 */
export function measureWholeTills(shop: RawShop, rounds: number, tell: Tell): Promise<Record<number, number[]>> {
  return withEnds('The whole tills', WHOLE_MS_MAX, async (ends) => {
    const tills: TillThread[] = [];
    const measured: Record<number, number[]> = {};
    for (const count of PEER_DEVICES) {
      while (tills.length < count) {
        const name = `W${tills.length + 1}`;
        const till = startTillThread({ name, origin: shop.server.origin, code: await shop.nextCode(name) });
        ends.add(till.close);
        tills.push(till);
      }
      await Promise.all(tills.map((till) => till.ask({ ask: 'settled' })));
      const times = await sellOften(tills, rounds);
      measured[count] = times;
      tell(`${count} whole tills: ${median(times).toFixed(1)} ms`);
    }
    return measured;
  });
}

async function sellOften([seller, ...others]: readonly TillThread[], rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let sale = -SALES_PER_ROUND; sale < rounds * SALES_PER_ROUND; sale += 1) {
    const product = String(await must(seller, 'a till').ask({ ask: 'next' }));
    const held = (await Promise.all(others.map((till) => till.ask({ ask: 'stock', product })))) as HeldStock[];
    const heard = Promise.all(others.map((till, at) => till.ask({ ask: 'hear', held: must(held[at], 'its stock') })));
    heard.catch(() => undefined);
    await sleep(CALM_MS);
    const begun = Number(await must(seller, 'a till').ask({ ask: 'sell-timed' }));
    const all = (await heard).map((at) => Number(at) - begun);
    if (sale >= 0) times.push(...all);
  }
  return times;
}
