import { join } from 'node:path';
import { type ServerProcess, startServer } from '../replay/server-process.ts';
import type { BenchOrder } from './bench-order.ts';
import { buildBenchPage } from './build-page.ts';
import { bringBrowser } from './chromium.ts';
import { type Ends, makeFolder, withEnds } from './peers/ends.ts';
import { catalogueOptions } from './shop-catalogue.ts';

/** A real server with the shop asked for, and the benchmarks' page, built. */
export interface PageShop {
  readonly server: ServerProcess;
  readonly pageDir: string;
  /** Its own, until the work is done. */
  readonly folder: string;
  readonly ends: Ends;
}

/** No benchmark in a browser may take longer, whatever its rounds. */
const BENCH_MS_MAX = 3_600_000;

/** Opens the shop in a folder of its own; all that was opened is ended with the work. */
export function inPageShop<Value>(
  name: string,
  order: BenchOrder,
  work: (shop: PageShop) => Promise<Value>,
  options: readonly string[] = [],
): Promise<Value> {
  return withEnds(name, BENCH_MS_MAX, async (ends) => {
    await bringBrowser();
    const folder = makeFolder(ends, 'bench');
    const pageDir = join(folder, 'page');
    await buildBenchPage(pageDir);
    const server = await startServer(folder, [...catalogueOptions(order, folder), ...options]);
    ends.add(server.stop);
    return work({ server, pageDir, folder, ends });
  });
}
