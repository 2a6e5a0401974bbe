import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Epoch } from '../../schema/epoch.ts';
import { publicKeyShape } from '../../schema/protocol/enrol.ts';
import { SHOP_FILES } from '../core/shop-files.ts';
import { openLedger } from '../keys/ledger.ts';
import { readCertificate } from '../keys/shop-key.ts';
import { openLook } from '../verify/look.ts';

/**
 * True where a database is of the shop in `dataDir`: its history is in that shop's ledger, or one of its devices was certified by that shop's
 * key. Also where the folder has no key, because all was lost but the backup.
 */
export function isOfShop(file: string, dataDir: string): boolean {
  const keyFile = join(dataDir, SHOP_FILES.shopKey);
  if (!existsSync(keyFile)) return true;
  const shopKey = publicKeyShape.parse(JSON.parse(readFileSync(keyFile, 'utf8')));
  const ledger = openLedger(join(dataDir, SHOP_FILES.ledger));
  const database = openLook(file);
  try {
    const epochs = database.prepare<[], Epoch>('SELECT n, id FROM epoch').all();
    if (epochs.some((epoch) => ledger.knowsEpoch(epoch))) return true;
    const certificates = database.prepare<[], string>('SELECT certificate FROM device').pluck().all();
    return certificates.some((certificate) => readCertificate(shopKey, certificate) !== null);
  } finally {
    database.close();
  }
}
