import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useAllow } from '../app/use-allow.ts';
import { useFormat } from '../app/use-format.ts';
import type { ShiftCount, ZReport } from '../device/shifts.ts';
import { CountForm } from './count-form.tsx';
import styles from './shift-screen.module.css';
import { useFaultText } from './use-fault-text.ts';

interface ShiftCloseDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onClosed: (report: ZReport) => void;
}

/** Counting and closing. Nothing here says what should be in the drawer: that comes with the Z report. */
export function ShiftCloseDialog({ opened, onClose, onClosed }: ShiftCloseDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('shift.countAndClose')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {opened && <CountAndConfirm onClosed={onClosed} />}
    </Modal>
  );
}

/** The count stays on the screen while it is confirmed, so that a slip can be put right. */
function CountAndConfirm({ onClosed }: Pick<ShiftCloseDialogProps, 'onClosed'>) {
  const [count, setCount] = useState<ShiftCount | null>(null);
  return (
    <>
      <div hidden={count !== null}>
        <CountForm onCounted={setCount} />
      </div>
      {count && <ConfirmCount count={count} onAgain={() => setCount(null)} onClosed={onClosed} />}
    </>
  );
}

function ConfirmCount(props: { count: ShiftCount; onAgain: () => void; onClosed: (report: ZReport) => void }) {
  const { count, onAgain, onClosed } = props;
  const { t } = useTranslation();
  const { shift } = useDevice();
  const allow = useAllow();
  const format = useFormat();
  const faultText = useFaultText();
  const [fault, setFault] = useState<string | null>(null);
  const [isWriting, setWriting] = useState(false);
  const close = async () => {
    const allowed = await allow({ action: 'shift-close', amount: count.countedCash });
    if (!allowed.ok) return setFault(t('shift.notAllowed'));
    setWriting(true);
    const closed = await shift.close({ ...count, ...(allowed.value ? { approval: allowed.value } : {}) });
    setWriting(false);
    if (closed.ok) onClosed(closed.value);
    else setFault(faultText(closed.error));
  };
  return (
    <div className={styles.form}>
      <p className={styles.sum}>
        {t('shift.counted')} <strong className="num">{format.money(count.countedCash)}</strong>
      </p>
      <p className={styles.help}>{t('shift.confirmHelp')}</p>
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={styles.acts}>
        <Button size="lg" onClick={() => void close()} loading={isWriting} autoFocus data-testid="close-confirm">
          {t('shift.close')}
        </Button>
        <Button size="lg" variant="default" onClick={onAgain} data-testid="count-again">
          {t('shift.countAgain')}
        </Button>
      </div>
    </div>
  );
}
