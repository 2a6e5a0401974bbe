import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { Panel } from '../ui/panel.tsx';
import styles from './exceptions-screen.module.css';
import { isOpenConflict } from './open-edits.ts';

/** Products named of those below nothing; the page that settles them has all. */
const NAMED_MAX = 5;

/** What waits too and is settled on a page of its own: stock below nothing, and conflicts. */
export function ExceptionsElsewhere() {
  const { t } = useTranslation();
  const format = useFormat();
  const { stock, office, catalogue } = useDevice();
  useLive(stock.version);
  const below = stock.below();
  const conflicts = useLive(office.edits).filter(isOpenConflict).length;
  if (below.length + conflicts === 0) return null;
  const names = below.slice(0, NAMED_MAX).map((id) => catalogue.product(id)?.name ?? id);
  return (
    <Panel title={t('exceptions.elsewhere.title')} testId="exceptions-elsewhere">
      <ul className={styles.list}>
        {below.length > 0 && (
          <li className={styles.row} data-testid="elsewhere-below">
            <div className={styles.facts}>
              <strong>
                {t('exceptions.elsewhere.below', { count: below.length, formatted: format.count(below.length) })}
              </strong>
              <span className={styles.soft}>
                {names.join(', ')}
                {below.length > NAMED_MAX && ' …'}
              </span>
            </div>
            <Button component={Link} href="/limits" variant="default">
              {t('exceptions.elsewhere.limits')}
            </Button>
          </li>
        )}
        {conflicts > 0 && (
          <li className={styles.row} data-testid="elsewhere-conflicts">
            <div className={styles.facts}>
              <strong>
                {t('exceptions.elsewhere.conflicts', { count: conflicts, formatted: format.count(conflicts) })}
              </strong>
            </div>
            <Button component={Link} href="/conflicts" variant="default">
              {t('exceptions.elsewhere.decide')}
            </Button>
          </li>
        )}
      </ul>
    </Panel>
  );
}
