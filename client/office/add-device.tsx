import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TillCode, tillCodeShape } from '../../schema/ids.ts';
import type { EnrolCodeAnswer } from '../../schema/protocol/enrol.ts';
import { ERROR_TEXTS, type ErrorCode } from '../../schema/protocol/error.ts';
import { type DeviceRole, deviceRoleShape } from '../../schema/roles.ts';
import { useDevice } from '../app/contexts.ts';
import { useLanguage } from '../app/use-format.ts';
import styles from './devices-screen.module.css';
import { EnrolCodeCard } from './enrol-code-card.tsx';

/** Asks the server for a one-time code for one new device. */
export function AddDevice() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { office } = useDevice();
  const [role, setRole] = useState<DeviceRole>('till');
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ErrorCode | 'offline' | 'till' | null>(null);
  const [made, setMade] = useState<EnrolCodeAnswer | null>(null);
  const till = tillCodeShape.safeParse(typed.trim().toUpperCase());
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    setFault(till.success ? null : 'till');
    if (!till.success) return;
    setBusy(true);
    const answer = await office.enrolCodeNow(role, till.data as TillCode);
    setBusy(false);
    setMade(answer.ok ? answer.value : null);
    setFault(answer.ok ? null : answer.error);
  };
  return (
    <form onSubmit={(event) => void ask(event)} noValidate>
      <Stack gap="sm">
        <p className={styles.soft}>{t('office.devices.addHelp')}</p>
        <NativeSelect
          label={t('office.devices.role')}
          value={role}
          onChange={(event) => setRole(deviceRoleShape.parse(event.currentTarget.value))}
          data={deviceRoleShape.options.map((value) => ({ value, label: t(`office.devices.role_${value}`) }))}
          data-testid="new-role"
        />
        <TextInput
          label={t('office.devices.newTill')}
          description={t('office.devices.newTillHint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="characters"
          error={fault === 'till' ? t('office.devices.badTill') : null}
          data-testid="new-till"
        />
        <Button type="submit" loading={busy} data-testid="make-code">
          {t(busy ? 'office.devices.making' : 'office.devices.make')}
        </Button>
        {fault !== null && fault !== 'till' && (
          <p role="alert" data-testid="code-fault">
            {fault === 'offline' ? t('office.devices.offline') : ERROR_TEXTS[fault][language]}
          </p>
        )}
      </Stack>
      {made && <EnrolCodeCard made={made} />}
    </form>
  );
}
