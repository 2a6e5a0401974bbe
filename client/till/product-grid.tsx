import { useCallbackRef } from '@mantine/hooks';
import { IconPackageOff, IconStar } from '@tabler/icons-react';
import { type CSSProperties, type KeyboardEvent, memo, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import type { Cart } from '../../schema/receipt.ts';
import { useCart, useDevice } from '../app/contexts.ts';
import { isKey, KEYS, keyIndex } from '../app/keys.ts';
import { useLive, useLivePart, useLiveSoon } from '../app/use-live.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import type { Favourites } from './favourites.ts';
import { nextTile } from './next-tile.ts';
import styles from './product-grid.module.css';
import { ProductTile } from './product-tile.tsx';
import { FIRST_PRODUCTS } from './use-found.ts';
import { useListSize, useRows } from './use-rows.ts';
import { useTileWords } from './use-tile-words.ts';

/** Pixels: a tile is never narrower, and always as high. */
const TILE_WIDTH_MIN = 168;
const TILE_HEIGHT = 132;
const GAP = 10;
const ROW_HEIGHT = TILE_HEIGHT + GAP;
const ROWS_AHEAD = 2;

interface ProductGridProps {
  readonly products: readonly Product[];
  /** These are all, and their stock is in hand; else the first of all. */
  readonly isWhole: boolean;
  readonly text: string;
  /** The favourites are shown, and not what a text finds. */
  readonly starred: boolean;
  readonly onAdd: (product: Product) => void;
  readonly onAsk: (product: ProductId) => void;
  readonly favourites: Favourites;
}

/** All products found, drawn only where they are seen. Arrow keys move between tiles. */
export const ProductGrid = memo(function ProductGrid(props: ProductGridProps) {
  const { products, isWhole, text, onAdd, onAsk, favourites, starred } = props;
  const { t } = useTranslation();
  const { catalogue, stock, shares, sync } = useDevice();
  useLiveSoon(stock.version);
  const words = useTileWords(useLivePart(sync.status, (status) => status.ready));
  const cart = useLive(useCart().cart);
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const size = useListSize(scroller);
  const columns = Math.max(2, Math.floor(((size?.width ?? 0) + GAP) / (TILE_WIDTH_MIN + GAP)));
  const total = isWhole || products.length < FIRST_PRODUCTS ? products.length : catalogue.count();
  const count = Math.ceil(total / columns);
  const rows = useRows({ scroller, height: size?.height ?? 0, rowHeight: ROW_HEIGHT, count, ahead: ROWS_AHEAD });
  const begin = rows.from * columns;
  const marked = useLive(favourites.products);
  const inCart = useMemo(() => countByProduct(cart), [cart]);
  const press = useCallbackRef((event: KeyboardEvent, index: number) => {
    const product = products[index];
    if (isKey('star', event) && product) {
      event.preventDefault();
      favourites.toggle(product.id);
    }
    const move = KEYS.move.keys[keyIndex('move', event)];
    const next = move === undefined ? null : nextTile(move, index, columns, products.length);
    if (next === null) return;
    event.preventDefault();
    // Drawn before the next key: Enter adds what the arrow led to, however fast it follows.
    flushSync(() => rows.show(Math.floor(next / columns)));
    scroller?.querySelector<HTMLElement>(`[data-product-tile="${next}"]`)?.focus();
  });
  if (products.length === 0) return starred ? <NoFavourites /> : <NothingFound text={text} />;
  return (
    <div ref={setScroller} className={styles.scroller} data-testid="product-grid">
      <div>
        <ul
          className={styles.list}
          style={listStyle(count * ROW_HEIGHT, columns)}
          aria-label={t('till.grid.label')}
          data-tiles
        >
          {(size ? products.slice(begin, rows.to * columns) : []).map((product, place) => (
            <ProductTile
              key={product.id}
              product={product}
              index={begin + place}
              count={total}
              left={`calc(((100% - ${(columns - 1) * GAP}px) / ${columns} + ${GAP}px) * ${place % columns})`}
              top={(rows.from + Math.floor(place / columns)) * ROW_HEIGHT}
              onHand={isWhole ? (product.limited ? (shares.left(product.id) ?? 0) : stock.onHand(product.id)) : null}
              marked={marked.includes(product.id)}
              inCart={inCart.get(product.id) ?? 0}
              words={words}
              onAdd={onAdd}
              onAsk={onAsk}
              onPress={press}
            />
          ))}
        </ul>
      </div>
    </div>
  );
});

/** All tiles are of one size, which the list tells them. */
function listStyle(height: number, columns: number): CSSProperties {
  const width = `calc((100% - ${(columns - 1) * GAP}px) / ${columns})`;
  return { height, '--tile-width': width, '--tile-height': `${TILE_HEIGHT}px` } as CSSProperties;
}

function countByProduct(cart: Cart): Map<ProductId, number> {
  const counts = new Map<ProductId, number>();
  for (const { productId, quantity } of cart.lines) {
    if (productId) counts.set(productId, (counts.get(productId) ?? 0) + quantity);
  }
  return counts;
}

function NothingFound({ text }: { text: string }) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const empty = catalogue.count() === 0;
  return (
    <EmptyState
      icon={<IconPackageOff size={40} />}
      title={empty ? t('till.empty.noProducts') : t('till.empty.noneFound', { text })}
      help={empty ? t('till.empty.noProductsHelp') : t('till.empty.noneFoundHelp')}
    />
  );
}

function NoFavourites() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={<IconStar size={40} />} title={t('sell.favourites.none')} help={t('sell.favourites.noneHelp')} />
  );
}
