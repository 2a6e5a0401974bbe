import { useTranslation } from 'react-i18next';
import type { DeviceId, ProductId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import styles from './stock-causes.module.css';

/** What made a product's stock: opening, received, sold and the rest, each with the devices that wrote it (STK16). */
export function StockCauses({ product }: { product: ProductId }) {
  const { t } = useTranslation();
  const { movements, stock, catalogue } = useDevice();
  const format = useFormat();
  const tillOf = useTillOf();
  useLive(stock.version);
  const onHand = stock.onHand(product);
  const version = `${useLive(movements.version)} ${product} ${onHand}`;
  const causes = useLoaded(() => movements.causes(product), version);
  if (!causes || causes.length === 0) return null;
  const quantity = (units: number) => format.quantity(units, catalogue.product(product)?.unitScale ?? 1);
  const signed = (units: number) => `${units > 0 ? '+' : ''}${quantity(units)}`;
  return (
    <section aria-label={t('moves.causes.title')} data-testid="stock-causes">
      <h3 className={styles.title}>{t('moves.causes.title')}</h3>
      <dl className={styles.list}>
        {causes.map(({ cause, units, parts }) => (
          <div key={cause} className={styles.row} data-testid="stock-cause" data-cause={cause}>
            <dt>
              {t(`moves.causes.${cause}`)}
              <span className={`${styles.soft} num`}>
                {parts.map((part) => `${tillOf(part.deviceId)} ${signed(part.units)}`).join(' · ')}
              </span>
            </dt>
            <dd className="num">{signed(units)}</dd>
          </div>
        ))}
        <div className={styles.sum}>
          <dt>{t('moves.causes.sum')}</dt>
          <dd className="num">{quantity(onHand)}</dd>
        </div>
      </dl>
    </section>
  );
}

function useTillOf(): (device: DeviceId | null) => string {
  const { t } = useTranslation();
  const { company, identity } = useDevice();
  const devices = useLive(company.devices);
  return (device) => {
    if (device === null) return t('goods.explain.base');
    if (device === identity.deviceId) return identity.till;
    return devices.find((one) => one.device === device)?.till ?? t('shell.unknownTill');
  };
}
