import { useTranslation } from 'react-i18next';
import type { Money } from '../../schema/money.ts';
import { qrisWithAmount, readStaticQris } from '../../schema/qris.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import styles from './qris-code.module.css';

/** '' where the library did not come before the line went: then the printed code at the counter serves. */
async function drawCode(text: string): Promise<string> {
  const drawing = await import('qrcode').catch(() => null);
  return drawing === null ? '' : drawing.toString(text, { type: 'svg', margin: 2 });
}

/** The shop's QRIS with the amount in it, made here and now; where there is none, the printed one at the counter serves. */
export function QrisCode({ amount, reference }: { amount: Money; reference: string }) {
  const { t } = useTranslation();
  const { currency } = useFormat();
  const text = useLive(useDevice().company.branch)?.qris ?? '';
  const code = qrisWithAmount(text, { amount, currency, reference });
  const shop = readStaticQris(text);
  const image = useLoaded(async () => (code.ok ? drawCode(code.value) : ''), code.ok ? code.value : '');
  if (!code.ok || !shop.ok)
    return (
      <p className={styles.none} role="alert" data-testid="qris-none">
        {text === ''
          ? t('pay.qrisMissing')
          : t('pay.qrisBad', { why: t(`pay.qrisFault.${code.ok ? 'not-emv' : code.error}`) })}
      </p>
    );
  return (
    <figure className={styles.root}>
      {image && (
        <img
          className={styles.code}
          src={`data:image/svg+xml,${encodeURIComponent(image)}`}
          alt={t('pay.qrisCode')}
          data-testid="qris-code"
          data-text={code.value}
        />
      )}
      <figcaption className={styles.caption}>
        <strong>{shop.value.merchant}</strong>
        <span className="num">{reference}</span>
      </figcaption>
    </figure>
  );
}
