import {
  type BranchId,
  branchIdShape,
  branchScope,
  COMPANY_SCOPE,
  type PersonId,
  personIdShape,
} from '../../schema/ids.ts';
import type { Currency } from '../../schema/money.ts';
import type { PersonRole } from '../../schema/roles.ts';
import { NO_TAX } from '../../schema/tax.ts';
import { nameBranch } from '../core/branch-doc.ts';
import { putCompanyDoc, readCompanyDoc } from '../core/company-writer.ts';
import type { Core } from '../core/core.ts';
import { keepPin } from '../core/pins.ts';
import { taxDocId } from '../core/product-writer.ts';
import type { WriteTx } from '../store/store.ts';
import { demoCustomers, demoPromotions, SCALE_RULES } from './demo-offers.ts';
import type { DemoPin } from './demo-people.ts';
import { DEMO_QRIS } from './demo-qris.ts';

export const BRANCH: BranchId = branchIdShape.parse('utama');
export const MANAGER: PersonId = personIdShape.parse('budi');
const CASHIER: PersonId = personIdShape.parse('sari');
const BRANCH_NAME = 'Toko Laci Utama';
const SETTINGS_ID = 'settings';
/** A till silent for a quarter of an hour is named; a live one is noted every five minutes. In milliseconds. */
const SILENT_AFTER_MS = 15 * 60 * 1000;

export interface ShopWish {
  readonly currency: Currency;
  /** False: nothing to sell yet and the manager alone, and so it stays whatever a later start asks for. */
  readonly withCatalogue: boolean;
  /** The demo's customers and promotions; none in a shop of one's own. */
  readonly demo?: boolean;
  /** The demo's people, each with a PIN; none in a shop of one's own. */
  readonly demoPins?: readonly DemoPin[];
}

/** Under which the store remembers the catalogue it was given last. */
export const CATALOGUE_META = 'catalogue';

/** What was settled at the shop's first start. */
export interface Shop {
  readonly currency: Currency;
  /** The tax of products that name none. */
  readonly taxId: string;
}

/** Makes branch, settings, tax and people at the first start; later it only reads what was settled then. */
export function settleShop(core: Core, wish: ShopWish): Promise<Shop> {
  return core.store.write([COMPANY_SCOPE, branchScope(BRANCH)], async (tx) => {
    const settings = await readCompanyDoc(tx, 'settings', SETTINGS_ID);
    if (!settings) await makeShop(core, tx, wish);
    const currency = settings?.currency ?? wish.currency;
    return { currency, taxId: taxOf(currency)?.tax.id ?? NO_TAX.id };
  });
}

async function makeShop(core: Core, tx: WriteTx, wish: ShopWish): Promise<void> {
  const { currency, withCatalogue, demo = false, demoPins = [] } = wish;
  const n = core.epoch.n;
  await putCompanyDoc(tx, n, {
    ...{ id: SETTINGS_ID, scope: COMPANY_SCOPE, kind: 'settings', name: 'Toko Laci' },
    ...{ currency, rounding: 'half-up', silentAfterMs: SILENT_AFTER_MS, scaleBarcodes: [...SCALE_RULES] },
  });
  const branch = { id: `branch:${BRANCH}`, scope: branchScope(BRANCH), branch: BRANCH };
  const qris = demo && currency.code === 'IDR' ? { qris: DEMO_QRIS } : {};
  await putCompanyDoc(tx, n, { ...branch, kind: 'branch', name: BRANCH_NAME, ...qris });
  await nameBranch(tx, BRANCH, BRANCH_NAME);
  const tax = taxOf(currency);
  if (tax) await putCompanyDoc(tx, n, tax);
  await putCompanyDoc(tx, n, person(MANAGER, 'Budi', 'manager'));
  if (withCatalogue) await putCompanyDoc(tx, n, person(CASHIER, 'Sari', 'cashier'));
  else await tx.setMeta(CATALOGUE_META, 'none');
  // Its amounts are rupiah.
  const offers = demo && currency.code === 'IDR' ? [...demoPromotions(), ...demoCustomers()] : [];
  for (const doc of offers) await putCompanyDoc(tx, n, doc);
  for (const { who, verifier } of demoPins) {
    await putCompanyDoc(tx, n, person(who.person, who.name, who.role));
    await keepPin(core, tx, { branch: BRANCH, person: who.person, by: MANAGER }, verifier);
  }
}

function person(id: PersonId, name: string, role: PersonRole) {
  return { id: `person:${id}`, scope: COMPANY_SCOPE, kind: 'person' as const, person: id, name, role, active: true };
}

/** Shelf prices in rupiah contain PPN of 11 %; other currencies begin without a tax, which a manager then adds. */
function taxOf(currency: Currency) {
  if (currency.code !== 'IDR') return undefined;
  const tax = { id: 'ppn11', name: 'PPN 11%', rate: { num: 11, den: 100 }, inclusive: true };
  return { id: taxDocId(tax.id), scope: COMPANY_SCOPE, kind: 'tax' as const, tax };
}
