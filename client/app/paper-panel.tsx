import { SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../schema/protocol/error.ts';
import { layOutReceipt, PAPER_COLUMNS, type PaperWidth } from '../../schema/receipt-layout.ts';
import type { PrintableEntry } from '../../schema/receipt-print.ts';
import { LANGUAGE_NAMES } from '../i18n/language.ts';
import { Panel } from '../ui/panel.tsx';
import { useDevice } from './contexts.ts';
import styles from './paper-panel.module.css';
import { useLive } from './use-live.ts';
import { useLoaded } from './use-loaded.ts';

const WIDTHS = Object.keys(PAPER_COLUMNS) as `${PaperWidth}`[];
/** Own entries looked through for a receipt to show. */
const RECENT_MAX = 20;

/** Paper and language, and the last receipt as it would come out. */
export function PaperPanel() {
  const { t } = useTranslation();
  const { printing } = useDevice();
  const settings = useLive(printing.settings);
  const [paperLabel, languageLabel] = [useId(), useId()];
  return (
    <Panel title={t('printing.paper')} testId="paper">
      <div className={styles.stack}>
        <SegmentedControl
          aria-label={t('printing.paper')}
          value={String(settings.paper)}
          onChange={(value) => void printing.save({ ...settings, paper: Number(value) as PaperWidth })}
          data={WIDTHS.map((value) => ({ value, label: `${value} mm` }))}
          id={paperLabel}
          data-testid="paper-width"
          fullWidth
        />
        <span id={`${languageLabel}-text`}>{t('printing.language')}</span>
        <SegmentedControl
          aria-labelledby={`${languageLabel}-text`}
          value={settings.language}
          onChange={(value) => void printing.save({ ...settings, language: value as (typeof LANGUAGES)[number] })}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          data-testid="paper-language"
          fullWidth
        />
        <Preview />
      </div>
    </Panel>
  );
}

function Preview() {
  const { t } = useTranslation();
  const { printing, till } = useDevice();
  const { paper, language } = useLive(printing.settings);
  const recent = useLoaded(() => till.recent(RECENT_MAX), useLive(till.version));
  const entry = recent?.find(({ kind }) => kind === 'sale' || kind === 'refund') as PrintableEntry | undefined;
  if (!entry) return null;
  const lines = layOutReceipt(printing.blocks(entry, language), PAPER_COLUMNS[paper]);
  const text = lines.map((line) => (line.kind === 'text' ? line.text : `[${line.code}]`)).join('\n');
  return (
    <>
      <span>{t('printing.preview')}</span>
      <pre className={styles.preview} data-testid="paper-preview">
        {text}
      </pre>
    </>
  );
}
