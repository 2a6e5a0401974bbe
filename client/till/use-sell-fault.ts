import { useState } from 'react';
import { useCart, useDevice } from '../app/contexts.ts';
import type { SellFault } from '../device/device.ts';
import { useFaultText } from './use-fault-text.ts';

/** A cart that is sold already is closed at once; every other fault leaves it as it is. */
export function useSellFault(): { fault: string | null; refuse: (fault: SellFault | null) => void } {
  const open = useCart();
  const { till } = useDevice();
  const [fault, setFault] = useState<SellFault | null>(null);
  const textOf = useFaultText();
  const refuse = (next: SellFault | null) => {
    // Money may be asked for a cart that is on no screen any more.
    if (next?.code === 'cart-sold' && till.check(open.cart.get())?.code === 'cart-sold') open.renew();
    setFault(next);
  };
  return { fault: fault ? textOf(fault) : null, refuse };
}
