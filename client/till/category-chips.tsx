import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import styles from './category-chips.module.css';
import { FAVOURITES } from './use-found.ts';

/** The favourites, and one chip per category; a second press takes the choice away. */
export const CategoryChips = memo(function CategoryChips({
  value,
  onChange,
}: {
  value: string;
  onChange: (category: string) => void;
}) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  useLive(catalogue.version);
  const categories = catalogue.categories().filter(({ category }) => category !== '');
  if (categories.length === 0) return <div />;
  return (
    <fieldset className={styles.scroller}>
      <legend className="visually-hidden">{t('till.category.label')}</legend>
      <Chip
        text={`${FAVOURITES} ${t('sell.favourites.chip')}`}
        pressed={value === FAVOURITES}
        onPress={() => onChange(value === FAVOURITES ? '' : FAVOURITES)}
      />
      <Chip text={t('till.category.all')} pressed={value === ''} onPress={() => onChange('')} />
      {categories.map(({ category }) => (
        <Chip
          key={category}
          text={category}
          pressed={value === category}
          onPress={() => onChange(value === category ? '' : category)}
        />
      ))}
    </fieldset>
  );
});

function Chip({ text, pressed, onPress }: { text: string; pressed: boolean; onPress: () => void }) {
  return (
    <button type="button" className={styles.chip} aria-pressed={pressed} onClick={onPress}>
      {text}
    </button>
  );
}
