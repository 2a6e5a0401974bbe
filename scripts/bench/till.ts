import type { CDPSession, Page } from '@playwright/test';
import { enrol } from '../../client/e2e/seat.ts';
import { firstCode, pinIn } from '../replay/enrol-file.ts';
import { buildClient } from '../setup/client-build.mjs';
import { bringPeers } from '../setup/peers.mjs';
import type { BenchOrder, Tell } from './bench-order.ts';
import { makeProfile, openChromium } from './chromium.ts';
import { openCodeSource } from './enrol-codes.ts';
import { inPageShop, type PageShop } from './page-shop.ts';
import { withEnds } from './peers/ends.ts';
import { type BenchResult, compareSeries, ratioOf, type Summary, summarise } from './statistics.ts';
import { buildTillMeter } from './till/build-meter.ts';
import { findGoods, type Goods } from './till/find-goods.ts';
import { type FiguresSeries, measureFigures } from './till/measure-figures.ts';
import { measurePeerSales, PEER_SALE_NOTES } from './till/till-peers.ts';
import { ACTS, type Act, type Sample, type TillRound } from './till/till-round.ts';

/** One act at one speed of the processor. */
export interface TillPart {
  readonly done: Summary;
  /** Of acts on the screen: until the frame that shows it was handed on. */
  readonly shown?: Summary;
  readonly samples: number;
  /** Of acts on the screen: how many raw writes at the same speed it takes, by medians. */
  readonly ofRaw?: number;
  /** What the origin asked for, in milliseconds. */
  readonly asked?: number;
}
export type TillResult = BenchResult & {
  readonly documents: number;
  /** A sale on a device with many entries over one on a new device. */
  readonly flat: number;
  /** Entries on the device with many. */
  readonly entries: number;
  /** One exact barcode, the mean of 1,000, in milliseconds. */
  readonly barcodeMean: number;
  readonly parts: Readonly<Record<string, TillPart>>;
};

/** The processor as it is, and four times slower: a cheap tablet. */
export const SLOWDOWNS = [1, 4] as const;
const SALES_PER_ROUND = 10;
/** Misspelt words that are typed on the screen. */
const MISSPELT_SHOWN = 2;
const TILL = 'K1';
const WAIT_MS_MAX = 180_000;
const SCREEN_MS_MAX = 1_200_000;
/** The origin's own table (S17). */
const ASKED: Readonly<Partial<Record<Act, number>>> = { commit: 10, search: 50, list: 10 };
const NOTES = {
  raw: 'one strict IndexedDB write of as many bytes, and one P-256 signature, in the same page and in turn',
  ...PEER_SALE_NOTES,
};

/**
 * What a cashier waits for with the shop's products. Past the screens (`client/device`): a sale until it is durable, on a new device and on one
 * with many entries; a search letter by letter, a misspelt one, a barcode, a list. On the screen of the app that ships: a sale, a search, a barcode
 * and a list until they are there and shown. As the processor is and four times slower. Beside each sale, in the same page, the limit: one
 * signature and one strict write of as many bytes into bare IndexedDB; and what peers take to store as many, without a rank.
 */
export async function benchTill(order: BenchOrder, tell: Tell): Promise<TillResult> {
  await bringPeers();
  await buildClient();
  const meter = await buildTillMeter();
  return inPageShop('till', order, async (shop) => {
    const nextCode = await openCodeSource(shop.server.origin, firstCode(shop.server.enrolment));
    const goods = findGoods(shop.server);
    const codes = [await nextCode('K3'), await nextCode('K4')] as const;
    const figures = await measureFigures(shop, { codes, goods }, order, tell);
    const rounds = await measureScreen(shop, { code: await nextCode(TILL), meter, goods }, order.rounds, tell);
    const { series, failed } = await measurePeerSales(shop, tell);
    const unranked = Object.fromEntries(Object.entries(series).map(([name, times]) => [name, summarise(times)]));
    return { ...summariseTill(figures, rounds), unranked, failed };
  });
}

