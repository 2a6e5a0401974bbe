import { TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { isKey } from '../app/keys.ts';
import { useFormat } from '../app/use-format.ts';
import styles from './product-picker.module.css';

/** More than this nobody reads; another letter finds sooner. */
const CHOICES_MAX = 8;

/** Finds one product by name or barcode and hands it on. Enter takes the first. */
export function ProductPicker({ onPick, focused = false }: { onPick: (product: Product) => void; focused?: boolean }) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const format = useFormat();
  const [text, setText] = useState('');
  const wanted = text.trim();
  const exact = catalogue.byBarcode(wanted);
  const found = wanted === '' ? [] : exact ? [exact] : catalogue.search(wanted, { category: '', limit: CHOICES_MAX });
  const pick = (product: Product) => {
    onPick(product);
    setText('');
  };
  const press = (event: KeyboardEvent) => {
    if (isKey('clear', event)) setText('');
    if (!isKey('take', event)) return;
    event.preventDefault();
    if (found[0]) pick(found[0]);
  };
  return (
    <div className={styles.root}>
      <TextInput
        label={t('goods.pick.label')}
        placeholder={t('goods.pick.placeholder')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={press}
        leftSection={<IconSearch size={20} aria-hidden="true" />}
        size="lg"
        autoComplete="off"
        spellCheck={false}
        // Where somebody just asked for goods, typing finds them.
        autoFocus={focused}
        data-search-field
        data-testid="pick-input"
      />
      {wanted !== '' && (
        <ul className={styles.list} aria-label={t('goods.pick.label')}>
          {found.map((product) => (
            <li key={product.id}>
              <UnstyledButton className={styles.choice} onClick={() => pick(product)} data-testid="pick-choice">
                <span>{product.name}</span>
                <span className={`${styles.price} num`}>{format.money(product.price)}</span>
              </UnstyledButton>
            </li>
          ))}
          {found.length === 0 && <li className={styles.none}>{t('goods.pick.none')}</li>}
        </ul>
      )}
    </div>
  );
}
