import { type Money, type Rounding, ZERO } from './money.ts';
import type { Promotion } from './promotion.ts';
import { inFixedOrder, type Offer, type OfferLine, offersOf, spansLines, sumOf } from './promotion-offer.ts';
import { isPromotionOn, type PromotionMoment } from './promotion-time.ts';
import type { Revision } from './revision.ts';

/** What a line says of its promotion. */
export interface LinePromotion {
  readonly id: string;
  readonly name: string;
  readonly amount: Money;
  readonly rev?: Revision | undefined;
}

type PromotionDoc = Promotion & { readonly rev?: Revision };

/**
 * A cart with the promotions that apply to it; what stood on its lines before is forgotten. At most one promotion per line, chosen so (PRM3):
 * first, again and again, the promotion over several lines that saves most beyond what these lines' best single promotions would, as
 * long as one does; then every other line takes the single one that saves most. Equal savings go to the smaller id. Neither the order of
 * lines nor of promotions matters. Throws RangeError where a sum leaves the safe integers.
 */
export function applyPromotions<Line extends OfferLine, Cart>(
  cart: Cart & { readonly lines: readonly Line[] },
  promotions: readonly PromotionDoc[],
  moment: PromotionMoment,
  rounding: Rounding,
): Omit<Cart, 'lines'> & { readonly lines: readonly (Line & { readonly promotion?: LinePromotion | undefined })[] } {
  const valid = promotions
    .filter((promotion) => isPromotionOn(promotion, moment))
    .sort((left, right) => (left.promotion < right.promotion ? -1 : 1));
  const given = new Map<number, LinePromotion>();
  const free = new Set(inFixedOrder(cart.lines));
  const take = ({ promotion, offer }: Candidate) => {
    for (const [place, amount] of offer) {
      given.set(place, {
        id: promotion.promotion,
        name: promotion.name,
        amount,
        ...(promotion.rev ? { rev: promotion.rev } : {}),
      });
      free.delete(place);
    }
  };
  const candidates = (spanning: boolean): Candidate[] =>
    valid
      .filter((promotion) => spansLines(promotion) === spanning)
      .flatMap((promotion) =>
        offersOf(promotion, cart.lines, [...free], rounding).map((offer) => ({ promotion, offer })),
      );
  const best = bestSingles(candidates(false));
  // Each round takes a promotion's lines away, so there are at most as many rounds as lines.
  for (let next = bestSpanning(candidates(true), best); next; next = bestSpanning(candidates(true), best)) take(next);
  for (const [place, candidate] of best) if (free.has(place)) take(candidate);
  return { ...cart, lines: cart.lines.map((line, place) => withPromotion(line, given.get(place))) };
}

interface Candidate {
  readonly promotion: PromotionDoc;
  readonly offer: Offer;
}

/** The best promotion of each line by itself; the candidates come by id, and the first of equals stays. */
function bestSingles(candidates: readonly Candidate[]): Map<number, Candidate> {
  const best = new Map<number, Candidate>();
  for (const candidate of candidates) {
    const [[place, amount] = [0, ZERO]] = candidate.offer;
    const held = best.get(place);
    if (!held || amount > sumOf(held.offer)) best.set(place, candidate);
  }
  return best;
}

/** The promotion over several lines that saves most beyond their best single ones; null when none saves more. */
function bestSpanning(candidates: readonly Candidate[], singles: ReadonlyMap<number, Candidate>): Candidate | null {
  let best: Candidate | null = null;
  let bestGain = 0;
  for (const candidate of candidates) {
    const instead = [...candidate.offer.keys()].map((place) => singles.get(place)?.offer ?? new Map<number, Money>());
    const gain = sumOf(candidate.offer) - instead.reduce((sum, offer) => sum + sumOf(offer), 0);
    if (gain <= bestGain) continue;
    bestGain = gain;
    best = candidate;
  }
  return best;
}

function withPromotion<Line extends OfferLine>(line: Line, promotion: LinePromotion | undefined) {
  const { promotion: _before, ...plain } = line as Line & { promotion?: unknown };
  return (promotion ? { ...plain, promotion } : plain) as Line & { promotion?: LinePromotion };
}
