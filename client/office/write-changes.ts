import type { Edit } from '../../schema/edit.ts';
import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import type { EditFault, MasterData, ProductChange } from '../device/master-data.ts';

/** Changes written down in one go: each is on disk before the next ones, and the screen is drawn between them. */
const BATCH = 500;

/** How far it came; `fault` where it did not come to the end. */
export interface Written {
  readonly done: number;
  readonly fault: EditFault | 'stopped' | null;
}

/** Writes changes of products in their order, in batches. What is written stays when somebody stops it, and is counted. */
export async function writeChanges(
  masterData: Pick<MasterData, 'editProducts'>,
  changes: readonly ProductChange[],
  onDone: (done: number) => void,
  isStopped: () => boolean = () => false,
): Promise<Written> {
  for (let done = 0; done < changes.length; done += BATCH) {
    if (isStopped()) return { done, fault: 'stopped' };
    const written = await masterData.editProducts(changes.slice(done, done + BATCH));
    if (!written.ok) return { done, fault: written.error };
    onDone(Math.min(done + BATCH, changes.length));
  }
  return { done: changes.length, fault: null };
}

/** What takes changes back: former values, and what was made is switched off. Read before they are written. */
export function changesBack(
  changes: readonly ProductChange[],
  product: (id: ProductId) => Product | undefined,
): readonly ProductChange[] {
  return changes.map(({ id, patch, make }) => {
    const before = product(id) as Edit['patch'] | undefined;
    if (make || before === undefined) return { id, patch: { active: false } };
    const fields = Object.keys(patch).map((field) => [field, before[field] ?? EMPTY[field] ?? null] as const);
    return { id, patch: Object.fromEntries(fields) };
  });
}

/** What says nothing in a field that a product may lack: no edit takes such a field away. */
const EMPTY: Edit['patch'] = { sku: '', image: '', reorderLevel: 0, limited: false, branchPrices: {} };
