import { cpSync } from 'node:fs';
import { enrolDevice } from '../../../client/device/enrol-device.ts';
import { createNodeDeps } from '../../../client/device/node-device.ts';
import { must } from '../../../schema/result.ts';
import { firstCode } from '../../replay/enrol-file.ts';
import { type ServerProcess, startServer } from '../../replay/server-process.ts';
import { untilWritten } from '../at-rest.ts';
import type { BenchOrder } from '../bench-order.ts';
import { type CodeSource, createCodeSource } from '../enrol-codes.ts';
import { makeFolder, withEnds } from '../peers/ends.ts';
import { readSales } from '../read-inputs.ts';
import { basketsOf } from '../sales-baskets.ts';
import { catalogueOptions } from '../shop-catalogue.ts';
import { countTaken, type TakenCount } from './count-taken.ts';
import { enrolRawTill, type RawTill } from './raw-till.ts';
import { readGoods } from './read-goods.ts';

/** A real server with the demo shop, and bare tills of it. */
export interface RawShop {
  readonly server: ServerProcess;
  readonly folder: string;
  readonly taken: TakenCount;
  readonly nextCode: CodeSource;
  /** So many tills, named `X1` on. */
  openTills(count: number): Promise<RawTill[]>;
}

/** No benchmark of bare tills may take longer, whatever its rounds. */
const SHOP_MS_MAX = 3_600_000;

/**
 * Opens the shop asked for in a folder of its own, which goes when `work` is done; with `kept` a copy of a kept one.
 */
export async function inRawShop<Value>(
  order: BenchOrder,
  work: (shop: RawShop) => Promise<Value>,
  kept?: string,
): Promise<Value> {
  return withEnds('The shop', SHOP_MS_MAX, async (ends) => {
    const folder = makeFolder(ends, 'bench');
    if (kept !== undefined) await copyWhole(kept, folder);
    const own = kept === undefined ? catalogueOptions(order, folder) : [];
    const server = await startServer(folder, ['--tills', '0', '--no-verify', ...own]);
    ends.add(server.stop);
    return work(await openShop(server, folder, order));
  });
}

/** Copies a shop, and waits until the copy is on the disk: nothing of that is part of what is measured. */
async function copyWhole(kept: string, folder: string): Promise<void> {
  cpSync(kept, folder, { recursive: true });
  await untilWritten();
}

async function openShop(server: ServerProcess, folder: string, order: BenchOrder): Promise<RawShop> {
  const { origin } = server;
  const deps = createNodeDeps('bench-manager', origin);
  const enrolled = await enrolDevice(deps, { serverAddress: '', code: firstCode(server.enrolment) });
  if (!enrolled.ok) throw new Error(`The manager's device was not enrolled: ${enrolled.error}`);
  const { credential } = must(await deps.vault.get('enrolment'), 'the enrolment');
  const nextCode = createCodeSource(origin, credential);
  const { salesFile, format } = order;
  const baskets = salesFile === undefined ? null : basketsOf(readSales(salesFile, format).rows);
  const goods = await readGoods(origin, credential, baskets);
  let opened = 0;
  return {
    ...{ server, folder, nextCode, taken: countTaken(origin, credential) },
    openTills: async (count) => {
      const tills: RawTill[] = [];
      for (let made = 0; made < count; made += 1) {
        opened += 1;
        tills.push(await enrolRawTill(origin, await nextCode(`X${opened}`), goods));
      }
      return tills;
    },
  };
}
