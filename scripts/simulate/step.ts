import type { AllowedBy } from './cashier-acts.ts';
import type { DraftDeed } from './draft-acts.ts';
import type { BadLink } from './link.ts';

/** What is bought or moved: products by their place in the shop's list. */
export type Lines = readonly (readonly [product: number, units: number])[];

/** One thing that happens. Devices are named by their place among those that live. */
export type Deed =
  | { readonly do: 'sell' | 'refund' | 'receive' | 'adjust'; readonly device: number; readonly lines: Lines }
  /** A sale that is paid in parts, the last of them by store credit. */
  | { readonly do: 'sell-on-credit'; readonly device: number; readonly lines: Lines; readonly customer: number }
  | { readonly do: 'pay-back'; readonly device: number; readonly customer: number; readonly amount: number }
  /** A cashier corrects stock, with the leave of somebody who may, of somebody who may not, or of nobody. */
  | {
      readonly do: 'by-cashier';
      readonly device: number;
      readonly product: number;
      readonly units: number;
      readonly by: AllowedBy;
    }
  | { readonly do: 'edit'; readonly product: number; readonly price: number }
  /** Somebody opens a shift, or counts the drawer and closes it. */
  | { readonly do: 'shift'; readonly device: number; readonly counted: number }
  /** Goods of a printed receipt come back, to a till that need not have sold them. */
  | { readonly do: 'bring-back'; readonly device: number; readonly receipt: number; readonly units: number }
  /** A cart is held, changed by another till, thrown away or paid; `which` names it by its place in the till's list. */
  | { readonly do: DraftDeed; readonly device: number; readonly which: number; readonly lines: Lines }
  /** Somebody wants tickets, of which there are only so many. */
  | {
      readonly do: 'ticket';
      readonly device: number;
      readonly act: 'sell' | 'ask' | 'refund' | 'receive';
      readonly units: number;
    }
  /** Goods go to the other branch, or arrive from it; `which` names what arrives by its place among what was sent here. */
  | {
      readonly do: 'transfer';
      readonly device: number;
      readonly act: 'send' | 'arrive';
      readonly which: number;
      readonly lines: Lines;
    }
  /** A manager writes an order to a supplier, puts more on it, takes goods in for it, or throws it away. */
  | {
      readonly do: 'order';
      readonly device: number;
      readonly act: 'begin' | 'add' | 'more' | 'apart' | 'receive' | 'throw';
      readonly which: number;
      readonly lines: Lines;
    }
  | { readonly do: 'wait' }
  /** The browser says that the network is back, or a person asks to sync. */
  | { readonly do: 'wake'; readonly device: number }
  | { readonly do: 'bad-link'; readonly device: number; readonly kind: BadLink; readonly forMs: number }
  /** Everybody loses the line and comes back in one moment; strangers who know a credential too. */
  | { readonly do: 'all-reconnect'; readonly strangers: number; readonly downMs: number }
  | { readonly do: 'long-offline'; readonly device: number; readonly sales: number }
  | { readonly do: 'kill-server'; readonly at: 'now' | 'before-sync' | 'after-sync'; readonly downMs: number }
  | { readonly do: 'server-disk'; readonly is: 'full' | 'failing'; readonly forMs: number }
  | { readonly do: 'server-clock'; readonly offsetMs: number }
  | { readonly do: 'device-clock'; readonly device: number; readonly offsetMs: number }
  | {
      readonly do: 'kill-device';
      readonly device: number;
      readonly at: 'now' | 'before-write' | 'after-write';
      readonly downMs: number;
    }
  | { readonly do: 'device-full'; readonly device: number; readonly forMs: number }
  | { readonly do: 'fail-pulled'; readonly device: number; readonly writes: number }
  | { readonly do: 'second-tab'; readonly device: number; readonly freeze: boolean; readonly lines: Lines }
  | { readonly do: 'lose-storage'; readonly device: number }
  | { readonly do: 'clone'; readonly device: number; readonly lines: Lines }
  | { readonly do: 'backup' }
  /** A till that writes much, and of which old entries are purged later; then it is opened anew. */
  | { readonly do: 'grow-old' }
  | { readonly do: 'restore'; readonly downMs: number }
  | { readonly do: 'roll-back'; readonly downMs: number }
  | { readonly do: 'enrol-new' }
  /** A new till sells and is revoked, and a backup from before its sales is put back; `knows` says whether it is in that. */
  | { readonly do: 'revoke'; readonly knows: boolean; readonly lines: Lines }
  /** A disk loses an entry that was not sent, and gives it back when its gap was closed; and the server forgets that it came. */
  | { readonly do: 'lose-entry'; readonly device: number; readonly lines: Lines }
  | { readonly do: 'die'; readonly device: number }
  | { readonly do: 'old-device'; readonly lines: Lines }
  | { readonly do: 'poison'; readonly kind: PoisonKind; readonly mendAfterMs: number | null; readonly lines: Lines }
  /** A client loses an entry before it was sent, and says so; it may be found again. */
  | { readonly do: 'gap'; readonly mendAfterMs: number | null; readonly lines: Lines }
  /** A manager says of a device that is gone that it is lost or retired. */
  | { readonly do: 'end-device'; readonly device: number; readonly end: 'lost' | 'retired' }
  /** A manager retires a till, or what was one, and it goes on selling. */
  | { readonly do: 'retire'; readonly device: number }
  | { readonly do: 'hostile'; readonly kind: HostileKind; readonly device: number }
  | { readonly do: 'oversized'; readonly device: number; readonly kind: 'lines' | 'surrogate' | 'bytes' };

export const POISON_KINDS = [
  'deep',
  'huge',
  'fraction',
  'surrogate',
  'shape',
  'proto',
  'not-an-object',
  'hash',
  'stub',
] as const;
export type PoisonKind = (typeof POISON_KINDS)[number];

export const HOSTILE_KINDS = [
  'foreign-entry',
  'forged-signature',
  'other-branch',
  'duplicate-ids',
  'edit-by-till',
  'write-master',
  'bad-credential',
  'bad-checkpoint',
  'renumbered',
] as const;
export type HostileKind = (typeof HOSTILE_KINDS)[number];

export interface Step {
  /** Before it happens, so many milliseconds pass. */
  readonly afterMs: number;
  readonly deed: Deed;
}

/** One line per step, to read and to run again. */
export function scheduleText(steps: readonly Step[]): string {
  return steps.map(({ afterMs, deed }) => `+${afterMs} ms ${JSON.stringify(deed)}`).join('\n');
}
