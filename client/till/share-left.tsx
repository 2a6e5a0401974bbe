import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import styles from './share-left.module.css';

/** Of a limited product: what this till may sell without asking, and a way to ask for more. Nothing of any other. */
export function ShareLeft({ product }: { product: ProductId }) {
  const { t } = useTranslation();
  const { shares, catalogue } = useDevice();
  const format = useFormat();
  useLive(shares.version);
  const left = shares.left(product);
  if (left === null) return null;
  const scale = catalogue.product(product)?.unitScale ?? 1;
  return (
    <div className={styles.root} data-testid="share-left">
      <p className={`${styles.left} num`}>{t('shares.explain', { quantity: format.quantity(left, scale) })}</p>
      <p className={styles.help}>{t('shares.explainHelp')}</p>
      <AskForMore product={product} left={left} scale={scale} />
    </div>
  );
}

/** Asks for one unit more than is held; the server gives this till its whole part where it can. */
function AskForMore({ product, left, scale }: { product: ProductId; left: number; scale: number }) {
  const { t } = useTranslation();
  const { shares } = useDevice();
  const format = useFormat();
  const [said, setSaid] = useState('');
  const [asking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    const answer = await shares.askNow(product, left + scale);
    setAsking(false);
    const quantity = format.quantity(shares.left(product) ?? 0, scale);
    setSaid(answer.ok ? t('shares.got', { quantity }) : t(`shares.fault.${answer.error}`));
  };
  return (
    <div className={styles.ask}>
      <Button variant="default" loading={asking} onClick={() => void ask()} data-testid="share-ask">
        {t('shares.ask')}
      </Button>
      <span role="status" className={styles.help} data-testid="share-said">
        {asking ? t('shares.asking') : said}
      </span>
    </div>
  );
}
