import { createHash } from 'node:crypto';
import { base32FromBytes, type ProductId, productIdShape } from '../../schema/ids.ts';

/** Characters of a product id made from a code: 80 bits. */
const PRODUCT_ID_LENGTH = 16;

/** The product id of an imported code: opaque, and the same on every import. `turn` tells apart where it is taken. */
export function productIdFromCode(code: string, turn = 0): ProductId {
  const digest = createHash('sha256')
    .update(turn === 0 ? code : `${code}\n${turn}`)
    .digest();
  return productIdShape.parse(base32FromBytes(digest.subarray(0, PRODUCT_ID_LENGTH)));
}
