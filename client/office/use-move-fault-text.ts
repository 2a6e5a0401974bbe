import { useTranslation } from 'react-i18next';
import { MOVE_LINES_MAX, QUANTITY_MAX } from '../../schema/limits.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import type { SellFault } from '../device/device.ts';
import { useFaultText } from '../till/use-fault-text.ts';
import type { GoodsFault } from './goods-lines.ts';

/** Why a movement was not written. */
export type AnyMoveFault = SellFault | GoodsFault | { readonly code: 'no-undo' | 'no-difference' };
type MoveCode = Exclude<AnyMoveFault['code'], SellFault['code']>;

const CODES: Readonly<Record<MoveCode, true>> = {
  'own-branch': true,
  'unknown-branch': true,
  'unknown-transfer': true,
  'no-lines': true,
  'too-many-lines': true,
  twice: true,
  'bad-quantity': true,
  'shared-out': true,
  'bad-cost': true,
  'no-undo': true,
  'no-difference': true,
};

/** Why a movement was not written, and what to do, in the person's language. */
export function useMoveFaultText(): (fault: AnyMoveFault) => string {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const format = useFormat();
  const sellText = useFaultText();
  return (fault) => {
    if (!isMoveFault(fault)) return sellText(fault);
    const product = 'product' in fault ? catalogue.product(fault.product) : undefined;
    const scale = product?.unitScale ?? 1;
    return t(`moves.fault.${fault.code}`, {
      name: product?.name ?? ('product' in fault ? fault.product : ''),
      max: format.quantity(QUANTITY_MAX, scale),
      free: 'free' in fault ? format.quantity(fault.free, scale) : '',
      count: MOVE_LINES_MAX,
    });
  };
}

function isMoveFault(fault: AnyMoveFault): fault is Extract<AnyMoveFault, { code: MoveCode }> {
  return Object.hasOwn(CODES, fault.code);
}
