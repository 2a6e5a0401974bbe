import type { EntryId, PersonId, ProductId } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import type { OpenTab } from './device-machine.ts';
import type { World } from './world.ts';

/** Who allows what a cashier may not do alone: a manager, a cashier who may not either, or nobody. */
export const ALLOWED_BY = ['manager', 'cashier', 'nobody'] as const;
export type AllowedBy = (typeof ALLOWED_BY)[number];

/** A cashier of every shop. The manager is whoever opened the device. */
export const CASHIER = 'sari' as PersonId;

/** A cashier corrects the stock of a product, with or without somebody's leave. The manager takes the device back then. */
export async function correctAsCashier(
  world: World,
  { device }: OpenTab,
  wish: { readonly productId: ProductId; readonly units: number; readonly by: AllowedBy },
): Promise<void> {
  const { person: manager } = device.company.person.get() ?? {};
  if (manager === undefined) return;
  const reason = `by-cashier-${world.time.now()}-${device.identity.till}`;
  world.truth.ask(reason, [{ productId: wish.productId, in: wish.units, out: 0 }]);
  await device.company.choosePerson(CASHIER);
  try {
    const approval = await askLeave(device, wish.by, manager);
    const lines = [{ productId: wish.productId, delta: quantity(wish.units) }];
    if (approval !== null) await device.till.adjust({ reason, lines, ...(approval ? { approval } : {}) });
  } finally {
    await device.company.choosePerson(manager);
  }
}

/** The approval's id; undefined where nobody is asked, null where the disk did not take it. */
async function askLeave(
  { till, people }: OpenTab['device'],
  by: AllowedBy,
  manager: PersonId,
): Promise<EntryId | undefined | null> {
  if (by === 'nobody') return undefined;
  const written =
    by === 'manager'
      ? await people.approve({ action: 'stock-move' }, manager, null)
      : // The device would not let a cashier: one that was tampered with does.
        await till.record('approval', { action: 'stock-move', approver: CASHIER, reason: '' });
  if (!written.ok) return null;
  return typeof written.value === 'string' ? written.value : written.value.id;
}
