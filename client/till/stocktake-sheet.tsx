import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { Sheet } from '../device/stocktakes.ts';
import { StocktakeCount } from './stocktake-count.tsx';
import { StocktakePlaces } from './stocktake-places.tsx';
import { StocktakeResult } from './stocktake-result.tsx';
import styles from './stocktake-screen.module.css';

const PARTS = ['count', 'places', 'result'] as const;

/** One stocktake: counting, its places and notes, and what it asks for. */
export function StocktakeSheet({ sheet, onBack }: { sheet: Sheet; onBack: () => void }) {
  const { t } = useTranslation();
  const { stocktakes } = useDevice();
  const version = useLive(stocktakes.version);
  const [part, setPart] = useState<(typeof PARTS)[number]>(sheet.closed ? 'result' : 'count');
  const results = useLoaded(() => stocktakes.results(sheet.id), `${sheet.id} ${version}`);
  return (
    <div className={styles.root}>
      <header>
        <Button variant="subtle" leftSection={<IconArrowLeft size={20} />} onClick={onBack} data-testid="sheet-back">
          {t('stocktake.back')}
        </Button>
        <h1 className={styles.title}>{sheet.name || t('stocktake.title')}</h1>
        <p className={styles.soft} aria-live="polite" data-testid="count-progress">
          {t('stocktake.progress', { count: results?.length ?? 0 })}
        </p>
      </header>
      <SegmentedControl
        aria-label={t('stocktake.tabs')}
        size="md"
        value={part}
        onChange={(next) => setPart(PARTS.find((one) => one === next) ?? 'count')}
        data={PARTS.map((value) => ({ value, label: t(`stocktake.part.${value}`) }))}
        data-testid="sheet-parts"
      />
      {part === 'count' && <StocktakeCount sheet={sheet} results={results ?? []} />}
      {part === 'places' && <StocktakePlaces sheet={sheet} results={results ?? []} onGone={onBack} />}
      {part === 'result' && <StocktakeResult sheet={sheet} results={results} />}
    </div>
  );
}
