import { Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceDoc } from '../../schema/company.ts';
import { splitEntryId } from '../../schema/ids.ts';
import type { KeptReport } from '../../schema/protocol/device-care.ts';
import { ok, type Result } from '../../schema/result.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { CareFault, DeviceCare, EndOfDevice } from '../device/device-care.ts';
import { FormDialog } from './device-dialogs.tsx';
import styles from './devices-screen.module.css';
import { useCareAct } from './use-care-act.ts';
import { useMissingText } from './use-missing-text.ts';

const CHOICES = ['lost', 'retire', 'revoke'] as const;
type Choice = (typeof CHOICES)[number];

/** What each end takes, in its order: first nobody may use it any more, then what it leaves is settled. */
const STEPS: Readonly<Record<Choice, readonly EndOfDevice[]>> = {
  lost: ['revoke', 'lost'],
  retire: ['revoke', 'retire'],
  revoke: ['revoke'],
};

interface EndDeviceDialogProps {
  readonly device: DeviceDoc;
  readonly report: KeptReport | undefined;
  /** The server's time. */
  readonly now: number;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** The end of a device, step by step: what happened, what is still missing of it, what follows; confirmed by its till code. */
export function EndDeviceDialog({ device, report, now, onClose, onChanged }: EndDeviceDialogProps) {
  const { t } = useTranslation();
  const { care } = useDevice();
  const act = useCareAct();
  const [choice, setChoice] = useState<Choice>('lost');
  const [typed, setTyped] = useState('');
  const { till } = device;
  const go = async () => {
    if (!(await act(endBy(care, device, choice), t('care.ended', { till })))) return;
    onChanged();
    onClose();
  };
  return (
    <FormDialog
      title={t('care.endTitle', { till })}
      go={t('care.endGo')}
      isReady={typed.trim().toUpperCase() === till}
      onClose={onClose}
      onGo={go}
    >
      <MissingNote report={report} now={now} />
      <MissingByNumber device={device} />
      <Radio.Group label={t('care.endChoice')} value={choice} onChange={(value) => setChoice(value as Choice)}>
        <Stack gap="sm" mt="xs">
          {CHOICES.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t(`care.ends.${one}`)}
              description={t(`care.endsText.${one}`)}
              data-testid={`end-${one}`}
            />
          ))}
        </Stack>
      </Radio.Group>
      <p className={styles.soft}>{t('care.endAfter')}</p>
      <TextInput
        label={t('care.endConfirm', { till })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="characters"
        data-testid="end-confirm"
      />
    </FormDialog>
  );
}

async function endBy(care: DeviceCare, { device }: DeviceDoc, choice: Choice): Promise<Result<null, CareFault>> {
  for (const step of STEPS[choice]) {
    // Each may be said again: after a failure in between the whole end is asked for once more.
    const done = await care.endNow(device, step);
    if (!done.ok) return done;
  }
  return ok(null);
}

/** What of its numbers has not come though later ones have. */
function MissingByNumber({ device }: { device: DeviceDoc }) {
  const { exceptions } = useDevice();
  const missingText = useMissingText();
  const all = useLoaded(() => exceptions.list(), device.device) ?? [];
  const gaps = all.flatMap(({ id, gap }) => (gap && splitEntryId(id).deviceId === device.device ? [gap] : []));
  if (gaps.length === 0) return null;
  return (
    <ul className={styles.missing} data-testid="end-missing-numbers">
      {gaps.map((gap) => (
        <li key={gap.from}>{missingText(gap)}</li>
      ))}
    </ul>
  );
}

/** What was still waiting on it when it last spoke: a person may want to bring it home first. */
function MissingNote({ report, now }: { report: KeptReport | undefined; now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!report) return <p className={styles.trouble}>{t('care.endUnknown')}</p>;
  const age = format.age(Math.max(0, now - report.receivedAt));
  if (report.waiting === 0) return <p className={styles.soft}>{t('care.endNothing', { age })}</p>;
  return <p className={styles.trouble}>{t('care.endMissing', { count: report.waiting, age })}</p>;
}
