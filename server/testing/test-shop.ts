import type { JsonWebKey } from 'node:crypto';
import {
  type BranchId,
  branchIdShape,
  COMPANY_SCOPE,
  type ProductId,
  productIdShape,
  tillCodeShape,
} from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import type { EnrolAnswer, PublicKey } from '../../schema/protocol/enrol.ts';
import type { DeviceRole } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { countDays } from '../core/count-days.ts';
import { enrolDevice } from '../core/enrol.ts';
import { createCode } from '../core/enrol-code.ts';
import { openCore } from '../core/open-core.ts';
import { putProduct } from '../core/product-writer.ts';
import { createKeySigner, type KeySigner } from '../keys/key-signer.ts';
import { makePrivateKey } from '../keys/shop-key.ts';
import { BRANCH, settleShop } from '../seed/shop.ts';
import type { StoredDevice } from '../store/store.ts';
import { createTestDeps, makeTestFolder, type TestDeps } from './test-deps.ts';

/** A shop of its own on a real database file. */
export interface TestShop {
  readonly core: Core;
  readonly deps: TestDeps;
  readonly dataDir: string;
  enrol(role?: DeviceRole, till?: string, branch?: BranchId): Promise<TestEnrolment>;
  addProduct(id: string, fields?: Partial<Product>): Promise<ProductId>;
  close(): Promise<void>;
}

export interface TestEnrolment extends EnrolAnswer {
  /** The device as the server's rules take it. */
  readonly stored: StoredDevice;
  /** Signs with the device's own key. */
  sign(text: string): string;
}

export const OTHER_BRANCH = branchIdShape.parse('cabang');

export async function openTestShop(): Promise<TestShop> {
  const folder = makeTestFolder();
  const deps = createTestDeps();
  const core = await openCore(folder.path, deps);
  await countDays(core, 'Asia/Jakarta');
  await settleShop(core, { currency: { code: 'IDR', digits: 0 }, withCatalogue: true });
  return {
    core,
    deps,
    dataDir: folder.path,
    enrol: (role = 'till', till = 'K1', branch = BRANCH) => enrolTestDevice(core, role, till, branch),
    addProduct: (id, fields = {}) => addTestProduct(core, id, fields),
    close: async () => {
      await core.store.close();
      folder.remove();
    },
  };
}

/** A device's key, as a browser would make one. */
export function makeTestKey(): KeySigner {
  return createKeySigner(JSON.parse(makePrivateKey()) as JsonWebKey);
}

export function makePublicKey(): PublicKey {
  return makeTestKey().publicKey;
}

async function enrolTestDevice(core: Core, role: DeviceRole, till: string, branch: BranchId): Promise<TestEnrolment> {
  const code = await createCode(core, { branch, role, till: tillCodeShape.parse(till) });
  if (!code.ok) throw new Error(code.error);
  const key = makeTestKey();
  const answer = await enrolDevice(core, { code: code.value.code, publicKey: key.publicKey });
  if (!answer.ok) throw new Error(answer.error);
  const stored = await core.store.read((tx) => tx.device(answer.value.device.deviceId));
  if (!stored) throw new Error('The device was not stored.');
  return { ...answer.value, stored, sign: key.sign };
}

async function addTestProduct(core: Core, id: string, fields: Partial<Product>): Promise<ProductId> {
  const productId = productIdShape.parse(id);
  const product: Product = {
    ...{ id: productId, scope: COMPANY_SCOPE, rev: { epoch: core.epoch.n, n: 1 }, name: id, price: money(1000) },
    ...{ barcodes: [`B-${id}`], category: 'Other', unitScale: 1, taxId: 'ppn11', active: true, ...fields },
  };
  await core.store.write([product.scope], (tx) => putProduct(tx, product));
  return productId;
}
