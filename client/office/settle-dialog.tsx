import { Button, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../schema/stock/transfer.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useAllow } from '../app/use-allow.ts';
import type { Settlement } from '../device/transfers.ts';
import { FaultNote } from '../ui/fault-note.tsx';
import { useMoveFaultText } from './use-move-fault-text.ts';

/** Asks what became of what did not arrive, or arrived too many, and writes it. */
export function SettleDialog({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const { t } = useTranslation();
  const { transfers } = useDevice();
  const allow = useAllow();
  const say = useSay();
  const faultText = useMoveFaultText();
  const isMissing = transfer.lines.some(({ open }) => open > 0);
  const [how, setHow] = useState<Settlement>(isMissing ? 'lost' : 'here');
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const here = transfer.fromHere ? 'sender' : 'receiver';
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const why = reason.trim();
    if (why === '') return setFault(t('moves.form.needReason'));
    const leave = await allow({ action: 'stock-move', subject: why });
    if (!leave.ok) return setFault(t('moves.form.noLeave'));
    const done = await transfers.settle(transfer.transferId, how, why, leave.value);
    if (!done.ok) return setFault(faultText(done.error));
    say({ tone: 'info', text: t('moves.settle.done') });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('moves.settle.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack>
          <Radio.Group
            aria-label={t('moves.settle.title')}
            value={how}
            onChange={(next) => setHow(next === 'here' ? 'here' : 'lost')}
          >
            <Stack gap="sm">
              {isMissing && (
                <Radio value="lost" label={t('moves.settle.lost')} description={t('moves.settle.lostHelp')} />
              )}
              <Radio
                value="here"
                label={t(`moves.settle.${here}`)}
                description={t(`moves.settle.${here}Help`)}
                data-testid="settle-here"
              />
            </Stack>
          </Radio.Group>
          <TextInput
            label={t('moves.form.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={120}
            data-testid="settle-reason"
          />
          <FaultNote text={fault} />
          <Button type="submit" data-testid="settle-save">
            {t('moves.settle.save')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
