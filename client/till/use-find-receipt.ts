import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import { isReceiptQr } from '../../schema/receipt-qr.ts';
import { useDevice } from '../app/contexts.ts';

/** The receipt of a number or code, or the sentence that says why there is none. */
export function useFindReceipt(): (wanted: string) => Promise<Sale | Refund | string> {
  const { t } = useTranslation();
  const { till, printing } = useDevice();
  return async (wanted) => {
    if (!isReceiptQr(wanted)) return (await till.findReceipt(wanted)) ?? t('found.notFound', { receipt: wanted });
    const found = await printing.byCode(wanted);
    if (!found.ok) return t(`found.${found.error}`);
    const { value } = found;
    return value.kind === 'sale' || value.kind === 'refund' ? value : t('found.not-here');
  };
}
