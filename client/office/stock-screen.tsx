import { Switch, UnstyledButton } from '@mantine/core';
import { IconBuildingWarehouse } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { StockExplanation } from '../till/stock-explanation.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { VirtualRows } from '../ui/virtual-rows.tsx';
import { BelowTakers } from './below-takers.tsx';
import styles from './list-screen.module.css';
import { isLow, lowMark } from './low-stock.ts';
import { NextSteps } from './next-steps.tsx';
import { ProductHistoryView } from './product-history.tsx';
import { SearchHead } from './search-head.tsx';
import { SideOrDrawer } from './side-or-drawer.tsx';
import { SilentNotice } from './silent-notice.tsx';
import { StockCauses } from './stock-causes.tsx';
import { StockValueBar } from './stock-value.tsx';
import { useProductSearch } from './use-product-search.ts';

const ROW_HEIGHT = 52;

/** The merged stock of all products, and why each number is what it is. */
export default function StockScreen() {
  const { t } = useTranslation();
  const { catalogue, stock } = useDevice();
  useLive(stock.version);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ProductId | null>(null);
  const [onlyLow, setOnlyLow] = useState(false);
  const found = useProductSearch(text);
  const products = onlyLow ? found.filter((product) => isLow(product, stock.onHand(product.id))) : found;
  const name = chosen === null ? '' : (catalogue.product(chosen)?.name ?? chosen);
  return (
    <div className={styles.root}>
      <SearchHead title={t('office.stock.title')} count={products.length} value={text} onChange={setText}>
        <Switch
          label={t('office.stock.onlyLow')}
          checked={onlyLow}
          onChange={(event) => setOnlyLow(event.currentTarget.checked)}
          data-testid="only-low"
        />
      </SearchHead>
      <div className={styles.notes}>
        <SilentNotice />
        <StockValueBar />
      </div>
      <div className={styles.split}>
        <div className={styles.list}>
          <VirtualRows
            count={products.length}
            rowHeight={ROW_HEIGHT}
            label={t('office.stock.title')}
            keyOf={(index) => products[index]?.id ?? String(index)}
            row={(index) => {
              const product = products[index];
              return (
                product && (
                  <StockRow
                    product={product}
                    onHand={stock.onHand(product.id)}
                    chosen={product.id === chosen}
                    onChoose={setChosen}
                  />
                )
              );
            }}
          />
        </div>
        <SideOrDrawer
          title={name}
          opened={chosen !== null}
          onClose={() => setChosen(null)}
          empty={<EmptyState icon={<IconBuildingWarehouse size={40} />} title={t('office.stock.choose')} />}
        >
          {chosen !== null && (
            <>
              <StockExplanation product={chosen} />
              <StockCauses product={chosen} />
              <BelowTakers product={chosen} />
              <NextSteps product={chosen} />
              <ProductHistoryView key={chosen} product={chosen} />
            </>
          )}
        </SideOrDrawer>
      </div>
    </div>
  );
}

interface StockRowProps {
  readonly product: Product;
  readonly onHand: number;
  readonly chosen: boolean;
  readonly onChoose: (id: ProductId) => void;
}

function StockRow({ product, onHand, chosen, onChoose }: StockRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  // Before the first counters have come, nothing is claimed: no counter is not none left.
  const { ready } = useLive(useDevice().sync.status);
  const coming = onHand === 0 && !ready;
  const mark = coming ? null : lowMark(product, onHand);
  return (
    <UnstyledButton
      className={styles.row}
      aria-current={chosen}
      onClick={() => onChoose(product.id)}
      data-testid="stock-row"
      data-product={product.id}
    >
      <span className={styles.name}>{product.name}</span>
      <span className={`${styles.soft} ${styles.category}`}>{product.category}</span>
      <span className={`${styles.soft} ${styles.number} ${styles.price} num`}>{format.money(product.price)}</span>
      <span className={`${styles.strong} ${mark ? styles.low : ''} num`}>
        <span data-testid="on-hand">{coming ? '–' : format.quantity(onHand, product.unitScale)}</span>
        {mark && <span className={styles.lowMark}>{t(`office.stock.lowMark.${mark}`)}</span>}
      </span>
    </UnstyledButton>
  );
}
