import { UnstyledButton } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { mayDevice } from '../../schema/roles.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { VirtualRows } from '../ui/virtual-rows.tsx';
import { EditList } from './edit-list.tsx';
import { EditStateMark } from './edit-state-mark.tsx';
import styles from './list-screen.module.css';
import { ProductEditor } from './product-editor.tsx';
import { SearchHead } from './search-head.tsx';
import { SideOrDrawer } from './side-or-drawer.tsx';
import { useEditStates } from './use-edit-states.ts';
import { useProductSearch } from './use-product-search.ts';

const ROW_HEIGHT = 52;

/** Names, prices and barcodes; a change is an edit that the server merges. */
export default function ProductsScreen() {
  const { t } = useTranslation();
  const { catalogue, identity } = useDevice();
  useLive(catalogue.version);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ProductId | null>(null);
  const products = useProductSearch(text);
  const product = chosen === null ? undefined : catalogue.product(chosen);
  const mayEdit = mayDevice(identity.role, 'push', 'edits');
  return (
    <div className={styles.root}>
      <SearchHead title={t('office.products.title')} count={products.length} value={text} onChange={setText} />
      <div>{!mayEdit && t('office.products.managersOnly')}</div>
      <div className={styles.split}>
        <div className={styles.list}>
          <VirtualRows
            count={products.length}
            rowHeight={ROW_HEIGHT}
            label={t('office.products.title')}
            keyOf={(index) => products[index]?.id ?? String(index)}
            row={(index) =>
              products[index] && (
                <ProductRow product={products[index]} chosen={products[index].id === chosen} onChoose={setChosen} />
              )
            }
          />
        </div>
        <SideOrDrawer
          title={product?.name ?? ''}
          opened={product !== undefined}
          onClose={() => setChosen(null)}
          empty={
            <>
              <EmptyState icon={<IconTag size={40} />} title={t('office.products.choose')} />
              <EditList />
            </>
          }
        >
          {product && (
            <ProductEditor
              key={`${product.id} ${product.rev.epoch} ${product.rev.n}`}
              product={product}
              mayEdit={mayEdit}
            />
          )}
          <EditList {...(product ? { product: product.id } : {})} />
        </SideOrDrawer>
      </div>
    </div>
  );
}

function ProductRow({
  product,
  chosen,
  onChoose,
}: {
  product: Product;
  chosen: boolean;
  onChoose: (id: ProductId) => void;
}) {
  const format = useFormat();
  const state = useEditStates().get(product.id);
  return (
    <UnstyledButton
      className={styles.row}
      aria-current={chosen}
      onClick={() => onChoose(product.id)}
      data-testid="product-row"
      data-product={product.id}
    >
      <span className={styles.name}>{product.name}</span>
      <span className={`${styles.soft} ${styles.category} num`}>{product.barcodes[0] ?? ''}</span>
      <span className={`${styles.strong} num`}>{format.money(product.price)}</span>
      <span className={styles.price}>{state && <EditStateMark state={state} brief />}</span>
    </UnstyledButton>
  );
}
