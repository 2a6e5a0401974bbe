import { Loader, SegmentedControl } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { BranchSale } from '../device/device.ts';
import type { Exception } from '../device/exceptions.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExceptionGroup } from './exception-group.tsx';
import { exceptionGroups } from './exception-groups.ts';
import { ExceptionsElsewhere } from './exceptions-elsewhere.tsx';
import styles from './exceptions-screen.module.css';
import { SaleDetail } from './sale-detail.tsx';

/** Everything that was accepted but flagged, the gravest kind first, each with what to do. */
export default function ExceptionsScreen() {
  const { t } = useTranslation();
  const { exceptions } = useDevice();
  const version = useLive(exceptions.version);
  const all = useLoaded(() => exceptions.list(), version);
  const [which, setWhich] = useState<'open' | 'settled'>('open');
  const [shown, setShown] = useState<BranchSale | null>(null);
  return (
    <div className={styles.root}>
      <header className={styles.head}>
        <div>
          <h1 className={styles.title}>{t('exceptions.title')}</h1>
          <p className={styles.soft}>{t('exceptions.lead')}</p>
        </div>
        <SegmentedControl
          aria-label={t('exceptions.show')}
          size="md"
          value={which}
          onChange={(next) => setWhich(next === 'settled' ? 'settled' : 'open')}
          data={[
            { value: 'open', label: t('exceptions.open') },
            { value: 'settled', label: t('exceptions.settled') },
          ]}
        />
      </header>
      {which === 'open' && <ExceptionsElsewhere />}
      <Groups all={all} which={which} onLook={setShown} />
      <SaleDetail sale={shown} onClose={() => setShown(null)} />
    </div>
  );
}

function Groups(props: {
  all: readonly Exception[] | undefined;
  which: 'open' | 'settled';
  onLook: (sale: BranchSale) => void;
}) {
  const { t } = useTranslation();
  if (props.all === undefined) {
    return (
      <p className={styles.reading}>
        <Loader size="sm" /> {t('exceptions.reading')}
      </p>
    );
  }
  const listed = props.all.filter(({ seen }) => (props.which === 'open') === (seen === null));
  if (listed.length === 0) {
    return (
      <EmptyState icon={<IconCircleCheck size={40} />} title={t('exceptions.none')} help={t('exceptions.noneHelp')} />
    );
  }
  return exceptionGroups(listed).map(({ kind, members }) => (
    <ExceptionGroup key={kind} kind={kind} members={members} onLook={props.onLook} />
  ));
}
