import type { Page } from '@playwright/test';
import type { BenchOrder, Tell } from '../bench-order.ts';
import type { FiguresGoods, FiguresOrder, ReadFigures, SaleFigures } from '../bench-page.ts';
import { makeProfile, openChromium } from '../chromium.ts';
import { openPageAt } from '../open-page.ts';
import type { PageShop } from '../page-shop.ts';
import { withEnds } from '../peers/ends.ts';
import { median, ratioOf } from '../statistics.ts';
import type { Goods } from './find-goods.ts';
import type { SearchWords } from './search-words.ts';

/** All rounds at one speed of the processor. */
export interface SpeedSeries extends Omit<Round, 'barcode'> {
  readonly barcodeMean: number;
}

export interface FiguresSeries {
  readonly fast: SpeedSeries;
  /** With the processor four times slower. */
  readonly slow: SpeedSeries;
  /** A sale on the device with many entries over one on the new device. */
  readonly flat: number;
  readonly documents: number;
  readonly entries: number;
}

interface Round extends ReadFigures, SaleFigures {
  /** On the device with many entries. */
  readonly commitLate: readonly number[];
}

const SALES_PER_ROUND = 20;
/** So many at once, before the other device has its turn. */
const SALES_PER_TURN = 5;
const SLOWER = 4;
const FIGURES_MS_MAX = 1_200_000;

/** What a till does past its screens: a new device, and one with as many entries as asked for, each in a page of its own. */
export function measureFigures(
  shop: PageShop,
  { codes, goods }: { readonly codes: readonly [string, string]; readonly goods: Goods },
  { rounds, entries }: BenchOrder,
  tell: Tell,
): Promise<FiguresSeries> {
  return withEnds('The devices', FIGURES_MS_MAX, async (ends) => {
    const { page } = await openChromium(ends, makeProfile(ends));
    const late = await openFigures(shop, await page.context().newPage(), { slot: 'late', code: codes[1], entries });
    const fresh = await openFigures(shop, page, { slot: 'fresh', code: codes[0], entries: 0 });
    tell(`two devices with ${fresh.held.documents} products are open, one with ${late.held.entries} entries`);
    const [fast, slow]: [Round[], Round[]] = [[], []];
    for (let round = -1; round < rounds; round += 1) {
      const results = [
        await playRound({ fresh, late }, goods, 1),
        await playRound({ fresh, late }, goods, SLOWER),
      ] as const;
      tell(`round ${round + 1} of ${rounds}, devices: ${roundText(results[0])}${round < 0 ? ' (warm-up)' : ''}`);
      if (round < 0) continue;
      fast.push(results[0]);
      slow.push(results[1]);
    }
    const quick = joined(fast);
    const { documents } = fresh.held;
    const flat = ratioOf(quick.commitLate, quick.commit);
    return { fast: quick, slow: joined(slow), flat, documents, entries: late.held.entries };
  });
}

interface FiguresPage {
  readonly page: Page;
  readonly held: FiguresGoods;
}

/** RxDB opens thirteen collections in one page at most, and a device has nine: so each has a page. */
async function openFigures({ server, pageDir }: PageShop, page: Page, order: FiguresOrder): Promise<FiguresPage> {
  await page.bringToFront();
  await openPageAt(page, server.origin, pageDir, true);
  await page.waitForFunction(() => window.laciBench !== undefined);
  return { page, held: await page.evaluate((asked) => window.laciBench.openFigures(asked), order) };
}

interface Sellers {
  readonly fresh: FiguresPage;
  readonly late: FiguresPage;
}

async function playRound(sellers: Sellers, { searches, misspelt }: SearchWords, rate: number): Promise<Round> {
  const words = { searches, misspelt };
  const read = await atSpeed(sellers.fresh, rate, (page) =>
    page.evaluate((asked) => window.laciBench.readFigures(asked), words),
  );
  return { ...read, ...(await sellInTurn(sellers, rate)) };
}

/** A few sales each, turn about, and who began ends: the machine has other work too, and it comes and goes. */
async function sellInTurn({ fresh, late }: Sellers, rate: number): Promise<Omit<Round, keyof ReadFigures>> {
  const [commit, commitLate, raw]: [number[], number[], number[]] = [[], [], []];
  const sell = (page: Page) => page.evaluate((sales) => window.laciBench.sellFigures(sales), SALES_PER_TURN);
  for (let turn = 0; turn * SALES_PER_TURN < SALES_PER_ROUND; turn += 1) {
    for (const seller of turn % 2 === 0 ? [fresh, late] : [late, fresh]) {
      const sold = await atSpeed(seller, rate, sell);
      (seller === fresh ? commit : commitLate).push(...sold.commit);
      if (seller === fresh) raw.push(...sold.raw);
    }
  }
  return { commit, commitLate, raw };
}

/** A page that is not in front is slowed by the browser. */
async function atSpeed<Value>({ page }: FiguresPage, rate: number, act: (page: Page) => Promise<Value>) {
  await page.bringToFront();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  const value = await act(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.detach();
  return value;
}

function roundText({ commit, commitLate, raw, prefix, misspelt, barcode }: Round): string {
  const ms = (series: readonly number[]) => (series.length === 0 ? 'nothing' : `${median(series).toFixed(1)} ms`);
  const sales = `sale ${ms(commit)}, with entries ${ms(commitLate)}, limit ${ms(raw)}`;
  return `${sales}, prefix ${ms(prefix)}, misspelt ${ms(misspelt)}, barcode ${barcode.toFixed(4)} ms`;
}

function joined(rounds: readonly Round[]): SpeedSeries {
  const series = (field: Exclude<keyof Round, 'barcode'>) => rounds.flatMap((round) => round[field]);
  return {
    ...{ commit: series('commit'), commitLate: series('commitLate'), raw: series('raw') },
    ...{ prefix: series('prefix'), misspelt: series('misspelt'), list: series('list') },
    barcodeMean: Math.round(median(rounds.map(({ barcode }) => barcode)) * 1e5) / 1e5,
  };
}