type ScreenRounds = ReadonlyMap<number, readonly TillRound[]>;

interface ScreenOrder {
  readonly code: string;
  readonly meter: string;
  readonly goods: Goods;
}

function measureScreen(
  { server }: PageShop,
  { code, meter, goods }: ScreenOrder,
  rounds: number,
  tell: Tell,
): Promise<ScreenRounds> {
  return withEnds('The screen', SCREEN_MS_MAX, async (ends) => {
    const { page } = await openChromium(ends, makeProfile(ends));
    page.setDefaultTimeout(WAIT_MS_MAX);
    await page.goto(`${server.origin}/?till=${TILL}`);
    await enrol({ page }, code, pinIn(server.enrolment, 'Budi'));
    await page.evaluate(meter);
    const session = await page.context().newCDPSession(page);
    const measured = new Map<number, TillRound[]>(SLOWDOWNS.map((rate) => [rate, []]));
    // The first round is not counted: code that never ran before is slower than it will ever be again.
    for (let round = -1; round < rounds; round += 1) {
      for (const rate of SLOWDOWNS) {
        const result = await playRound(page, session, rate, goods);
        const warm = round < 0 ? ' (warm-up)' : '';
        tell(`round ${round + 1} of ${rounds}, screen, processor 1/${rate}: ${roundText(result)}${warm}`);
        if (round >= 0) measured.get(rate)?.push(result);
      }
    }
    return measured;
  });
}

async function playRound(page: Page, session: CDPSession, rate: number, goods: Goods): Promise<TillRound> {
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  const { searches, misspelt, barcodes } = goods;
  const order = { searches: [...searches, ...misspelt.slice(0, MISSPELT_SHOWN)], barcodes, sales: SALES_PER_ROUND };
  const round = await page.evaluate((asked) => window.laciTill.run(asked), order);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return round;
}

function roundText(round: TillRound): string {
  return ACTS.map((act) => `${act} ${textOf(round[act].map(({ done }) => done))}`).join(', ');
}

/** A catalogue with one category has no lists to choose from, and one of short names no slips. */
function textOf(series: readonly number[]): string {
  return series.length === 0 ? 'nothing to measure' : `${summarise(series).median} ms`;
}

function summariseTill({ documents, entries, slow, fast, flat }: FiguresSeries, screen: ScreenRounds): TillResult {
  const samples = (rate: number, act: Act) => (screen.get(rate) ?? []).flatMap((round) => round[act]);
  const parts: Record<string, TillPart> = {};
  for (const rate of SLOWDOWNS) {
    const mark = rate === 1 ? '' : `-${rate}x-slower`;
    const { commit, commitLate, raw, prefix, misspelt, list } = rate === 1 ? fast : slow;
    const past = { sell: commit, sellLate: commitLate, limit: raw, prefix, misspelt, listRead: list };
    for (const [name, series] of Object.entries(past))
      if (series.length > 0) parts[`${name}${mark}`] = { done: summarise(series), samples: series.length };
    for (const act of ACTS) {
      const series = samples(rate, act);
      if (series.length > 0) parts[`${act}${mark}`] = partOf(series, samples(rate, 'raw'), ASKED[act]);
    }
    const after = samples(rate, 'commit').map(({ shown }, sale) => shown - (samples(rate, 'durable')[sale]?.done ?? 0));
    parts[`durableToShown${mark}`] = { done: summarise(after), samples: after.length };
  }
  return {
    ...compareSeries('till', fast.commit, { raw: fast.raw }),
    ...{ notes: NOTES, documents, entries, flat, barcodeMean: fast.barcodeMean, parts },
  };
}

function partOf(samples: readonly Sample[], raw: readonly Sample[], asked: number | undefined): TillPart {
  const times = samples.map(({ done }) => done);
  return {
    done: summarise(times),
    shown: summarise(samples.map(({ shown }) => shown)),
    samples: samples.length,
    ofRaw: ratioOf(
      times,
      raw.map(({ done }) => done),
    ),
    ...(asked === undefined ? {} : { asked }),
  };
}
