import { Button, Checkbox, Group, Switch, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { VirtualRows } from '../ui/virtual-rows.tsx';
import { BulkPanel } from './bulk-panel.tsx';
import { contentKey } from './content-key.ts';
import { EditList } from './edit-list.tsx';
import { EditStateMark } from './edit-state-mark.tsx';
import styles from './list-screen.module.css';
import { ProductEditor } from './product-editor.tsx';
import { ProductsMenu } from './products-menu.tsx';
import { SearchHead } from './search-head.tsx';
import { NARROW, SideOrDrawer } from './side-or-drawer.tsx';
import { useMayEdit } from './use-edit-company.ts';
import { useEditStates } from './use-edit-states.ts';
import { useListedProducts } from './use-listed-products.ts';

const ROW_HEIGHT = 52;

/** What the side of the list shows: one product, one that is to be made, or a change of many. */
type Side = { readonly what: 'product'; readonly id: ProductId } | { readonly what: 'new' | 'bulk' } | null;

/** Products and their fields; a change is an edit that the server merges. */
export default function ProductsScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { catalogue } = useDevice();
  useLive(catalogue.version);
  const [text, setText] = useState('');
  const [withOff, setWithOff] = useState(false);
  const [side, setSide] = useState<Side>(null);
  const [picked, setPicked] = useState<ReadonlySet<ProductId>>(new Set());
  const products = useListedProducts(text, withOff);
  const mayEdit = useMayEdit();
  const product = side?.what === 'product' ? catalogue.edited(side.id) : undefined;
  const isBulk = side?.what === 'bulk';
  // On a phone the list is behind the drawer: products are picked first.
  const narrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const [bulkOpen, setBulkOpen] = useState(false);
  const choose = (id: ProductId) => {
    if (isBulk) setPicked(toggled(picked, id));
    else setSide({ what: 'product', id });
  };
  const endBulk = () => {
    setPicked(new Set());
    setBulkOpen(false);
    setSide(null);
  };
  const title = { product: product?.name ?? '', new: t('catalogue.add'), bulk: t('catalogue.bulk.title') };
  return (
    <div className={styles.root}>
      <SearchHead title={t('office.products.title')} count={products.length} value={text} onChange={setText}>
        <ProductsMenu
          mayEdit={mayEdit}
          onAdd={() => setSide({ what: 'new' })}
          onBulk={() => setSide({ what: 'bulk' })}
        />
      </SearchHead>
      <Group gap="md">
        <Switch
          label={t('catalogue.showOff')}
          checked={withOff}
          onChange={(event) => setWithOff(event.currentTarget.checked)}
        />
        {isBulk && (
          <>
            <Button
              variant="default"
              onClick={() => setPicked(new Set(products.map(({ id }) => id)))}
              data-testid="bulk-all"
            >
              {t('catalogue.bulk.all')}
            </Button>
            <Button variant="default" onClick={() => setPicked(new Set())}>
              {t('catalogue.bulk.none')}
            </Button>
            {narrow && (
              <Button disabled={picked.size === 0} onClick={() => setBulkOpen(true)} data-testid="bulk-next">
                {t('catalogue.bulk.next', { count: picked.size, formatted: format.count(picked.size) })}
              </Button>
            )}
          </>
        )}
        {!mayEdit && t('manage.managersOnly')}
      </Group>
      <div className={styles.split}>
        <div className={styles.list}>
          <VirtualRows
            count={products.length}
            rowHeight={ROW_HEIGHT}
            label={t('office.products.title')}
            keyOf={(index) => products[index]?.id ?? String(index)}
            row={(index) =>
              products[index] && (
                <ProductRow
                  product={products[index]}
                  chosen={isBulk ? picked.has(products[index].id) : products[index].id === product?.id}
                  picking={isBulk}
                  onChoose={choose}
                />
              )
            }
          />
        </div>
        <SideOrDrawer
          title={side ? title[side.what] : ''}
          opened={isBulk ? !narrow || bulkOpen : side?.what === 'new' || product !== undefined}
          onClose={isBulk ? () => setBulkOpen(false) : () => setSide(null)}
          empty={
            <>
              <EmptyState icon={<IconTag size={40} />} title={t('office.products.choose')} />
              <EditList />
            </>
          }
        >
          {isBulk && (
            <BulkPanel
              products={[...picked].flatMap((id) => catalogue.edited(id) ?? [])}
              mayEdit={mayEdit}
              onDone={endBulk}
            />
          )}
          {(side?.what === 'new' || product) && (
            <ProductEditor
              key={product ? contentKey(product) : 'new'}
              product={product}
              mayEdit={mayEdit}
              onMade={(id) => setSide({ what: 'product', id })}
            />
          )}
          {product && <EditList product={product.id} />}
        </SideOrDrawer>
      </div>
    </div>
  );
}

function toggled(picked: ReadonlySet<ProductId>, id: ProductId): ReadonlySet<ProductId> {
  const next = new Set(picked);
  if (!next.delete(id)) next.add(id);
  return next;
}

interface ProductRowProps {
  readonly product: Product;
  readonly chosen: boolean;
  /** True while products are picked for a change of many. */
  readonly picking: boolean;
  readonly onChoose: (id: ProductId) => void;
}

function ProductRow({ product, chosen, picking, onChoose }: ProductRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const state = useEditStates().get(product.id);
  return (
    <UnstyledButton
      className={styles.row}
      aria-current={picking ? undefined : chosen}
      aria-pressed={picking ? chosen : undefined}
      onClick={() => onChoose(product.id)}
      data-testid="product-row"
      data-product={product.id}
    >
      <span className={styles.name}>
        {picking && <Checkbox.Indicator checked={chosen} className={styles.pick ?? ''} aria-hidden="true" />}
        {product.name}
        {product.active ? '' : ` · ${t('catalogue.off')}`}
      </span>
      <span className={`${styles.soft} ${styles.category} num`}>{product.barcodes[0] ?? ''}</span>
      <span className={`${styles.strong} num`}>{format.money(product.price)}</span>
      <span className={styles.price}>{state && <EditStateMark state={state} brief />}</span>
    </UnstyledButton>
  );
}
