import { branchScope } from '../../schema/ids.ts';
import { must } from '../../schema/result.ts';
import { bringPeers } from '../setup/peers.mjs';
import type { BenchOrder, Tell } from './bench-order.ts';
import type { PeerSeries } from './peers/peer-series.ts';
import { measurePeerPropagation, PEER_PROPAGATION_NOTES } from './propagation-peers.ts';
import { measureWholeTills } from './propagation-whole.ts';
import { openEchoPeer } from './raw/echo-peer.ts';
import { type LiveEar, openLiveEar } from './raw/live-ear.ts';
import { inRawShop, type RawShop } from './raw/raw-shop.ts';
import type { RawTill } from './raw/raw-till.ts';
import { type BenchResult, compareSeries, percentile, type Summary, summarise } from './statistics.ts';

/** How long a sale takes to the other tills of a shop of so many devices. */
export type PropagationPart = Pick<BenchResult, 'ours' | 'peers' | 'ratios'> & {
  readonly p99: number;
  /** Where the peers' clients are whole: ours whole too, from the sale on. */
  readonly whole?: Summary & { readonly p99: number };
};
/** The figures at the top are those of ten devices. */
export type PropagationResult = BenchResult & { readonly parts: Readonly<Record<string, PropagationPart>> };

const DEVICES = [2, 10, 100, 1_000] as const;
const SHOWN = 10;
const SALES_PER_ROUND = 10;
const PEER_SALES = 50;

/**
 * From a sale's push over the seller's live socket until its stock is read from every other till's, for shops of 2 to 1,000 devices (bare protocol clients in one
 * process, which shares two cores with the server); beside a bare echo with one fsync to as many sockets, and with 2 and 10 devices beside
 * the peers' own clients and servers, and beside ours as whole as theirs. In milliseconds.
 */
export async function benchPropagation(order: BenchOrder, tell: Tell): Promise<PropagationResult> {
  const { rounds } = order;
  await bringPeers();
  return inRawShop(order, async (shop) => {
    const tills = await shop.openTills(2);
    const sales = (await must(tills[1], 'a till').prepare(PEER_SALES, 1)).flatMap(({ entries }) => entries);
    const peers = await measurePeerPropagation(shop.folder, sales, rounds, tell);
    const whole = await measureWholeTills(shop, rounds, tell);
    const voice = await openEar(shop, must(tills[0], 'a till'));
    const ears: LiveEar[] = [];
    const parts: Record<string, PropagationPart> = {};
    let shown: BenchResult | null = null;
    for (const count of DEVICES) {
      tills.push(...(await shop.openTills(count - tills.length)));
      while (ears.length < count - 1) ears.push(await openEar(shop, must(tills[ears.length + 1], 'a till')));
      // Who came last is told of to all a few seconds later, and that is no sale.
      await Promise.all([voice, ...ears].map((ear) => ear.sees(count)));
      const { ours, echo } = await measure(shop, { ...must(tills[0], 'a till'), voice }, ears, rounds);
      const { series } = peers[count] ?? { series: {} };
      const compared = compareSeries('propagation', ours, { 'echo and fsync': echo, ...series });
      const { peers: others, ratios } = compared;
      parts[count] = {
        ours: compared.ours,
        peers: others,
        ratios,
        p99: percentile(ours, 99),
        ...wholeOf(whole[count]),
      };
      if (count === SHOWN) shown = { ...compared, notes: PEER_PROPAGATION_NOTES, failed: failedOf(peers) };
      tell(`${count} devices: ${JSON.stringify(parts[count])}`);
    }
    for (const ear of [voice, ...ears]) ear.close();
    return { ...must(shown, 'the figures'), parts };
  });
}

/** A peer that failed with any number of devices. */
function failedOf(peers: Readonly<Record<number, PeerSeries>>): Record<string, string> {
  return Object.assign({}, ...Object.values(peers).map(({ failed }) => failed));
}

function wholeOf(times: readonly number[] | undefined): Pick<PropagationPart, 'whole'> {
  return times ? { whole: { ...summarise(times), p99: percentile(times, 99) } } : {};
}

function openEar({ server }: RawShop, { enrolment }: RawTill): Promise<LiveEar> {
  return openLiveEar(server.origin, enrolment.credential, branchScope(enrolment.device.branch));
}

/** A till that pushes over its live socket, as tills do with what they have just sold. */
type Seller = Pick<RawTill, 'prepare'> & { readonly voice: LiveEar };

async function measure(shop: RawShop, seller: Seller, ears: readonly LiveEar[], rounds: number) {
  const [ours, echo]: [number[], number[]] = [[], []];
  const peer = await openEchoPeer(shop.folder, ears.length);
  try {
    for (let round = -1; round < rounds; round += 1) {
      const batches = await seller.prepare(SALES_PER_ROUND, 1);
      for (const batch of batches) {
        const times = [await sell(seller, batch, ears), await peer.send(batch.body)] as const;
        if (round < 0) continue;
        ours.push(...times[0]);
        echo.push(...times[1]);
      }
    }
  } finally {
    peer.close();
  }
  return { ours, echo };
}

/** For each other till, how long until it read the sale's stock. */
async function sell(
  { voice }: Seller,
  batch: Awaited<ReturnType<RawTill['prepare']>>[number],
  ears: readonly LiveEar[],
): Promise<number[]> {
  const before = Math.max(...ears.map((ear) => ear.position()));
  const heard = Promise.all(ears.map((ear) => ear.heardBehind(before)));
  // One that closes while the push is under way is told below.
  heard.catch(() => undefined);
  const begun = performance.now();
  await voice.push(batch.body);
  return (await heard).map((at) => at - begun);
}
