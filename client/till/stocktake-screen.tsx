import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { IconClipboardList } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftId } from '../../schema/draft.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { Sheet } from '../device/stocktakes.ts';
import { SHEET_NAME_MAX } from '../drafts/sheet-draft.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import styles from './stocktake-screen.module.css';
import { StocktakeSheet } from './stocktake-sheet.tsx';
import { useSayFault } from './use-say-fault.ts';

/** The stocktakes of this shop, or the one that was chosen. */
export default function StocktakeScreen() {
  const { stocktakes } = useDevice();
  useLive(stocktakes.version);
  const [chosen, setChosen] = useState<DraftId | null>(null);
  const sheets = stocktakes.sheets();
  const sheet = sheets.find(({ id }) => id === chosen);
  if (sheet) return <StocktakeSheet sheet={sheet} onBack={() => setChosen(null)} />;
  return <SheetList sheets={sheets} onChoose={setChosen} />;
}

function SheetList({ sheets, onChoose }: { sheets: readonly Sheet[]; onChoose: (id: DraftId) => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.root}>
      <header>
        <h1 className={styles.title}>{t('stocktake.title')}</h1>
        <p className={styles.soft}>{t('stocktake.help')}</p>
      </header>
      <BeginForm onBegun={onChoose} />
      <div className={styles.card}>
        {sheets.length === 0 ? (
          <EmptyState
            icon={<IconClipboardList size={40} />}
            title={t('stocktake.none')}
            help={t('stocktake.noneHelp')}
          />
        ) : (
          <ul className={styles.list}>
            {sheets.map((sheet) => (
              <SheetRow key={sheet.id} sheet={sheet} onChoose={() => onChoose(sheet.id)} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function SheetRow({ sheet, onChoose }: { sheet: Sheet; onChoose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const people = useLive(useDevice().company.people);
  const { closed } = sheet;
  const person = people.find((one) => one.person === closed?.by)?.name ?? closed?.by ?? '';
  const { stocktakes } = useDevice();
  const version = useLive(stocktakes.version);
  const results = useLoaded(() => stocktakes.results(sheet.id), `${sheet.id} ${version}`);
  const wanting = (results ?? []).filter(({ correction }) => correction !== 0).length;
  return (
    <li className={styles.row}>
      <UnstyledButton className={styles.choice} onClick={onChoose} data-testid="sheet">
        <strong>{sheet.name || t('stocktake.title')}</strong>
        <span className={`${styles.soft} num`}>
          {closed ? t('stocktake.closedBy', { person, date: format.dateTime(closed.at) }) : t('stocktake.open')}
          {results && ` · ${t('stocktake.progress', { count: results.length })}`}
        </span>
        {wanting > 0 && (
          <span className={`${styles.warn} num`} data-testid="sheet-wanting">
            {t('stocktake.wanting', { count: wanting })}
          </span>
        )}
      </UnstyledButton>
    </li>
  );
}

function BeginForm({ onBegun }: { onBegun: (id: DraftId) => void }) {
  const { t } = useTranslation();
  const { stocktakes } = useDevice();
  const sayFault = useSayFault();
  const [name, setName] = useState('');
  const begin = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return sayFault('empty-cart');
    const done = await stocktakes.begin(name);
    if (done.ok) onBegun(done.value);
    else sayFault(done.error);
  };
  return (
    <form className={styles.foot} onSubmit={(event) => void begin(event)} noValidate>
      <TextInput
        label={t('stocktake.name')}
        placeholder={t('stocktake.namePlaceholder')}
        value={name}
        maxLength={SHEET_NAME_MAX}
        onChange={(event) => setName(event.currentTarget.value)}
        size="lg"
        autoComplete="off"
        data-testid="sheet-name"
      />
      <Button type="submit" size="lg" data-testid="sheet-begin">
        {t('stocktake.begin')}
      </Button>
    </form>
  );
}
