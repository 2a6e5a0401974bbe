import { QUANTITY_MAX } from '../limits.ts';

/** What the server knows of a limited product when a till asks, in smallest units. */
export interface ShareScene {
  /** The product's stock in the branch. */
  readonly onHand: number;
  /** What all devices hold, and what was allotted and not taken over yet. */
  readonly out: number;
  /** The asking till's part of that. */
  readonly mine: number;
  /** Tills among which it is shared, the asking one included; at least 1. */
  readonly tills: number;
}

/** Of an equal part each till gets the half: the rest waits at the server for whoever sells most. */
const RESERVE = 2;

/** What nobody holds: never below 0, also where more is out than there is, because goods went missing. */
export function freeOf({ onHand, out }: Pick<ShareScene, 'onHand' | 'out'>): number {
  return Math.max(0, onHand - out);
}

/** As much as one till should hold now: at least one unit, and less the less is left. */
export function fairOf(scene: ShareScene): number {
  return Math.max(1, Math.floor((freeOf(scene) + scene.out) / (RESERVE * Math.max(1, scene.tills))));
}

/**
 * What the asking till is allotted: up to its fair part where it holds half of that or less, and up to what a customer asks for
 * (`need`); never more than is free, so that all shares together never exceed the stock (ALT2).
 */
export function shareToGive(scene: ShareScene, need: number): number {
  const fair = fairOf(scene);
  const wanted = Math.max(need, scene.mine * 2 <= fair ? fair : 0);
  return Math.min(freeOf(scene), Math.max(0, wanted - scene.mine), QUANTITY_MAX);
}

/** What a till knows when it looks whether it should give something back. */
export interface HeldShare {
  readonly held: number;
  /** What a cart that is being paid needs of it. */
  readonly promised: number;
  /** The server's last word. */
  readonly free: number;
  readonly fair: number;
  /** False once the product is not limited any more: then nobody needs a share. */
  readonly isLimited: boolean;
}

/** What a till gives back: everything of a product that is no longer limited; else what is beyond its part, once nothing is free. */
export function shareToReturn({ held, promised, free, fair, isLimited }: HeldShare): number {
  const spare = Math.max(0, held - promised);
  if (!isLimited) return spare;
  return free > 0 || held <= RESERVE * fair ? 0 : Math.min(spare, held - fair);
}
