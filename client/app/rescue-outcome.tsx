import { useTranslation } from 'react-i18next';
import type { RescueOutcome, RescueVerdict } from '../device/rescue.ts';
import styles from './sync-screen.module.css';
import { useKindText } from './use-kind-text.ts';

/** Entries on the screen; the sentence above counts all. */
const ROWS_MAX = 100;
/** What a person must look at comes first. */
const ORDER: readonly RescueVerdict['verdict'][] = [
  'refused',
  'unnamed',
  'quarantined',
  'forked',
  'accepted',
  'duplicate',
];

/** What the server said of each entry of a rescue file. */
export function RescueOutcomeList({ outcome }: { outcome: RescueOutcome }) {
  const { t } = useTranslation();
  const kindText = useKindText();
  const sorted = outcome.verdicts.toSorted((left, right) => ORDER.indexOf(left.verdict) - ORDER.indexOf(right.verdict));
  const { till, entries, taken, known, refused, carts, cartsTaken } = outcome;
  return (
    <>
      <p role="status" data-testid="rescue-outcome">
        {t('sync.rescue.done', { till, entries, taken, known, refused })}
      </p>
      {cartsTaken > 0 && <p data-testid="rescue-carts">{t('held.rescue.taken', { count: cartsTaken })}</p>}
      {cartsTaken < carts && <p className={styles.warn}>{t('held.rescue.lost', { count: carts - cartsTaken })}</p>}
      <ul className={styles.list}>
        {sorted.slice(0, ROWS_MAX).map((one) => (
          <li key={one.id} className={styles.verdict} data-testid="rescue-verdict" data-verdict={one.verdict}>
            <span>
              <b>{kindText(one.kind)}</b> <span className="num">{one.receipt ?? ''}</span>
            </span>
            <span>
              {t(`sync.rescue.verdict.${one.verdict}`)}{' '}
              {one.reason && <span className={styles.about}>{one.reason}</span>}
            </span>
          </li>
        ))}
      </ul>
      {sorted.length > ROWS_MAX && <p>{t('sync.rescue.more', { shown: ROWS_MAX, count: sorted.length })}</p>}
    </>
  );
}
