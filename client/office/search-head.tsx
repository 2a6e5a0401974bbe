import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';
import styles from './list-screen.module.css';

interface SearchHeadProps {
  readonly title: string;
  readonly count: number;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly children?: ReactNode;
}

/** The title of a list of products, how many match, and the search. */
export function SearchHead({ title, count, value, onChange, children }: SearchHeadProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{title}</h1>
      <span className={`${styles.count} num`} role="status">
        {t('office.stock.count', { count, formatted: format.count(count) })}
      </span>
      <TextInput
        className={styles.search ?? ''}
        type="search"
        aria-label={t('office.stock.search')}
        placeholder={t('till.search.placeholder')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        leftSection={<IconSearch size={20} aria-hidden="true" />}
        autoComplete="off"
        spellCheck={false}
        data-testid="office-search"
      />
      {children}
    </header>
  );
}
