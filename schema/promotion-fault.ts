import type { SaleLine } from './entry/sale.ts';
import { type Money, type Rounding, ZERO } from './money.ts';
import type { Promotion } from './promotion.ts';
import { inFixedOrder, offersOf } from './promotion-offer.ts';
import { dayNumber, localMoment } from './promotion-time.ts';
import { type Revision, sameRevision } from './revision.ts';

/** What the server knows of a sale's promotions. */
export interface KnownPromotions {
  readonly promotion: (id: string) => (Promotion & { readonly rev: Revision }) | undefined;
  /** The group of the customer that the sale names, where that customer is known. */
  readonly customerGroup?: string | undefined;
  /** The device's clock when it sold, milliseconds since 1970. */
  readonly at: number;
  readonly rounding: Rounding;
}

/**
 * Computes again what the promotions of a sale took off, and gives the id of the first that differs; null when none does. A promotion
 * that is not known here in the revision that the till used is taken as it is, and so is the hour: the shop's zone is the till's alone.
 */
export function findPromotionFault(lines: readonly SaleLine[], known: KnownPromotions): string | null {
  const ids = new Set(lines.flatMap(({ promotion }) => (promotion ? [promotion.id] : [])));
  return [...ids].find((id) => isWrong(id, lines, known)) ?? null;
}

function isWrong(id: string, lines: readonly SaleLine[], known: KnownPromotions): boolean {
  const doc = known.promotion(id);
  const mine = (place: number) => lines[place]?.promotion?.id === id;
  const places = lines.flatMap((_, place) => (mine(place) ? [place] : []));
  if (!doc || places.some((place) => !sameRevision(lines[place]?.promotion?.rev ?? null, doc.rev))) return false;
  if (!isPlausible(doc, known)) return true;
  const offered = new Map<number, Money>();
  for (const offer of offersOf(doc, lines, inFixedOrder(lines).filter(mine), known.rounding)) {
    for (const [place, amount] of offer) offered.set(place, amount);
  }
  return places.some((place) => lines[place]?.promotion?.amount !== (offered.get(place) ?? ZERO));
}

/** Somewhere on earth it is another day: one more on either side. */
function isPlausible({ from, to, group }: Promotion, { at, customerGroup }: KnownPromotions): boolean {
  const day = dayNumber(localMoment(at, 0).localDate);
  return day >= dayNumber(from) - 1 && day <= dayNumber(to) + 1 && (group === undefined || group === customerGroup);
}
