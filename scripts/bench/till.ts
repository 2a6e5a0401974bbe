import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { enrol } from '../../client/e2e/seat.ts';
import { firstCode, pinIn } from '../replay/enrol-file.ts';
import { startServer } from '../replay/server-process.ts';
import { buildClient } from '../setup/client-build.mjs';
import { findChromium, inFreshProfile } from './chromium.ts';
import { openCodeSource } from './enrol-codes.ts';
import { type BenchResult, compareSeries, type Summary, summarise } from './statistics.ts';
import { buildTillMeter } from './till/build-meter.ts';
import { findGoods, type Goods } from './till/find-goods.ts';
import { ACTS, type Act, type Sample, type TillRound } from './till/till-round.ts';

/** One act at one speed of the processor. */
export interface TillPart {
  readonly done: Summary;
  readonly shown: Summary;
  readonly samples: number;
  /** What the origin asked for, in milliseconds. */
  readonly asked?: number;
}
export type TillResult = BenchResult & {
  readonly documents: number;
  readonly parts: Readonly<Record<string, TillPart>>;
};

/** The processor as it is, and four times slower: a cheap tablet. */
const SLOWDOWNS = [1, 4] as const;
const SALES_PER_ROUND = 10;
const TILL = 'K1';
const WAIT_MS_MAX = 180_000;
/** The origin's own table (S17). */
const ASKED: Readonly<Partial<Record<Act, number>>> = { commit: 10, search: 50, list: 10 };

/**
 * What a cashier waits for, in the app that ships with the demo shop's 20,000 products: a sale committed and shown, a search, a
 * scanned barcode, a list of products; as the processor is and four times slower. Beside each sale, in the same page, the limit: one
 * signature and one strict write of as many bytes into bare IndexedDB.
 */
export async function benchTill(rounds: number, tell: (text: string) => void): Promise<TillResult> {
  findChromium();
  await buildClient();
  const meter = await buildTillMeter();
  const folder = mkdtempSync(join(tmpdir(), 'laci-bench-'));
  try {
    const server = await startServer(folder, []);
    try {
      const nextCode = await openCodeSource(server.origin, firstCode(server.enrolment));
      const code = await nextCode(TILL);
      return await inFreshProfile(async (page) => {
        page.setDefaultTimeout(WAIT_MS_MAX);
        await page.goto(`${server.origin}/?till=${TILL}`);
        await enrol({ page }, code, pinIn(server.enrolment, 'Budi'));
        return measure(page, meter, rounds, tell);
      });
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(page: Page, meter: string, rounds: number, tell: (text: string) => void): Promise<TillResult> {
  await page.evaluate(meter);
  const goods = await findGoods(page);
  const session = await page.context().newCDPSession(page);
  const measured = new Map<number, TillRound[]>(SLOWDOWNS.map((rate) => [rate, []]));
  // The first round is not counted: code that never ran before is slower than it will ever be again.
  for (let round = -1; round < rounds; round += 1) {
    for (const rate of SLOWDOWNS) {
      const result = await playRound(page, session, rate, goods);
      tell(
        `round ${round + 1} of ${rounds}, processor 1/${rate}: ${roundText(result)}${round < 0 ? ' (warm-up)' : ''}`,
      );
      if (round >= 0) measured.get(rate)?.push(result);
    }
  }
  return summariseRounds(measured, goods.documents);
}

async function playRound(page: Page, session: CDPSession, rate: number, goods: Goods): Promise<TillRound> {
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  const { searches, barcodes } = goods;
  const order = { searches, barcodes, sales: SALES_PER_ROUND };
  const round = await page.evaluate((asked) => window.laciTill.run(asked), order);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return round;
}

function roundText(round: TillRound): string {
  return ACTS.map((act) => `${act} ${summarise(round[act].map(({ done }) => done)).median} ms`).join(', ');
}

function summariseRounds(measured: ReadonlyMap<number, readonly TillRound[]>, documents: number): TillResult {
  const samples = (rate: number, act: Act) => (measured.get(rate) ?? []).flatMap((round) => round[act]);
  const times = (all: readonly Sample[]) => all.map(({ done }) => done);
  const parts: Record<string, TillPart> = {};
  for (const rate of SLOWDOWNS) {
    for (const act of ACTS) parts[rate === 1 ? act : `${act}-${rate}x-slower`] = partOf(samples(rate, act), ASKED[act]);
  }
  const compared = compareSeries('till', times(samples(1, 'commit')), { raw: times(samples(1, 'raw')) });
  return { ...compared, documents, parts };
}

function partOf(samples: readonly Sample[], asked: number | undefined): TillPart {
  return {
    done: summarise(samples.map(({ done }) => done)),
    shown: summarise(samples.map(({ shown }) => shown)),
    samples: samples.length,
    ...(asked === undefined ? {} : { asked }),
  };
}
