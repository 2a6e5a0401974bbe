import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { Evidence } from '../device/exception-evidence.ts';
import type { Exception } from '../device/exceptions.ts';
import styles from './exceptions-screen.module.css';
import { useMissingText } from './use-missing-text.ts';

/** Why it was flagged, in figures: the two prices, the two times, the other receipts. */
export function ExceptionEvidence({ exception }: { exception: Exception }) {
  const { exceptions, catalogue, sync } = useDevice();
  // Some of it the server alone knows.
  const { connection } = useLive(sync.status);
  const textOf = useEvidenceText();
  const version = `${useLive(exceptions.version)} ${useLive(catalogue.version)}`;
  const facts = useLoaded(
    () => exceptions.evidence(exception),
    `${exception.id} ${exception.flag} ${version} ${connection === 'online'}`,
  );
  const missingText = useMissingText();
  const { gap } = exception;
  const texts = [...(gap ? [missingText(gap)] : []), ...(facts ?? []).map(textOf)];
  if (texts.length === 0) return null;
  return (
    <ul className={styles.evidence} data-testid="exception-evidence">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function useEvidenceText(): (evidence: Evidence) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (evidence) => {
    switch (evidence.what) {
      case 'price':
        return t('exceptions.evidence.price', {
          ...{ name: evidence.name, sold: format.money(evidence.sold), now: format.money(evidence.now) },
        });
      case 'unknown':
        return evidence.barcode === ''
          ? evidence.name
          : t('exceptions.evidence.unknown', { name: evidence.name, barcode: evidence.barcode });
      case 'clock':
        return t('exceptions.evidence.clock', {
          ...{ said: format.dateTime(evidence.said), arrived: format.dateTime(evidence.arrived) },
        });
      case 'cart':
        return t('exceptions.evidence.cart', { receipt: evidence.receipt });
      case 'refunded':
        return t('exceptions.evidence.refunded', {
          ...{ receipt: evidence.receipt, of: evidence.of, amount: format.money(evidence.amount) },
        });
      case 'unread':
        return evidence.reason === null
          ? t('exceptions.unread.unasked')
          : t(`exceptions.unread.${evidence.reason.why}`, { detail: evidence.reason.detail });
    }
  };
}
