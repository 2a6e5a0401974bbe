import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isUnguarded } from '../device/unguarded.ts';
import { useDevice } from './contexts.ts';
import { useLive } from './use-live.ts';

/** At the door and in the office: anybody can sign in as a manager here. */
export function UnguardedNotice() {
  const { t } = useTranslation();
  const { people, company } = useDevice();
  const all = useLive(people.all);
  if (!isUnguarded(all, useLive(company.settings))) return null;
  return (
    <Alert variant="outline" icon={<IconAlertTriangle aria-hidden="true" />} mb="md" data-testid="unguarded">
      {t('people.unguarded')}
    </Alert>
  );
}
