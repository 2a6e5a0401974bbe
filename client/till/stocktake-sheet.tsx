import { Button, Tabs } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { Sheet } from '../device/stocktakes.ts';
import { StocktakeCount } from './stocktake-count.tsx';
import { StocktakePlaces } from './stocktake-places.tsx';
import { StocktakeResult } from './stocktake-result.tsx';
import styles from './stocktake-screen.module.css';

/** One stocktake: counting, its places and notes, and what it asks for. */
export function StocktakeSheet({ sheet, onBack }: { sheet: Sheet; onBack: () => void }) {
  const { t } = useTranslation();
  const { stocktakes } = useDevice();
  const version = useLive(stocktakes.version);
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
      <Tabs defaultValue={sheet.closed ? 'result' : 'count'}>
        <Tabs.List aria-label={t('stocktake.tabs')}>
          <Tabs.Tab value="count">{t('stocktake.tabCount')}</Tabs.Tab>
          <Tabs.Tab value="places">{t('stocktake.tabPlaces')}</Tabs.Tab>
          <Tabs.Tab value="result" data-testid="tab-result">
            {t('stocktake.tabResult')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="count" pt="md">
          <StocktakeCount sheet={sheet} results={results ?? []} />
        </Tabs.Panel>
        <Tabs.Panel value="places" pt="md">
          <StocktakePlaces sheet={sheet} onGone={onBack} />
        </Tabs.Panel>
        <Tabs.Panel value="result" pt="md">
          <StocktakeResult sheet={sheet} results={results} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
