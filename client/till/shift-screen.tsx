import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBusy } from '../app/busy.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import type { OpenShift, ZReport } from '../device/shifts.ts';
import { Panel } from '../ui/panel.tsx';
import { DrawerMoveDialog } from './drawer-move-dialog.tsx';
import { ShiftCloseDialog } from './shift-close-dialog.tsx';
import { ShiftList } from './shift-list.tsx';
import { ShiftOpenForm } from './shift-open-form.tsx';
import styles from './shift-screen.module.css';
import { XReportDialog } from './x-report-dialog.tsx';
import { ZReportDialog } from './z-report-dialog.tsx';

type Act = 'cash-in' | 'cash-out' | 'x' | 'close';

/** The shift at this till: open, money in and out, what is so far, count and close; and the Z reports behind it. */
export default function ShiftScreen() {
  const { t } = useTranslation();
  const { shift } = useDevice();
  const open = useLive(shift.current);
  const [act, setAct] = useState<Act | null>(null);
  const [shown, setShown] = useState<ZReport | null>(null);
  useBusy(act !== null);
  const done = () => setAct(null);
  const closed = (report: ZReport) => {
    setAct(null);
    setShown(report);
  };
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('shift.title')}</h1>
      <Panel title={t(open ? 'shift.openTitle' : 'shift.title')} testId="shift">
        {open ? <OpenShiftActs open={open} onAct={setAct} /> : <ShiftOpenForm />}
      </Panel>
      <ShiftList onShow={setShown} />
      <DrawerMoveDialog kind={act === 'cash-in' || act === 'cash-out' ? act : null} onDone={done} />
      <XReportDialog opened={act === 'x'} onClose={done} />
      <ShiftCloseDialog opened={act === 'close'} onClose={done} onClosed={closed} />
      <ZReportDialog report={shown} onClose={() => setShown(null)} />
    </div>
  );
}

function OpenShiftActs({ open, onAct }: { open: OpenShift; onAct: (act: Act) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={styles.form}>
      <p className={styles.facts}>
        {t('shift.since', { time: format.dateTime(open.openedAt), float: format.money(open.float) })}
      </p>
      <div className={styles.acts}>
        <Button size="lg" onClick={() => onAct('close')} data-testid="shift-close">
          {t('shift.countAndClose')}
        </Button>
        {(['cash-in', 'cash-out', 'x'] as const).map((act) => (
          <Button key={act} size="lg" variant="default" onClick={() => onAct(act)} data-testid={`shift-${act}`}>
            {t(`shift.act.${act}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
