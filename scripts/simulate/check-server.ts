import type { OwnEdit } from '../../client/device/device.ts';
import type { Product } from '../../schema/product.ts';
import type { DeviceMachine } from './device-machine.ts';
import { HOSTILE_PRICE } from './hostile-price.ts';
import type { Fresh } from './server-watch.ts';
import type { World } from './world.ts';

/** What holds of the server's disk, and of master data everywhere: I1, I8, I13 and I15. */
export interface ServerCheck {
  check(fresh: Fresh): void;
}

export function createServerCheck(world: World): ServerCheck {
  const versions = new Map<string, Set<string>>();
  const seenProducts = new WeakMap<object, true>();
  const seenEdits = new WeakMap<object, true>();
  /** By profile: a copied one decides against its original, in the name of the same device. */
  const editors = new Map<string, Set<DeviceMachine>>();
  const checkEntries = ({ entries }: Fresh) => {
    for (const { hash, id } of entries) {
      const ids = world.watch.countedIdsOf(hash);
      if (world.forgeries.has(hash)) world.violate('I6', `${id} was taken, which its device never signed`);
      if (ids.length > 1) world.violate('I1', `${id} is on the server more than once: ${ids.join(', ')}`);
    }
  };
  /** Every state that the server ever gave a product; nothing else may lie on a device. */
  const checkProducts = ({ products }: Fresh) => {
    for (const json of products) {
      const product = JSON.parse(json) as Product;
      if (product.price === HOSTILE_PRICE) world.violate('I8', `a till changed ${product.id}`);
      // A server that was rolled back in silence may give a revision once more, before it is noticed.
      const key = versionKey(product);
      versions.set(key, (versions.get(key) ?? new Set()).add(canonical(product)));
    }
    for (const machine of world.machines) {
      for (const doc of machine.storage().docs.products.values()) {
        if (seenProducts.has(doc)) continue;
        seenProducts.set(doc, true);
        const product = doc as Product;
        if (!versions.get(versionKey(product))?.has(canonical(product)))
          world.violate('I8', `${machine.name} holds ${product.id} as the server never had it`);
      }
    }
  };
  const checkEdits = () => {
    for (const machine of world.machines) {
      for (const doc of machine.storage().docs.edits.values()) {
        if (seenEdits.has(doc)) continue;
        seenEdits.set(doc, true);
        checkEdit(machine, doc as OwnEdit);
      }
    }
  };
  /** What was taken and not pulled yet may be gone without anybody's noticing; an edit that stands on it conflicts. */
  const standsOnLost = (machine: DeviceMachine, { docId, order, base }: OwnEdit) =>
    [...machine.storage().docs.edits.values()].some((doc) => {
      const { docId: other, order: before, patch, editId } = doc as OwnEdit;
      const isBase = Object.entries(base).some(([field, value]) => patch[field] === value);
      return other === docId && before < order && isBase && world.watch.wasEditLost(editId);
    });
  const checkEdit = (machine: DeviceMachine, edit: OwnEdit) => {
    const { docId, verdict, editId } = edit;
    const known = editors.get(docId) ?? new Set();
    editors.set(docId, known.add(machine));
    if (verdict?.verdict !== 'conflict' || known.size > 1) return;
    if (world.wasRolledBack && standsOnLost(machine, edit)) return;
    world.violate('I15', `${machine.name}: the edit ${editId} of ${docId} conflicts, though nobody else edits it`);
  };
  return {
    check: (fresh) => {
      for (const row of fresh.changed) world.violate('I13', `${row} changed on the server's disk`);
      checkEntries(fresh);
      checkProducts(fresh);
      checkEdits();
    },
  };
}

function versionKey({ id, rev }: Product): string {
  return `${id} ${rev.epoch} ${rev.n}`;
}

function canonical(product: Product): string {
  return JSON.stringify(Object.entries(product).sort(([left], [right]) => (left < right ? -1 : 1)));
}
