import { applyPromotions } from '../../schema/apply-promotions.ts';
import { localMoment } from '../../schema/promotion-time.ts';
import type { Cart } from '../../schema/receipt.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { DeviceDeps } from './device-deps.ts';
import { machineZone } from './shop-day.ts';

/** What promotions make of a cart, on this device alone. */
export interface Promotions {
  /**
   * The cart with the promotions that apply to it now, by this device's clock and zone and for its customer. What cannot be computed
   * because its sums are too large comes back as it is: {@link Till.check} says so.
   */
  apply(cart: Cart): Cart;
}

export function createPromotions(
  { clock, zoneMinutes = machineZone }: Pick<DeviceDeps, 'clock' | 'zoneMinutes'>,
  company: Pick<CompanyBook, 'promotions' | 'customers' | 'rules'>,
): Promotions {
  const groupOf = ({ customer }: Cart) => company.customers.get().find((doc) => doc.customer === customer?.id)?.group;
  return {
    apply: (cart) => {
      const at = clock();
      const moment = { ...localMoment(at, zoneMinutes(at)), customerGroup: groupOf(cart) };
      try {
        const rounding = company.rules.get()?.rounding ?? 'half-up';
        return applyPromotions(cart, company.promotions.get(), moment, rounding);
      } catch (error) {
        if (error instanceof RangeError) return cart;
        throw error;
      }
    },
  };
}
