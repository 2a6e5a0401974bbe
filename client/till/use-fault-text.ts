import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { type Format, useFormat } from '../app/use-format.ts';
import type { Catalogue, SellFault } from '../device/device.ts';

/** Why nothing was written, and what to do, in the person's language. */
export function useFaultText(): (fault: SellFault) => string {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const format = useFormat();
  return (fault) => t(`till.fault.${fault.code}`, { place: placeOf(fault), ...shareOf(fault, catalogue, format) });
}

function placeOf(fault: SellFault): string {
  if (fault.code === 'unreadable') return fault.fault.place || fault.fault.code;
  return fault.code === 'card-number' ? fault.place : '';
}

/** Which product is short, how much of it this till holds, and how much the cart wants. */
function shareOf(fault: SellFault, catalogue: Catalogue, format: Pick<Format, 'quantity'>) {
  if (fault.code !== 'share-too-small') return { name: '', held: '', wanted: '' };
  const { name = fault.product, unitScale = 1 } = catalogue.product(fault.product) ?? {};
  return { name, held: format.quantity(fault.held, unitScale), wanted: format.quantity(fault.wanted, unitScale) };
}
