import { Button, List, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { EmptyState } from '../ui/empty-state.tsx';
import { type BrowserReport, beforeEnrolling, missing } from './abilities.ts';
import { LesserAbilities, MissingAbilities } from './ability-list.tsx';
import { codeInPath } from './enrol-check.ts';
import { EnrolScreen } from './enrol-screen.tsx';
import { HomeScreenSteps } from './home-screen-steps.tsx';
import styles from './plain-screen.module.css';
import { useAbilities } from './use-abilities.ts';

/** Before a device is enrolled: can this browser be a till, and is this the place? Only then comes the code. */
export function EnrolDoor({ onEnrolled }: { onEnrolled: () => void }) {
  const { t } = useTranslation();
  const { report, again } = useAbilities();
  const [anyway, setAnyway] = useState(false);
  if (report === null)
    return <EmptyState icon={<Loader size="md" color="var(--accent-ink)" />} title={t('abilities.trying')} />;
  const first = beforeEnrolling(report);
  if (first === 'blocked') return <CannotBeTill report={report} onAgain={again} />;
  if (first === 'home-screen' && !anyway) return <HomeScreenFirst onAnyway={() => setAnyway(true)} />;
  return (
    <EnrolScreen onEnrolled={onEnrolled}>
      <LesserAbilities report={report} />
    </EnrolScreen>
  );
}

/** What this browser lacks that no till can be without, told before anything is written. */
export function CannotBeTill({ report, onAgain }: { report: BrowserReport; onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <main className={styles.root} data-testid="cannot-be-till">
      <div className={styles.card}>
        <h1 className={styles.title}>{t('abilities.blocked.title')}</h1>
        <p className={styles.text}>{t('abilities.blocked.text')}</p>
        <MissingAbilities abilities={missing(report, 'needed')} />
        <Button size="lg" onClick={onAgain}>
          {t('abilities.blocked.again')}
        </Button>
      </div>
    </main>
  );
}

/** On iOS the code is for the app on the Home Screen: how it comes there, and the code to type. */
function HomeScreenFirst({ onAnyway }: { onAnyway: () => void }) {
  const { t } = useTranslation();
  const [path] = useLocation();
  const code = codeInPath(path);
  return (
    <main className={styles.root} data-testid="home-screen-first">
      <div className={styles.card}>
        <h1 className={styles.title}>{t('abilities.home.title')}</h1>
        <p className={styles.text}>{t('abilities.home.text')}</p>
        <HomeScreenSteps>
          <List.Item>{t('abilities.home.step4')}</List.Item>
        </HomeScreenSteps>
        {code !== '' && (
          <p className={styles.text}>
            {t('abilities.home.code')} <strong className={styles.code}>{code}</strong>
          </p>
        )}
        <Button
          variant="default"
          size="md"
          className={styles.lines ?? ''}
          onClick={onAnyway}
          data-testid="enrol-anyway"
        >
          {t('abilities.home.anyway')}
        </Button>
      </div>
    </main>
  );
}
