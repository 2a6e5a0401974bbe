import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeviceDoc } from '../../schema/company.ts';
import { deviceCommandShape } from '../../schema/protocol/device-care.ts';
import { useDevice } from '../app/contexts.ts';
import styles from './devices-screen.module.css';
import { useCareAct } from './use-care-act.ts';

export type DeviceDialog = 'rename' | 'reset' | 'end';

interface DeviceMenuProps {
  readonly device: DeviceDoc;
  readonly onOpen: (dialog: DeviceDialog) => void;
  readonly onChanged: () => void;
}

/** What a manager may do about another device. A reset and an end are asked about first. */
export function DeviceMenu({ device, onOpen, onChanged }: DeviceMenuProps) {
  const { t } = useTranslation();
  const { care } = useDevice();
  const act = useCareAct();
  const { till } = device;
  const isEnded = device.revokedAt !== undefined;
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon
          className={styles.menu ?? ''}
          variant="default"
          size={44}
          aria-label={t('care.acts', { till })}
          data-testid="device-menu"
        >
          <IconDots size={22} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onOpen('rename')} data-testid="device-rename">
          {t('care.rename')}
        </Menu.Item>
        {!isEnded &&
          deviceCommandShape.options.map((command) => (
            <Menu.Item
              key={command}
              data-testid={`device-${command}`}
              onClick={async () => {
                if (command === 'reset') return onOpen('reset');
                if (await act(care.commandNow(device.device, command), t('care.given', { till }))) onChanged();
              }}
            >
              {t(`care.command.${command}`)}
            </Menu.Item>
          ))}
        <Menu.Item onClick={() => onOpen('end')} data-testid="device-end">
          {t('care.end')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
