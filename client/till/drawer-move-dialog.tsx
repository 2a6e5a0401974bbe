import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useAllow } from '../app/use-allow.ts';
import { useFormat } from '../app/use-format.ts';
import { MoneyField } from './money-field.tsx';
import styles from './shift-screen.module.css';
import { useFaultText } from './use-fault-text.ts';

type Kind = 'cash-in' | 'cash-out';

/** Money put into the drawer or taken out, with the reason. Taking out needs somebody's leave where the role does. */
export function DrawerMoveDialog({ kind, onDone }: { kind: Kind | null; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={kind !== null}
      onClose={onDone}
      title={kind && t(`shift.act.${kind}`)}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {kind && <DrawerMoveForm kind={kind} onDone={onDone} />}
    </Modal>
  );
}

function DrawerMoveForm({ kind, onDone }: { kind: Kind; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useSay();
  const write = useDrawerMove();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [isWriting, setWriting] = useState(false);
  const amount = format.parseMoney(typed);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (amount === null || amount <= 0 || reason.trim() === '' || isWriting) return;
    setWriting(true);
    const failed = await write(kind, { amount, reason: reason.trim() });
    setWriting(false);
    setFault(failed);
    if (failed !== null) return;
    say({ tone: 'info', text: t(`shift.moved.${kind}`, { amount: format.money(amount) }) });
    onDone();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <MoneyField
        label={t('shift.amount')}
        typed={typed}
        onType={setTyped}
        asked={asked}
        least={1}
        testId="drawer-amount"
      />
      <TextInput
        label={t('goods.refund.reason')}
        placeholder={t(`shift.reasonHint.${kind}`)}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={200}
        error={asked && reason.trim() === '' ? t('goods.refund.needReason') : null}
        data-testid="drawer-reason"
      />
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <Button type="submit" size="lg" loading={isWriting} data-testid="drawer-confirm">
        {t(`shift.act.${kind}`)}
      </Button>
    </form>
  );
}

/** Gives why nothing was written, or null. */
function useDrawerMove() {
  const { shift } = useDevice();
  const allow = useAllow();
  const faultText = useFaultText();
  const { t } = useTranslation();
  return async (kind: Kind, move: Parameters<typeof shift.cashIn>[0]): Promise<string | null> => {
    const { amount, reason } = move;
    const allowed = kind === 'cash-in' ? null : await allow({ action: 'cash-out', amount, subject: reason });
    if (allowed && !allowed.ok) return t('shift.notAllowed');
    const approval = allowed?.value ?? undefined;
    const written = await (kind === 'cash-in'
      ? shift.cashIn(move)
      : shift.cashOut({ ...move, ...(approval ? { approval } : {}) }));
    return written.ok ? null : faultText(written.error);
  };
}
