import type { ProductId } from '../../schema/ids.ts';

/** What can be begun from the movements' screen. */
export const MOVEMENT_FORMS = ['receive', 'adjust', 'waste', 'transfer-out'] as const;
export type MovementFormKind = (typeof MOVEMENT_FORMS)[number];

/** The address of a form, with a product on its list where one is named. */
export function movementPath(kind: MovementFormKind, product?: ProductId): string {
  return `/movements/${kind}${product ? `/${encodeURIComponent(product)}` : ''}`;
}

/** The address of the list with one product's movements. */
export function movementsOf(product: ProductId): string {
  return `/movements/of/${encodeURIComponent(product)}`;
}

/** What an address of this page says: a form, the receipt of a transfer, or the list, of one product or all. */
export type MovementPlace =
  | { readonly form: MovementFormKind; readonly id: string }
  | { readonly form: 'transfer-in'; readonly id: string }
  | { readonly form: null; readonly id: string };

export function readMovementPath(path: string): MovementPlace {
  const [, , part = '', text = ''] = path.split('/');
  const id = readText(text);
  const form = [...MOVEMENT_FORMS, 'transfer-in' as const].find((kind) => kind === part);
  return form ? { form, id } : { form: null, id: part === 'of' ? id : '' };
}

/** What somebody typed into the address may be no encoding of anything. */
function readText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
