import { ActionIcon, Kbd, TextInput } from '@mantine/core';
import { IconCamera, IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, memo, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { isKey } from '../app/keys.ts';
import { useQuietField } from '../ui/use-quiet-field.ts';
import styles from './search-box.module.css';

interface SearchBoxProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Enter: a barcode, or the first product found. */
  readonly onEnter: () => void;
  readonly found: number;
  readonly onCamera: () => void;
}

/** The way to any product; always there, and where typing anywhere goes. */
export const SearchBox = memo(function SearchBox({ ref, value, onChange, onEnter, found, onCamera }: SearchBoxProps) {
  const { t } = useTranslation();
  const quiet = useQuietField('search');
  const press = (event: KeyboardEvent) => {
    if (isKey('first', event)) onEnter();
    if (isKey('clear', event)) onChange('');
    if (isKey('toProducts', event)) focusFirstTile(event);
  };
  return (
    <div className={styles.root}>
      <TextInput
        className={styles.field}
        ref={ref}
        type="search"
        aria-label={t('till.search.label')}
        placeholder={t('till.search.placeholder')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={press}
        leftSection={<IconSearch size={22} aria-hidden="true" />}
        rightSection={
          value === '' ? (
            <Kbd aria-hidden="true" className={styles.key}>
              /
            </Kbd>
          ) : (
            <Clear onClear={() => onChange('')} />
          )
        }
        rightSectionPointerEvents={value === '' ? 'none' : 'all'}
        classNames={{ input: styles.input ?? '' }}
        size="lg"
        autoComplete="off"
        spellCheck={false}
        {...quiet}
        enterKeyHint="search"
        data-search-field
        data-testid="search-input"
      />
      <ActionIcon
        className={styles.camera}
        variant="default"
        aria-label={t('sell.camera.open')}
        title={t('sell.camera.open')}
        onClick={onCamera}
        data-testid="camera-open"
      >
        <IconCamera size={24} aria-hidden="true" />
      </ActionIcon>
      <span className="visually-hidden" role="status">
        {value === '' ? '' : t('till.search.found', { count: found })}
      </span>
    </div>
  );
});

function Clear({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <ActionIcon aria-label={t('till.search.clear')} onClick={onClear}>
      <IconX size={20} />
    </ActionIcon>
  );
}

function focusFirstTile(event: KeyboardEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('[data-product-tile]')?.focus();
}
