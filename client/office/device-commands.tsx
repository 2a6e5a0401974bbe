import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KeptReport, WaitingCommand } from '../../schema/protocol/device-care.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import styles from './devices-screen.module.css';
import { useCareAct } from './use-care-act.ts';

interface DeviceCommandsProps {
  readonly commands: readonly WaitingCommand[];
  readonly last: KeptReport['last'];
  /** The server's time. */
  readonly now: number;
  readonly onChanged: () => void;
}

/** What waits for a device to be done, and what became of the last that was. */
export function DeviceCommands({ commands, last, now, onChanged }: DeviceCommandsProps) {
  const { t } = useTranslation();
  const { care } = useDevice();
  const format = useFormat();
  const act = useCareAct();
  if (commands.length === 0 && last === null) return null;
  const withdraw = async ({ device, id }: WaitingCommand) => {
    if (await act(care.withdrawNow(device, id), t('care.withdrawn'))) onChanged();
  };
  const ageOf = (at: number) => format.age(Math.max(0, now - at));
  return (
    <span className={styles.commands} data-testid="device-commands">
      {commands.map((one) => {
        const command = t(`care.command.${one.command}`);
        return (
          <span key={one.id} className={styles.command}>
            {t('care.waits', { command, age: ageOf(one.givenAt) })}
            <Button
              variant="default"
              size="compact-md"
              aria-label={t('care.withdrawOf', { command })}
              onClick={() => void withdraw(one)}
            >
              {t('care.withdraw')}
            </Button>
          </span>
        );
      })}
      {last && (
        <span className={styles.soft}>
          {t('care.last', {
            command: t(`care.command.${last.command}`),
            result: t(`care.result.${last.result}`),
            age: ageOf(last.at),
          })}
        </span>
      )}
    </span>
  );
}
