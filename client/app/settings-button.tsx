import { ActionIcon, type ActionIconProps } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** The settings' sign; what a menu says of its button comes along. */
export function SettingsButton(props: ActionIconProps & { readonly onClick?: () => void }) {
  const { t } = useTranslation();
  return (
    <ActionIcon aria-label={t('shell.menu.label')} data-testid="settings-menu" {...props}>
      <IconSettings size={22} />
    </ActionIcon>
  );
}
