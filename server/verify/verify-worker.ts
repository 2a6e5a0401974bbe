import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { publicKeyShape } from '../../schema/protocol/enrol.ts';
import { SHOP_FILES } from '../core/shop-files.ts';
import { openLedger } from '../keys/ledger.ts';
import { verifySignature } from '../keys/verify-signature.ts';
import { verifyDatabase } from './verify-database.ts';

/** Checks the database of the shop's folder in a thread of its own: however long it takes, no sale waits for it. */
const path = (file: string): string => join(workerData as string, file);
const key = path(SHOP_FILES.shopKey);
const result = verifyDatabase(path(SHOP_FILES.database), {
  verify: verifySignature,
  ledger: openLedger(path(SHOP_FILES.ledger)),
  shopKey: existsSync(key) ? publicKeyShape.parse(JSON.parse(readFileSync(key, 'utf8'))) : null,
});
parentPort?.postMessage(result);
