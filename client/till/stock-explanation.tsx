import { useTranslation } from 'react-i18next';
import type { DeviceId, ProductId } from '../../schema/ids.ts';
import type { OnHand, OnHandPart } from '../../schema/stock/on-hand.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import table from '../ui/table.module.css';
import { ShareLeft } from './share-left.tsx';
import styles from './stock-explanation.module.css';

/** How often ages are drawn again. */
const AGE_REFRESH_MS = 5_000;

/** The sum, till by till: what came in, what went out, the last entry counted, and who has not been heard from. */
export function StockExplanation({ product }: { product: ProductId }) {
  const { t } = useTranslation();
  const { stock, catalogue } = useDevice();
  const format = useFormat();
  useLive(stock.version);
  const explained = stock.explain(product);
  const scale = catalogue.product(product)?.unitScale ?? 1;
  const untouched = !explained.parts.some(hasMoved) && explained.base === 0;
  const quantity = (amount: number) => format.quantity(amount, scale);
  return (
    <div className={styles.root} data-testid="stock-explanation">
      <Headline quantity={quantity(explained.onHand)} />
      <ShareLeft product={product} />
      <p className={styles.formula}>{t(untouched ? 'goods.explain.none' : 'goods.explain.formula')}</p>
      {!untouched && <PartsTable explained={explained} quantity={quantity} />}
    </div>
  );
}

/** A counter that moved nothing explains nothing: what its device did counts elsewhere, in the base most often. */
const hasMoved = (part: OnHandPart) => part.in > 0 || part.out > 0;

function PartsTable({ explained, quantity }: { explained: OnHand; quantity: (amount: number) => string }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={table.wrap} tabIndex={0} aria-label={t('goods.explain.formula')}>
      <table className={`${table.table} ${table.inset}`}>
        <thead>
          <tr>
            <th scope="col">{t('goods.explain.till')}</th>
            <th scope="col" className={table.number}>
              {t('goods.explain.in')}
            </th>
            <th scope="col" className={table.number}>
              {t('goods.explain.out')}
            </th>
            <th scope="col" className={`${table.number} ${styles.roomy}`}>
              {t('goods.explain.sum')}
            </th>
            <th scope="col" className={table.number}>
              {t('goods.explain.entry')}
            </th>
            <th scope="col">{t('goods.explain.heard')}</th>
          </tr>
        </thead>
        <tbody>
          {explained.base !== 0 && <BaseRow sum={quantity(explained.base)} />}
          {explained.parts.filter(hasMoved).map((part) => (
            <PartRow key={part.deviceId} part={part} quantity={quantity} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** `12 on hand`, or `12, without K3 for 2 h`. */
function Headline({ quantity }: { quantity: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const silent = useLive(useDevice().office.silent);
  const tills = silent.map(({ device, silentMs }) =>
    silentMs === null
      ? t('goods.explain.withoutNever', { till: device.till })
      : t('goods.explain.without', { till: device.till, age: format.length(silentMs) }),
  );
  const text =
    tills.length === 0
      ? t('goods.explain.headline', { quantity })
      : t('goods.explain.headlineSilent', { quantity, tills: tills.join(', ') });
  return (
    <p className={`${styles.headline} num`} data-testid="stock-headline">
      {text}
    </p>
  );
}

function BaseRow({ sum }: { sum: string }) {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="row">{t('goods.explain.base')}</th>
      <td colSpan={2} className={table.number}>
        {sum}
      </td>
      <td className={styles.roomy} />
      <td />
      <td />
    </tr>
  );
}

function PartRow({ part, quantity }: { part: OnHandPart; quantity: (amount: number) => string }) {
  const { t } = useTranslation();
  const { identity, company } = useDevice();
  const devices = useLive(company.devices);
  const till =
    devices.find((one) => one.device === part.deviceId)?.till ??
    (part.deviceId === identity.deviceId ? identity.till : t('shell.unknownTill'));
  return (
    <tr data-testid="stock-part" data-till={till}>
      <th scope="row">
        {till}
        {part.deviceId === identity.deviceId && <span className={styles.own}>{t('goods.explain.own')}</span>}
        {part.uncovered !== 0 && (
          <span className={styles.uncovered}>
            {t('goods.explain.uncovered', { quantity: quantity(part.uncovered) })}
          </span>
        )}
      </th>
      <td className={table.number}>{quantity(part.in)}</td>
      <td className={table.number}>{quantity(part.out)}</td>
      <td className={`${table.number} ${styles.roomy}`}>{quantity(part.in - part.out)}</td>
      <td className={table.number}>{part.seq}</td>
      <td>
        <Heard device={part.deviceId} />
      </td>
    </tr>
  );
}

function Heard({ device }: { device: DeviceId }) {
  const { t } = useTranslation();
  const { identity, company, office } = useDevice();
  const format = useFormat();
  const now = useNow(AGE_REFRESH_MS);
  const live = useLive(office.live);
  const heardAt = useLive(company.devices).find((one) => one.device === device)?.heardAt ?? null;
  if (device === identity.deviceId || live.includes(device)) return t('goods.explain.liveNow');
  return heardAt === null ? t('goods.explain.never') : t('goods.explain.ago', { age: format.age(now - heardAt) });
}
