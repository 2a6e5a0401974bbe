import type { BranchId, DeviceId, EntryId, ProductId } from '../../schema/ids.ts';
import type { OpenShare } from '../../schema/protocol/shares.ts';
import type { ReadTx, WriteTx } from '../store/store.ts';

/** An allotment that its device has not taken over. */
export interface OpenAllotment extends OpenShare {
  readonly deviceId: DeviceId;
}

interface Kept {
  readonly open: readonly OpenAllotment[];
  /** Every product of which anything was ever allotted in the branch. */
  readonly products: readonly ProductId[];
}

/** The shares of a branch that are on their way, as one transaction changes them; written once, at its end. */
export interface OpenShares {
  all(): Promise<readonly OpenAllotment[]>;
  products(): Promise<readonly ProductId[]>;
  add(share: OpenAllotment): Promise<void>;
  /** Gives what was there under this allotment. */
  take(allotment: EntryId): Promise<OpenAllotment | undefined>;
  /** A share of this product is held, though perhaps nothing of it was allotted in this history. */
  note(productId: ProductId): Promise<void>;
  flush(): Promise<void>;
}

const keyOf = (branch: BranchId): string => `open shares ${branch}`;

async function readKept(tx: ReadTx, branch: BranchId): Promise<Kept> {
  return JSON.parse((await tx.meta(keyOf(branch))) ?? '{"open":[],"products":[]}') as Kept;
}

export function createOpenShares(tx: WriteTx, branch: BranchId): OpenShares {
  let kept: Kept | null = null;
  let isChanged = false;
  const read = async (): Promise<Kept> => {
    kept ??= await readKept(tx, branch);
    return kept;
  };
  const change = (next: Kept): void => {
    kept = next;
    isChanged = true;
  };
  const note = async (productId: ProductId): Promise<void> => {
    const { open, products } = await read();
    if (!products.includes(productId)) change({ open, products: [...products, productId] });
  };
  return {
    all: async () => (await read()).open,
    products: async () => (await read()).products,
    add: async (share) => {
      await note(share.productId);
      const { open, products } = await read();
      change({ open: [...open, share], products });
    },
    take: async (allotment) => {
      const { open, products } = await read();
      const found = open.find((share) => share.allotment === allotment);
      if (found) change({ open: open.filter((share) => share !== found), products });
      return found;
    },
    note,
    flush: async () => {
      if (kept && isChanged) await tx.setMeta(keyOf(branch), JSON.stringify(kept));
    },
  };
}
