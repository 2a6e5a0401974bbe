import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceDoc } from '../../schema/company.ts';
import { useDevice } from '../app/contexts.ts';
import styles from './devices-screen.module.css';
import { useCareAct } from './use-care-act.ts';

interface DialogProps {
  readonly device: DeviceDoc;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** Gives a device a name beside its till code. */
export function RenameDeviceDialog({ device, onClose, onChanged }: DialogProps) {
  const { t } = useTranslation();
  const { care } = useDevice();
  const act = useCareAct();
  const [typed, setTyped] = useState(device.name ?? '');
  const save = async () => {
    const name = typed.trim();
    const said = t(name === '' ? 'care.unnamed' : 'care.renamed', { till: device.till, name });
    if (!(await act(care.renameNow(device.device, name), said))) return;
    onChanged();
    onClose();
  };
  return (
    <FormDialog title={t('care.renameTitle', { till: device.till })} go={t('care.save')} onClose={onClose} onGo={save}>
      <TextInput
        label={t('care.renameLabel')}
        description={t('care.renameHint')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={40}
        data-autofocus
        data-testid="device-name"
      />
    </FormDialog>
  );
}

/** Says what a reset from afar does before it is left for the device. */
export function ResetFromAfarDialog({ device, onClose, onChanged }: DialogProps) {
  const { t } = useTranslation();
  const { care } = useDevice();
  const act = useCareAct();
  const { till } = device;
  const go = async () => {
    if (!(await act(care.commandNow(device.device, 'reset'), t('care.given', { till })))) return;
    onChanged();
    onClose();
  };
  return (
    <FormDialog title={t('care.resetTitle', { till })} go={t('care.resetGo')} onClose={onClose} onGo={go}>
      <p className={styles.soft}>{t('care.resetText', { till })}</p>
    </FormDialog>
  );
}

interface FormDialogProps {
  readonly title: string;
  readonly go: string;
  readonly isReady?: boolean;
  readonly children: ReactNode;
  readonly onClose: () => void;
  readonly onGo: () => Promise<void>;
}

/** A window that asks for one thing, and waits while it is done. */
export function FormDialog({ title, go, isReady = true, children, onClose, onGo }: FormDialogProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    setBusy(true);
    await onGo();
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} disabled={busy}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!isReady} data-testid="dialog-go">
              {go}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
