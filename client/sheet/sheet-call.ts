import type { Currency } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import type { FileFault, ImportPlan } from './plan-import.ts';

/** What the worker is asked: once, by one message. */
export type SheetCall =
  | {
      readonly what: 'plan';
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly products: readonly Product[];
      readonly currency: Currency;
      readonly taxes: readonly { readonly id: string; readonly name: string }[];
      readonly taxId: string;
      /** The beginning of the ids of what is to be made. */
      readonly idStem: string;
      /** Those that a column of prices may be about. */
      readonly branches: readonly string[];
    }
  | {
      readonly what: 'write';
      readonly products: readonly Product[];
      readonly currency: Currency;
      readonly as: SheetKind;
      /** Those that get a column of prices; none in a shop of one branch. */
      readonly branches: readonly string[];
    };

export type SheetKind = 'csv' | 'xlsx';

export type SheetAnswer =
  | { readonly what: 'plan'; readonly plan: ImportPlan }
  | { readonly what: 'fault'; readonly fault: FileFault }
  | { readonly what: 'file'; readonly file: Blob };
