import { DEFAULT_SETTINGS } from '../../client/sync/settings.ts';
import {
  branchScope,
  COMPANY_SCOPE,
  type ProductId,
  productIdShape,
  type Scope,
  tillCodeShape,
} from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import { must } from '../../schema/result.ts';
import type { DeviceRole } from '../../schema/roles.ts';
import { putCompanyDoc } from '../../server/core/company-writer.ts';
import type { Core } from '../../server/core/core.ts';
import { createCode } from '../../server/core/enrol-code.ts';
import { putProduct } from '../../server/core/product-writer.ts';
import { settleShop } from '../../server/seed/shop.ts';
import type { DeviceMachine } from './device-machine.ts';
import { drive, passUntil } from './drive.ts';
import { TICKET } from './limited.ts';
import { CANARY, ELSEWHERE, HOME, type World } from './world.ts';

const CURRENCY = { code: 'IDR', digits: 0 };
/** Products that every branch sells. */
const SHARED_PRODUCTS = 6;
/** A device that is new is ready within this time on a good line, in milliseconds. */
const READY_MS_MAX = 60_000;

/** Starts the server of a shop with two branches, with products of both and one of each alone. */
export async function makeShop(world: World): Promise<void> {
  const core = await drive(world.time, world.server.start());
  await drive(world.time, settleShop(core, { currency: CURRENCY, withCatalogue: true }));
  const shared = Array.from({ length: SHARED_PRODUCTS }, (_, index) =>
    product(core, `p${index}`, COMPANY_SCOPE, 'Barang'),
  );
  const own = [HOME, ELSEWHERE].map((branch) =>
    product(core, `only-${branch}`, branchScope(branch), CANARY[branch] as string),
  );
  const scopes = [COMPANY_SCOPE, branchScope(HOME), branchScope(ELSEWHERE)];
  const fill = core.store.write(scopes, async (tx) => {
    const branch = {
      id: `branch:${ELSEWHERE}`,
      scope: branchScope(ELSEWHERE),
      kind: 'branch',
      branch: ELSEWHERE,
    } as const;
    await putCompanyDoc(tx, core.epoch.n, { ...branch, name: CANARY[ELSEWHERE] as string });
    for (const each of [...shared, ...own]) await putProduct(tx, each);
    if (world.sellsTickets) await putProduct(tx, { ...product(core, TICKET, COMPANY_SCOPE, 'Tiket'), limited: true });
  });
  await drive(world.time, fill);
  world.products = [...shared, ...own];
}

function product(core: Core, id: string, scope: Scope, name: string): Product {
  const fields = { barcodes: [`B-${id}`], category: 'Lain', unitScale: 1, taxId: 'ppn11', active: true };
  const price = money(1_000 + 500 * id.length);
  return {
    id: productIdShape.parse(id),
    scope,
    rev: { epoch: core.epoch.n, n: 1 },
    name: `${name} ${id}`,
    price,
    ...fields,
  };
}

/** Products that a branch can sell. */
export function soldIn(world: World, branch: string): readonly ProductId[] {
  return world.products.filter(({ scope }) => scope === COMPANY_SCOPE || scope === branch).map(({ id }) => id);
}

/** Enrols a new device on a profile, opens it, and has a person stand at it. False when the server did not answer in time. */
export function enrolMachine(world: World, machine: DeviceMachine, role: DeviceRole): Promise<boolean> {
  // Whatever goes wrong with server or line meanwhile: then there is no such device.
  return enrolAndOpen(world, machine, role).catch(() => false);
}

async function enrolAndOpen(world: World, machine: DeviceMachine, role: DeviceRole): Promise<boolean> {
  const core = world.server.core();
  if (!core) return false;
  const till = tillCodeShape.parse(machine.name);
  const code = await drive(world.time, createCode(core, { branch: machine.branch, role, till }));
  if (!code.ok || !(await drive(world.time, machine.enrol(code.value.code)))) return false;
  const { vault } = machine.storage();
  if (world.comparesOften) vault.settings = { ...DEFAULT_SETTINGS, digestIntervalMs: 60_000, idleAfterMs: 5_000 };
  const { device } = await drive(world.time, machine.open());
  const ready = () => device.sync.status.get().ready && device.company.people.get().length > 0;
  if (!(await passUntil(world.time, READY_MS_MAX, ready))) return false;
  const person = must(device.company.people.get()[0], 'a person').person;
  await drive(world.time, device.company.choosePerson(person));
  return true;
}
