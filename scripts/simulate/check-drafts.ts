import { fromBase64 } from '../../client/drafts/base64.ts';
import { readChunk, SEED } from '../../client/drafts/draft-chunk.ts';
import type { OwnDraftChange } from '../../client/store/own-draft-change.ts';
import type { DraftDoc } from '../../schema/draft.ts';
import { branchScope, type DeviceId } from '../../schema/ids.ts';
import type { DeviceMachine } from './device-machine.ts';
import type { Play } from './play.ts';
import { automergeOf } from './shared-automerge.ts';
import type { World } from './world.ts';

/** What holds of drafts after every step: DRF2, DRF6 and DRF7. */
export function createDraftCheck(world: World): { check(): void } {
  const seen = new WeakSet<object>();
  /** What is open on the server, by its row: it is looked at again, as its sale may come. */
  const open = new WeakMap<object, DraftDoc>();
  const readOnce = (row: { readonly json: string }): DraftDoc => {
    const known = open.get(row);
    if (known) return known;
    const draft = JSON.parse(row.json) as DraftDoc;
    const pushed = draft.changes.map(({ by, bytes }) => `${by} ${bytes}`);
    if (new Set(pushed).size !== pushed.length) world.violate('DRF2', `a change of ${draft.id} is there twice`);
    if (draft.ending?.how === 'paid') seen.add(row);
    else open.set(row, draft);
    return draft;
  };
  const checkServer = () => {
    const { document, sold_cart } = world.watch.rows();
    for (const row of document.values()) {
      if (row.collection !== 'drafts' || seen.has(row)) continue;
      const { scope, id, ending } = readOnce(row);
      if (ending?.how !== 'paid' && sold_cart.has(`${scope} ${id}`))
        world.violate('DRF7', `${id} was paid, and is open`);
    }
  };
  const checkDevice = (machine: DeviceMachine) => {
    for (const doc of machine.storage().docs.drafts.values()) {
      if (seen.has(doc)) continue;
      seen.add(doc);
      const { id, scope } = doc as DraftDoc;
      if (scope !== branchScope(machine.branch)) world.violate('DRF6', `${machine.name} holds ${id} of ${scope}`);
    }
  };
  return {
    check: () => {
      checkServer();
      for (const machine of world.machines) checkDevice(machine);
    },
  };
}

/** With everything mended: no change that a living device made is lost (DRF17), and all show the same carts (DRF12). */
export function checkDraftsKept({ world, living, isRevoked }: Play): void {
  const machines = living().filter((machine) => !isRevoked(machine));
  const hashes = new Map<string, Set<string>>();
  const known = (id: string): Set<string> => {
    const held = hashes.get(id) ?? hashesOf(world, id);
    hashes.set(id, held);
    return held;
  };
  for (const machine of machines) {
    const device = machine.deviceId();
    for (const row of machine.storage().docs.draftChanges.values()) {
      const change = row as OwnDraftChange;
      if (change.whole || change.verdict?.verdict === 'refused' || isPaid(machine, change.draftId)) continue;
      if (madeIn(world, device, change.bytes).some((hash) => !known(change.draftId).has(hash)))
        world.violate('DRF17', `${machine.name}: a change of ${change.draftId} is not on the server`);
    }
  }
  const differing = cartsDiffer({ living, isRevoked });
  if (differing) world.violate('DRF12', differing);
}

/** Of two devices of one branch that do not show the same carts, what each shows; null where all show the same. */
export function cartsDiffer({ living, isRevoked }: Pick<Play, 'living' | 'isRevoked'>): string | null {
  const shown = new Map<string, readonly [name: string, carts: string]>();
  for (const machine of living().filter((one) => !isRevoked(one))) {
    const [carts, first] = [shownAt(machine), shown.get(machine.branch)];
    if (first && first[1] !== carts) return `${first[0]} shows ${first[1]}, and ${machine.name} ${carts}`;
    shown.set(machine.branch, first ?? [machine.name, carts]);
  }
  return null;
}

/** What was paid is in the sale: nobody sends it again. */
function isPaid(machine: DeviceMachine, id: string): boolean {
  const draft = machine.storage().docs.drafts.get(id) as DraftDoc | undefined;
  return draft?.ending?.how === 'paid';
}

/** The hashes of everything that the server holds of a draft. */
function hashesOf(world: World, id: string): Set<string> {
  const found = new Set<string>();
  for (const row of world.watch.rows().document.values()) {
    if (row.collection !== 'drafts' || row.id !== id) continue;
    const { changes } = JSON.parse(row.json) as DraftDoc;
    for (const { by, bytes } of changes) for (const hash of madeIn(world, by, bytes)) found.add(hash);
  }
  return found;
}

function madeIn({ time }: World, by: DeviceId, bytes: string): string[] {
  const automerge = automergeOf(time);
  // Every draft begins with the first of them, and nobody sends it.
  const first = automerge.decodeChange(fromBase64(SEED)).hash;
  return readChunk(automerge, { by, bytes })
    .map(({ hash }) => hash as string)
    .filter((hash) => hash !== first);
}

/** The carts that a device shows, without what differs by nature. */
export function shownAt(machine: DeviceMachine): string {
  const list = machine.active()?.device.drafts.list.get() ?? [];
  const carts = list.map(({ id, name, cart, marks }) => [
    id,
    name,
    cart.lines.map((line) => [line.name, line.quantity]),
    marks,
  ]);
  return JSON.stringify(carts.sort(([left], [right]) => (String(left) < String(right) ? -1 : 1)));
}
