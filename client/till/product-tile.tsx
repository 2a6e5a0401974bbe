import { IconInfoCircle, IconStarFilled } from '@tabler/icons-react';
import { type KeyboardEvent, memo } from 'react';
import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { ProductThumb } from '../ui/product-thumb.tsx';
import { StockMark } from '../ui/stock-mark.tsx';
import styles from './product-tile.module.css';
import type { TileWords } from './use-tile-words.ts';

interface ProductTileProps {
  readonly product: Product;
  readonly index: number;
  /** How many products the list has. */
  readonly count: number;
  /** Where it stands: a CSS length from the left, pixels from the top. */
  readonly left: string;
  readonly top: number;
  /** Of a limited product what this till may sell; null before it is in hand, and then nothing is said. */
  readonly onHand: number | null;
  readonly words: TileWords;
  readonly marked: boolean;
  readonly inCart: number;
  readonly onAdd: (product: Product) => void;
  readonly onAsk: (product: ProductId) => void;
  /** A key on the tile: arrows move on, a star marks it. */
  readonly onPress: (event: KeyboardEvent, index: number) => void;
}

/** As high as a word, so that nothing moves when one comes. */
const UNSAID = { low: false, text: '\u00a0' };

/**
 * One product: its name, its price, how many there are. A press adds it; a long press or the sign explains its stock. Drawn again
 * only when one of these changes: a sale touches a few products, and dozens are on the screen.
 */
export const ProductTile = memo(function ProductTile(props: ProductTileProps) {
  const { product, index, count, left, top, onHand, words, marked, inCart, onAdd, onAsk, onPress } = props;
  const stock = onHand === null ? UNSAID : words.stock(onHand, product.unitScale, product.limited);
  return (
    <li
      className={styles.tile}
      aria-setsize={count}
      aria-posinset={index + 1}
      style={{ left, transform: `translateY(${top}px)` }}
    >
      <button
        type="button"
        className={styles.add}
        onClick={() => onAdd(product)}
        onContextMenu={(event) => {
          event.preventDefault();
          onAsk(product.id);
        }}
        onKeyDown={(event) => onPress(event, index)}
        tabIndex={index === 0 ? 0 : -1}
        data-product-tile={index}
        data-testid="product-tile"
        data-product={product.id}
      >
        <span className={styles.head}>
          <ProductThumb product={product} />
          <span className={styles.name}>{product.name}</span>
        </span>
        <span className={`${styles.price} num`}>{words.money(product.price)}</span>
        <StockMark low={stock.low} text={stock.text} />
      </button>
      {marked && <IconStarFilled size={14} className={styles.star} role="img" aria-label={words.marked} />}
      {inCart > 0 && (
        <span className={`${styles.badge} num`} aria-hidden="true" data-badge>
          {words.quantity(inCart, product.unitScale)}
        </span>
      )}
      <button
        type="button"
        className={styles.info}
        tabIndex={-1}
        aria-label={words.info(product.name)}
        onClick={() => onAsk(product.id)}
        data-testid="stock-info"
      >
        <IconInfoCircle size={20} aria-hidden="true" />
      </button>
    </li>
  );
});
