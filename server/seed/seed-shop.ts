import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { decodeText } from '../../schema/csv-records.ts';
import { OPENING_REFERENCE } from '../../schema/entry/movement.ts';
import type { Currency } from '../../schema/money.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { NO_TAX } from '../../schema/tax.ts';
import type { Core } from '../core/core.ts';
import type { CatalogueItem } from './catalogue-item.ts';
import { makeDemoPins } from './demo-people.ts';
import { deriveQuantity } from './derive.ts';
import { importCatalogue } from './import-catalogue.ts';
import { enterOpeningStock } from './opening-stock.ts';
import { readCatalogue } from './read-catalogue.ts';
import { CATALOGUE_META, type Shop, settleShop } from './shop.ts';

const DEMO_CATALOGUE = new URL('./data/catalogue-20k.csv', import.meta.url).pathname;
/** Bad rows printed; a wrong file must not fill the screen. */
const BAD_LINES_SHOWN = 50;

export interface SeedWish {
  readonly dataDir: string;
  readonly currency: Currency;
  /** Import this file; without it the demo's catalogue, or none. */
  readonly catalogueFile: string | undefined;
  readonly demo: boolean;
  /** Gives the demo's people with their PINs to a shop with a catalogue of its own too. */
  readonly demoPins?: boolean;
  /** Told what happens, for the person who waits. */
  readonly say: (line: string) => void;
}

/**
 * Makes the shop at its first start, and imports a catalogue that was not imported yet. Every step can be repeated: a start
 * that was cut short anywhere is completed by the next. Fails, with a sentence, on a file that cannot be read.
 */
export async function seedShop(core: Core, wish: SeedWish): Promise<Result<null, string>> {
  const withCatalogue = wish.demo || wish.catalogueFile !== undefined;
  const isDemo = wish.demo && wish.catalogueFile === undefined;
  const demoPins = isDemo || wish.demoPins ? await makeDemoPins() : [];
  const shop = await settleShop(core, { currency: wish.currency, withCatalogue, demo: demoPins.length > 0, demoPins });
  if (shop.currency.code !== wish.currency.code) {
    wish.say(`This shop's currency is ${shop.currency.code}, and stays it.`);
  }
  if (!withCatalogue) return ok(null);
  return wish.catalogueFile === undefined ? seedDemo(core, wish, shop) : seedFile(core, wish, shop, wish.catalogueFile);
}

/** The demo's products, only into a shop that has none. */
async function seedDemo(core: Core, wish: SeedWish, shop: Shop): Promise<Result<null, string>> {
  if ((await core.store.read((tx) => tx.meta(CATALOGUE_META))) !== undefined) return ok(null);
  wish.say('Making the demo shop …');
  return importText(core, wish, shop, decodeText(readFileSync(DEMO_CATALOGUE)), (item) => ({
    ...item,
    stock: deriveQuantity(item.barcode ?? item.name),
  }));
}

async function seedFile(core: Core, wish: SeedWish, shop: Shop, file: string): Promise<Result<null, string>> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch {
    return fail(`The catalogue ${file} cannot be read.`);
  }
  const text = decodeText(bytes);
  if ((await core.store.read((tx) => tx.meta(CATALOGUE_META))) === markOf(text)) return ok(null);
  wish.say(`Importing ${file} …`);
  return importText(core, wish, shop, text, (item) => item);
}

async function importText(
  core: Core,
  wish: SeedWish,
  shop: Shop,
  text: string,
  complete: (item: CatalogueItem) => CatalogueItem,
): Promise<Result<null, string>> {
  const taxIds = new Set([shop.taxId, NO_TAX.id]);
  const catalogue = readCatalogue(text, { currency: shop.currency, taxIds });
  if (!catalogue.ok) return catalogue;
  const { bad } = catalogue.value;
  const { counts, products } = await importCatalogue(core, catalogue.value.items.map(complete), shop);
  const entered = await enterOpeningStock(core, products, {
    dataDir: wish.dataDir,
    reference: OPENING_REFERENCE,
    progress: (done, total) => wish.say(`  opening stock: ${done} of ${total} products`),
  });
  // Last: a start that was cut short before this line does everything again, which changes nothing done.
  await core.store.write([], (tx) => tx.setMeta(CATALOGUE_META, markOf(text)));
  wish.say(
    `Products: ${counts.created} new, ${counts.updated} changed, ${counts.unchanged} as before; ` +
      `${entered} with opening stock; ${bad.length} bad rows.`,
  );
  for (const { line, reason } of bad.slice(0, BAD_LINES_SHOWN)) wish.say(`  line ${line}: ${reason}`);
  if (bad.length > BAD_LINES_SHOWN) wish.say(`  … and ${bad.length - BAD_LINES_SHOWN} more`);
  return ok(null);
}

function markOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
