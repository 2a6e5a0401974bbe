import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import type { Inspection } from '../device/device.ts';
import { Panel } from '../ui/panel.tsx';
import styles from './inspector-screen.module.css';

/** Lines on the screen; the ring buffer holds more. */
const LINES_SHOWN_MAX = 200;

/** What the sync did, newest first, and the last thing that went wrong. */
export function LogPanel({ inspection }: { inspection: Inspection | null }) {
  const { t } = useTranslation();
  const { sync } = useDevice();
  const format = useFormat();
  const lines = useLive(sync.log).slice(-LINES_SHOWN_MAX).reverse();
  const lastError = inspection?.lastError ?? null;
  return (
    <Panel title={t('inspector.log')} flush>
      <p className={lastError ? styles.error : styles.text} data-testid="last-error">
        {lastError
          ? `${t('inspector.lastError')}: ${format.clock(lastError.at)} ${lastError.text}`
          : t('inspector.noError')}
      </p>
      {lines.length === 0 && <p className={styles.text}>{t('inspector.logNone')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard. */}
      <ol className={styles.log} tabIndex={0} aria-label={t('inspector.log')}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: counted from the oldest line, so a line keeps its key.
          <li key={`${line.at} ${lines.length - index}`}>
            <span className={`${styles.when} num`}>{format.clock(line.at)}</span>
            <span>{line.what}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
