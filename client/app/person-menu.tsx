import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDevice } from './contexts.ts';
import styles from './person-menu.module.css';
import { useLive } from './use-live.ts';

/** Who is at this device now, and the switch to somebody else. */
export function PersonMenu() {
  const { t } = useTranslation();
  const { company, active: activeLive } = useDevice();
  const active = useLive(activeLive);
  const people = useLive(company.people).filter((person) => person.active);
  const person = useLive(company.person);
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          className={styles.target}
          leftSection={<IconUser size={20} aria-hidden="true" />}
          rightSection={<IconChevronDown size={16} aria-hidden="true" />}
          aria-label={`${t('shell.person.change')}: ${person?.name ?? t('shell.person.none')}`}
          data-testid="person"
        >
          <span className={styles.name}>{person?.name ?? t('shell.person.none')}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.person.choose')}</Menu.Label>
        {people.map((one) => (
          <Menu.Item
            key={one.person}
            className={styles.item}
            disabled={!active}
            rightSection={one.person === person?.person ? <IconCheck size={18} aria-hidden="true" /> : null}
            onClick={() => void company.choosePerson(one.person)}
          >
            {one.name}
            <span className={styles.role}>{t(`shell.person.role_${one.role}`)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
