import type { Edit } from '../../schema/edit.ts';
import type { EditId, ProductId } from '../../schema/ids.ts';
import type { ProductFields } from '../../schema/product.ts';
import type { AuditPage } from '../../schema/protocol/audit.ts';
import type { Result } from '../../schema/result.ts';

/** `not-allowed`: the person's role may not edit, or this device may not. `bad-field`: the server would refuse it. */
export type EditFault = 'not-active' | 'no-person' | 'not-allowed' | 'bad-field' | 'not-written';

/** A change of one product, or with `make` a new one. */
export interface ProductChange {
  readonly id: ProductId;
  readonly patch: Edit['patch'];
  readonly make?: boolean;
}

/**
 * Wishes to change or make master data: shown on this device at once, sent when the server is reached, merged there by field. All of
 * it works offline, except what ends in `Now`.
 */
export interface MasterData {
  /** An id for what is to be made: of a customer, a promotion or a product. */
  newId(): string;
  /** Changes a document of the company, or makes it where it is not there yet. Null takes an optional field away. */
  editCompany(docId: string, patch: Edit['patch']): Promise<Result<EditId, EditFault>>;
  makeProduct(id: ProductId, fields: ProductFields): Promise<Result<EditId, EditFault>>;
  /** Changes many products, in the order given; all of them are checked before the first is written. */
  editProducts(changes: readonly ProductChange[]): Promise<Result<readonly EditId[], EditFault>>;
  /** Who changed what when, newest first, as the server holds it; `before` is the place that the page before ended at. */
  auditNow(before: string | null): Promise<Result<AuditPage, 'offline' | 'refused'>>;
}
