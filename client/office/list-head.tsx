import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './list-screen.module.css';

interface ListHeadProps {
  readonly title: string;
  readonly count: string;
  readonly searchLabel: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly children?: ReactNode;
}

/** The title of a list, how many match, the search, and what can be done with the list. */
export function ListHead({ title, count, searchLabel, value, onChange, children }: ListHeadProps) {
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{title}</h1>
      <span className={`${styles.count} num`} role="status">
        {count}
      </span>
      <TextInput
        className={styles.search ?? ''}
        type="search"
        aria-label={searchLabel}
        placeholder={searchLabel}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        leftSection={<IconSearch size={20} aria-hidden="true" />}
        autoComplete="off"
        spellCheck={false}
        data-testid="list-search"
      />
      {children}
    </header>
  );
}
