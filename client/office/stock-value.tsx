import { Button, Loader } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCoins } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Money } from '../../schema/money.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { StockValue } from '../device/movements.ts';
import table from '../ui/table.module.css';
import styles from './stock-value.module.css';

/** Products of unknown cost that are named; the rest is counted. */
const NAMED_MAX = 5;

/** What the stock of this branch cost, where somebody asks: the first time the whole branch journal is read for it. */
export function StockValueBar() {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-md"
        leftSection={<IconCoins size={18} aria-hidden="true" />}
        onClick={toggle}
        aria-expanded={opened}
        data-testid="stock-value-more"
      >
        {t('moves.value.title')}
      </Button>
      {opened && <Value />}
    </div>
  );
}

/** Together and by category, and of which products nobody knows. */
function Value() {
  const { t } = useTranslation();
  const { movements, stock } = useDevice();
  const format = useFormat();
  const version = `${useLive(movements.version)} ${useLive(stock.version)}`;
  const value = useLoaded(() => movements.value(), version);
  if (value === undefined)
    return (
      <p className={styles.soft}>
        <Loader size="sm" /> {t('moves.reading')}
      </p>
    );
  const isKnown = value.total > 0;
  return (
    <section className={styles.root} aria-label={t('moves.value.title')} data-testid="stock-value">
      <div className={styles.head}>
        <span>
          {isKnown ? (
            <strong className="num" data-testid="stock-value-total">
              {format.money(value.total as Money)}
            </strong>
          ) : (
            t('moves.value.none')
          )}
        </span>
        {value.unknown.length > 0 && (
          <span className={styles.soft}>
            {t('moves.value.unknown', { count: value.unknown.length, formatted: format.count(value.unknown.length) })}
          </span>
        )}
      </div>
      <Categories value={value} />
    </section>
  );
}

function Categories({ value: { categories, unknown, total } }: { value: StockValue }) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const format = useFormat();
  const names = unknown.slice(0, NAMED_MAX).map((id) => catalogue.product(id)?.name ?? id);
  return (
    <>
      <p className={styles.soft}>{t('moves.value.help')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('moves.value.category')}>
        <table className={`${table.table} ${table.inset}`}>
          <thead>
            <tr>
              <th scope="col">{t('moves.value.category')}</th>
              <th scope="col" className={table.number}>
                {t('moves.value.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {categories.map(({ category, value, unknown: without }) => (
              <tr key={category}>
                <th scope="row">
                  {category}
                  {without > 0 && (
                    <span className={styles.soft}>
                      {' '}
                      {t('moves.value.without', { formatted: format.count(without) })}
                    </span>
                  )}
                </th>
                <td className={table.number}>{format.money(value as Money)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('moves.value.total')}</th>
              <td className={table.number}>{format.money(total as Money)}</td>
            </tr>
          </tbody>
        </table>
      </section>
      {names.length > 0 && <p className={styles.soft}>{t('moves.value.unknownHelp', { names: names.join(', ') })}</p>}
    </>
  );
}
