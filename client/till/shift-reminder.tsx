import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import styles from './shift-reminder.module.css';

/** True while this till asks for a shift before selling; kept for this device. */
function useShiftAsks(): readonly [boolean, (asks: boolean) => void] {
  const { texts, slot } = useDeps();
  const key = `laci.shift-asks.${slot}`;
  const [asks, setAsks] = useState(() => texts.getItem(key) !== 'no');
  const keep = (next: boolean) => {
    texts.setItem(key, next ? 'yes' : 'no');
    setAsks(next);
  };
  return [asks, keep];
}

/** On the selling screen while no shift is open: asks for one, and holds nothing back. */
export const ShiftReminder = memo(function ShiftReminder() {
  const { t } = useTranslation();
  const open = useLive(useDevice().shift.current);
  const [asks, keep] = useShiftAsks();
  if (open !== null || !asks) return null;
  return (
    <div className={styles.root} role="status" data-testid="shift-reminder">
      <span>{t('shift.reminder')}</span>
      <Button component={Link} href="/shift" size="xs">
        {t('shift.open')}
      </Button>
      <Button
        size="xs"
        variant="default"
        className={styles.never}
        aria-label={t('shift.dontAsk')}
        title={t('shift.dontAsk')}
        onClick={() => keep(false)}
        data-testid="shift-dont-ask"
      >
        <span className={styles.words}>{t('shift.dontAsk')}</span>
        <IconX size={18} aria-hidden="true" />
      </Button>
    </div>
  );
});

/** Takes that back, on the page of shifts. */
export function AskAgain() {
  const { t } = useTranslation();
  const [asks, keep] = useShiftAsks();
  if (asks) return null;
  return (
    <Button variant="subtle" onClick={() => keep(true)} data-testid="shift-ask-again">
      {t('shift.askAgain')}
    </Button>
  );
}
