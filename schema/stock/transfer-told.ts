import type { BodyOf, DeviceEntry, ServerEntry } from '../entry/entry.ts';
import type { BranchId } from '../ids.ts';

/** Kinds of the server's journal that tell a branch of what happened to a transfer in the other one. */
export type ToldKind = Extract<ServerEntry['kind'], `transfer-${string}`>;

/** What the other branch of a transfer must hear of an entry. */
export type Told = {
  readonly [Kind in ToldKind]: { readonly to: BranchId; readonly kind: Kind; readonly body: BodyOf<Kind> };
}[ToldKind];

/** What an entry of one branch says to another; null for all that is nobody else's business. */
export function toldOf({ id: target, hash, branch, ...entry }: DeviceEntry): Told | null {
  switch (entry.kind) {
    case 'transfer-out': {
      const { transferId, toBranch: to, lines } = entry.body;
      const body = { target, hash, transferId, fromBranch: branch, lines: lines.map(movedLine) };
      return { to, kind: 'transfer-sent', body };
    }
    case 'transfer-in': {
      const { transferId, fromBranch: to, lines } = entry.body;
      const body = { target, hash, transferId, toBranch: branch, lines: lines.map(movedLine) };
      return { to, kind: 'transfer-arrived', body };
    }
    case 'adjust':
    case 'waste': {
      if (!entry.body.transfer) return null;
      const { transferId, branch: to } = entry.body.transfer;
      const lines = entry.kind === 'adjust' ? entry.body.lines.map(adjustedLine) : entry.body.lines.map(lostLine);
      return { to, kind: 'transfer-settled', body: { target, hash, transferId, byBranch: branch, lines } };
    }
    default:
      return null;
  }
}

/** Only what another branch may know: what it cost stays here. */
function movedLine({ productId, quantity }: BodyOf<'transfer-out'>['lines'][number]) {
  return { productId, quantity };
}

function adjustedLine({ productId, delta }: BodyOf<'adjust'>['lines'][number]) {
  return { productId, delta };
}

function lostLine({ productId, quantity }: BodyOf<'waste'>['lines'][number]) {
  return { productId, delta: quantity };
}
