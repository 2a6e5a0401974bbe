import { IconBuildingStore } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeps, useDevice } from './contexts.ts';
import { useSay } from './messages.tsx';
import styles from './status-bar.module.css';
import { useLive, useLiveSoon } from './use-live.ts';

/** Long enough to read a receipt number, in milliseconds. */
const SHOWN_MS = 8_000;

/** The newest sale of another till, for a moment, in the status bar: it never covers anything, and no reader interrupts itself for it. */
export function StatusNews() {
  const { t } = useTranslation();
  const { clock } = useDeps();
  const { news } = useDevice();
  const sale = useLiveSoon(news.elsewhere);
  const wanted = useLive(news.wantsElsewhere);
  const [over, setOver] = useState(sale?.id);
  useEffect(() => (sale ? clock.every(SHOWN_MS, () => setOver(sale.id)) : undefined), [sale, clock]);
  useHomecoming();
  if (sale === null || !wanted || over === sale.id) return null;
  return (
    <span className={styles.news} data-testid="news">
      <IconBuildingStore size={18} aria-hidden="true" />
      <span className="num">
        {t('state.elsewhere', { till: sale.till ?? t('shell.unknownTill'), receipt: sale.receipt })}
      </span>
    </span>
  );
}

/** Says once what the server took after this device came back. */
function useHomecoming(): void {
  const { t } = useTranslation();
  const say = useSay();
  const { news } = useDevice();
  const home = useLiveSoon(news.homecoming);
  const [said, setSaid] = useState(home);
  useEffect(() => {
    if (home === null || home === said) return;
    setSaid(home);
    say({ tone: 'info', text: t('state.homecoming', { count: home.sales }) });
  }, [home, said, say, t]);
}
