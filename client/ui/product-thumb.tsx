import { useState } from 'react';
import type { Product } from '../../schema/product.ts';
import { imagePath } from '../../schema/protocol/image.ts';
import { initialsOf, tintOf } from './product-initials.ts';
import styles from './product-thumb.module.css';

/** Pixels of a thumbnail's side on the screen. */
const SIDE = 36;

/** A product's picture, loaded when it comes into view; its initials where there is none, or none has arrived. */
export function ProductThumb({ product }: { product: Pick<Product, 'id' | 'name' | 'image'> }) {
  const { image, name } = product;
  const [failed, setFailed] = useState<string | null>(null);
  if (!image || failed === image) {
    return (
      <span className={styles.initials} data-tint={tintOf(name)} aria-hidden="true">
        {initialsOf(name)}
      </span>
    );
  }
  return (
    <img
      className={styles.image}
      src={imagePath(image)}
      width={SIDE}
      height={SIDE}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setFailed(image)}
    />
  );
}
