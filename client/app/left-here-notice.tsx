import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeps } from './contexts.ts';
import type { LeftHere } from './deps.ts';
import styles from './plain-screen.module.css';
import { rescueName } from './use-save-rescue.ts';

/** Before a device is enrolled: what of others lies in this browser, so that nobody enrols over unsent sales without knowing. */
export function LeftHereNotice() {
  const { t } = useTranslation();
  const { page } = useDeps();
  const left = useLeftHere();
  if (left === null || left.others.length + left.journals.length === 0) return null;
  return (
    <section className={styles.left} aria-label={t('enrol.left.label')} data-testid="left-here">
      {left.journals.map((journal) => (
        <LeftJournalPart key={journal.deviceId} journal={journal} />
      ))}
      {left.others.length > 0 && (
        <>
          <p className={styles.text}>{t('enrol.left.others')}</p>
          <div className={styles.languages}>
            {left.others.map(({ slot, till }) => (
              <Button
                key={slot}
                component="a"
                href={`${page.origin}/?till=${encodeURIComponent(slot)}`}
                variant="default"
                data-testid="left-other"
              >
                {t('enrol.left.open', { till })}
              </Button>
            ))}
          </div>
        </>
      )}
    </section>
  );
}

function LeftJournalPart({ journal }: { journal: LeftHere['journals'][number] }) {
  const { t } = useTranslation();
  const { page, clock } = useDeps();
  const { rescue, entries } = journal;
  const till = journal.till ?? t('shell.unknownTill');
  return (
    <>
      <p className={styles.warning}>
        <IconAlertTriangle size={20} aria-hidden="true" />
        <span>{t('enrol.left.journal', { count: entries, till })}</span>
      </p>
      {rescue !== null && (
        <Button
          type="button"
          variant="default"
          onClick={() => page.saveFile(rescueName(till, clock.now()), rescue)}
          data-testid="left-save"
        >
          {t('enrol.left.save')}
        </Button>
      )}
    </>
  );
}

/** Null until it is known; a disk that does not open is told when the device is. */
function useLeftHere(): LeftHere | null {
  const { door } = useDeps();
  const [left, setLeft] = useState<LeftHere | null>(null);
  useEffect(() => {
    let current = true;
    door.leftHere().then(
      (found) => current && setLeft(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [door]);
  return left;
}
