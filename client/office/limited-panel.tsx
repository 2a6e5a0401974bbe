import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SharesView } from '../../schema/protocol/shares.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { Panel } from '../ui/panel.tsx';
import { AwaitedNotice } from './awaited-notice.tsx';
import { LimitedProduct } from './limited-product.tsx';
import styles from './limits-screen.module.css';

/** Who holds what of limited products, as the server says; asked again whenever shares move or somebody presses. */
export function LimitedPanel() {
  const { t } = useTranslation();
  const { shares, sync } = useDevice();
  const { connection } = useLive(sync.status);
  const moved = useLive(shares.version);
  const [asked, setAsked] = useState(0);
  const again = () => setAsked((times) => times + 1);
  const seen = useLoaded(() => shares.lookNow(), `${moved} ${asked} ${connection}`);
  const aside = (
    <Button variant="default" size="compact-md" onClick={again} data-testid="shares-again">
      {t('shares.page.again')}
    </Button>
  );
  return (
    <Panel title={t('shares.limited.title')} aside={aside} testId="limited">
      <p className={styles.soft}>{t('shares.page.help')}</p>
      {seen === undefined && <p className={styles.soft}>{t('shares.page.reading')}</p>}
      {seen?.ok === false && (
        <p className={styles.soft}>{t(seen.error === 'not-allowed' ? 'shares.page.refused' : 'shares.page.offline')}</p>
      )}
      {seen?.ok && <Seen view={seen.value} onChanged={again} />}
    </Panel>
  );
}

function Seen({ view: { awaited, products }, onChanged }: { view: SharesView; onChanged: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      {awaited.length > 0 && <AwaitedNotice awaited={awaited} onChanged={onChanged} />}
      {products.length === 0 && <p className={styles.soft}>{t('shares.limited.none')}</p>}
      {products.map((product) => (
        <LimitedProduct key={product.productId} product={product} onChanged={onChanged} />
      ))}
    </>
  );
}
