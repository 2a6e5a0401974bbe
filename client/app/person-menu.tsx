import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDevice } from './contexts.ts';
import { PersonDialog } from './later-parts.tsx';
import menu from './person-menu.module.css';
import { useLive } from './use-live.ts';

/** Who is at this device now; a tap shows who else may be, a second one asks for their PIN. */
export function PersonMenu() {
  const { t } = useTranslation();
  const { company, active } = useDevice();
  const mayWrite = useLive(active);
  const person = useLive(company.person);
  const [opened, acts] = useDisclosure(false);
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        className={menu.target}
        leftSection={<IconUser size={20} aria-hidden="true" />}
        rightSection={<IconChevronDown size={16} aria-hidden="true" />}
        aria-label={`${t('shell.person.change')}: ${person?.name ?? t('shell.person.none')}`}
        disabled={!mayWrite}
        onClick={acts.open}
        data-testid="person"
      >
        <span className={menu.name}>{person?.name ?? t('shell.person.none')}</span>
      </Button>
      <PersonDialog opened={opened} onClose={acts.close} />
    </>
  );
}
