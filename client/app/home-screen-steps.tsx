import { List } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** How an app comes to the Home Screen of an iPhone or iPad, and what follows then. */
export function HomeScreenSteps({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <List type="ordered" spacing="sm">
      <List.Item>{t('abilities.home.step1')}</List.Item>
      <List.Item>{t('abilities.home.step2')}</List.Item>
      <List.Item>{t('abilities.home.step3')}</List.Item>
      {children}
    </List>
  );
}
