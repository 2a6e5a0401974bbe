import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import styles from './pay-dialog.module.css';
import { useTenderText } from './use-tender-text.ts';

/** What became of a sale's payments: those not confirmed yet, and those whose tender was corrected. */
export function ReceiptMarks({ entry }: { entry: Sale | Refund }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { payments } = useDevice();
  const textOf = useTenderText();
  useLive(payments.version);
  const waiting = payments.unconfirmed().filter(({ sale }) => sale === entry.id);
  const corrections = payments.corrections(entry.id);
  if (waiting.length + corrections.length === 0) return null;
  return (
    <ul className={styles.taken} data-testid="receipt-marks">
      {waiting.map(({ payment, amount }) => (
        <li key={`waiting ${payment}`} className={styles.missing}>
          {t('pay.tender.qris')} <span className="num">{format.money(amount)}</span> {t('pay.unconfirmed.mark')}
        </li>
      ))}
      {corrections.map(({ id, from, to, amount }) => (
        <li key={id} className={styles.change}>
          {textOf({ tender: from })} <span className="num">{format.money(amount)}</span>{' '}
          {t('pay.correct.was', { tender: textOf({ tender: to }) })}
        </li>
      ))}
    </ul>
  );
}
