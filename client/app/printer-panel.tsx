import { Button, Switch } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrinterKind } from '../device/printing.ts';
import { Panel } from '../ui/panel.tsx';
import { useDevice } from './contexts.ts';
import styles from './sync-screen.module.css';
import { useLive } from './use-live.ts';

/** The printer of this device: found in the browser's list, tried, given up; or the browser's own printing. */
export function PrinterPanel() {
  const { t } = useTranslation();
  const { printing } = useDevice();
  const settings = useLive(printing.settings);
  const { printer, auto, drawer } = settings;
  return (
    <Panel title={t('printing.printer')} testId="printer">
      <div className={styles.stack}>
        <p className={styles.soft} data-testid="printer-name">
          <IconPrinter size={18} aria-hidden="true" />{' '}
          {printer ? t('printing.chosen', { name: printer.name }) : t('printing.browser')}
        </p>
        {!printer && <p className={styles.soft}>{t('printing.browserHelp')}</p>}
        <PairButtons />
        <Button variant="default" onClick={() => void printing.printTest()} data-testid="print-test">
          {t('printing.test')}
        </Button>
        <Switch
          checked={auto}
          onChange={(event) => void printing.save({ ...settings, auto: event.currentTarget.checked })}
          label={t('printing.auto')}
          {...(printer ? {} : { description: t('printing.autoHelp') })}
          data-testid="print-auto"
        />
        {printer && (
          <Switch
            checked={drawer}
            onChange={(event) => void printing.save({ ...settings, drawer: event.currentTarget.checked })}
            label={t('printing.drawer')}
            description={t('printing.drawerHelp')}
            data-testid="print-drawer"
          />
        )}
      </div>
    </Panel>
  );
}

function PairButtons() {
  const { t } = useTranslation();
  const { printing } = useDevice();
  const { printer } = useLive(printing.settings);
  const [none, setNone] = useState(false);
  const pair = async (kind: PrinterKind) => setNone((await printing.pair(kind)) === null);
  if (printer) {
    return (
      <Button variant="default" onClick={() => void printing.unpair()} data-testid="unpair">
        {t('printing.unpair')}
      </Button>
    );
  }
  if (printing.kinds.length === 0) {
    return (
      <p className={styles.warn} data-testid="no-printers">
        {t('printing.unsupported')}
      </p>
    );
  }
  return (
    <>
      <div className={styles.buttons}>
        {printing.kinds.map((kind) => (
          <Button key={kind} onClick={() => void pair(kind)} data-testid={`pair-${kind}`}>
            {t(`printing.pair.${kind}`)}
          </Button>
        ))}
      </div>
      {none && (
        <p className={styles.warn} role="status">
          {t('printing.none')}
        </p>
      )}
    </>
  );
}
