import { readCertificate } from '../keys/shop-key.ts';
import { ENTRY_TEXT } from '../store/sqlite/archived-text.ts';
import { allDevices } from './device-rows.ts';
import { guarded, type Look } from './look.ts';

/** Differences told per projection: they come of one cause. */
const TOLD_MAX = 20;

/** Checks what is kept only to find things faster, and that the shop key certifies every device. */
export function checkProjections(look: Look): void {
  guarded(look, 'product_barcode', () => checkBarcodes(look));
  guarded(look, 'sold_cart', () => checkSoldCarts(look));
  guarded(look, 'settled_target', () => checkSettled(look));
  guarded(look, 'device', () => checkCertificates(look));
}

const BARCODES = `SELECT d.scope || ' ' || b.value AS name FROM document d, json_each(d.json, '$.barcodes') b
  WHERE d.collection = 'products' AND json_extract(d.json, '$.active')`;

function checkBarcodes(look: Look): void {
  const kept = `SELECT scope || ' ' || barcode AS name FROM product_barcode`;
  tellAll(look, 'product_barcode', `${kept} EXCEPT ${BARCODES}`, 'no active product carries it');
  tellAll(look, 'product_barcode', `${BARCODES} EXCEPT ${kept}`, 'is missing');
}

function checkSoldCarts(look: Look): void {
  const sold = `SELECT e.scope || ' ' || json_extract(${ENTRY_TEXT}, '$.body.cartId') || ' ' || e.id AS name
    FROM entry e JOIN entry_state s ON s.id = e.id WHERE e.kind = 'sale' AND s.verdict = 'accepted'`;
  tellAll(
    look,
    'sold_cart',
    `${sold} EXCEPT SELECT scope || ' ' || cart_id || ' ' || entry_id FROM sold_cart`,
    'is missing',
  );
  tellAll(
    look,
    'sold_cart',
    `SELECT scope || ' ' || cart_id || ' ' || entry_id AS name FROM sold_cart WHERE entry_id NOT IN (SELECT id FROM entry)`,
    'its entry is not there',
  );
}

function checkSettled(look: Look): void {
  const orphans = 'SELECT target AS name FROM settled_target WHERE entry_id NOT IN (SELECT id FROM entry)';
  tellAll(look, 'settled_target', orphans, 'its entry is not there');
}

function tellAll({ database, findings }: Look, table: string, sql: string, what: string): void {
  const names = database.prepare<[], string>(`SELECT name FROM (${sql}) LIMIT ${TOLD_MAX}`).pluck().all();
  for (const name of names) findings.add(table, name, what);
}

function checkCertificates(look: Look): void {
  const { shopKey, findings } = look;
  if (!shopKey) return;
  for (const device of allDevices(look)) {
    const certified = readCertificate(shopKey, device.certificate);
    const { identity, publicKey } = certified ?? {};
    const deviceId = device.forkOf ?? device.deviceId;
    const isSame =
      identity?.deviceId === deviceId &&
      identity.branch === device.branch &&
      identity.till === device.till &&
      identity.role === device.role &&
      identity.generation === device.generation &&
      JSON.stringify(publicKey) === device.publicKey;
    if (!isSame)
      findings.add('device', device.deviceId, 'its certificate is not by the shop key, or of another device', {
        odd: true,
      });
  }
}
