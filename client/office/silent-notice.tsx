import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import styles from './silent-notice.module.css';

/** Names the tills not heard from, wherever figures are shown that lack what they sold. */
export function SilentNotice() {
  const { t } = useTranslation();
  const format = useFormat();
  const silent = useLive(useDevice().office.silent);
  if (silent.length === 0) return null;
  return (
    <aside className={styles.root} aria-label={t('office.silent.title')} data-testid="silent">
      <IconPlugConnectedX size={22} aria-hidden="true" />
      <div>
        <ul className={styles.list}>
          {silent.map(({ device, silentMs }) => (
            <li key={device.device}>
              {silentMs === null
                ? t('office.silent.never', { till: device.till })
                : t('office.silent.one', { till: device.till, age: format.length(silentMs) })}
            </li>
          ))}
        </ul>
        <p className={styles.help}>{t('office.silent.help')}</p>
      </div>
    </aside>
  );
}
