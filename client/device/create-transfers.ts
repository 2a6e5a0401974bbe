import type { CompanyDoc } from '../../schema/company.ts';
import type { BodyOf } from '../../schema/entry/entry.ts';
import type { BranchId, EntryId, ProductId, TransferId } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import { fail } from '../../schema/result.ts';
import { shareOf } from '../../schema/stock/share.ts';
import { type Transfer, transferEvent, transfersOf } from '../../schema/stock/transfer.ts';
import { findLinesFault, findTransferFault } from '../../schema/stock/transfer-fault.ts';
import type { CatalogueBook } from '../store/catalogue.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { MovementBook } from '../store/movement-book.ts';
import type { StockBook } from '../store/stock-book.ts';
import type { Till } from './device.ts';
import type { MovedGoods, Transfers } from './transfers.ts';

export interface TransfersDeps {
  readonly identity: DeviceIdentity;
  readonly movementBook: MovementBook;
  readonly company: Pick<CompanyBook, 'all' | 'devices'>;
  readonly catalogue: Pick<CatalogueBook, 'limited'>;
  readonly stockBook: Pick<StockBook, 'onHand'>;
  readonly till: Pick<Till, 'record'>;
  readonly newId: () => string;
}

/** The transfers of one open device. */
export function createTransfers(deps: TransfersDeps): Transfers {
  const { identity, movementBook: book, till } = deps;
  const known = () => transfersOf(book.all().flatMap(({ entry }) => transferEvent(entry) ?? []));
  const find = (id: TransferId) => known().find(({ transferId }) => transferId === id);
  const names = () => branchNames(deps.company.all.get());
  return {
    version: book.version,
    branches: () =>
      [...names()]
        .flatMap(([branch, name]) => (branch === identity.branch ? [] : [{ branch, name }]))
        .sort((left, right) => (left.name < right.name ? -1 : 1)),
    nameOf: (branch) => names().get(branch) ?? branch,
    list: async () => {
      await book.readAll();
      return known();
    },
    send: async (to, lines, approval) => {
      const branches = new Set(names().keys());
      const fault = findTransferFault({ own: identity.branch, to, branches, lines, free: (id) => freeOf(deps, id) });
      if (fault) return fail(fault);
      const transferId = deps.newId() as TransferId;
      return till.record('transfer-out', { transferId, toBranch: to, lines: lines as never, ...named(approval) });
    },
    receive: async (id, lines) => {
      const transfer = find(id);
      if (!transfer || transfer.fromHere) return fail({ code: 'unknown-transfer' });
      const fault = findLinesFault(lines);
      if (fault) return fail(fault);
      const came = lines.map((line) => ({ ...line, sent: sentOf(transfer, line) }));
      return till.record('transfer-in', { transferId: id, fromBranch: transfer.other, lines: came as never });
    },
    settle: async (id, how, reason, approval) => {
      const transfer = find(id);
      const open = transfer?.lines.filter((line) => line.open !== 0) ?? [];
      if (!transfer || open.length === 0) return fail({ code: 'unknown-transfer' });
      const about = { reason, transfer: { transferId: id, branch: transfer.other }, ...named(approval) };
      if (how === 'here') {
        const lines = open.map((line) => ({ productId: line.productId, delta: line.open }));
        return till.record('adjust', { ...about, lines: lines as never });
      }
      const lost = open.filter((line) => line.open > 0);
      if (lost.length === 0) return fail({ code: 'no-lines' });
      const lines = lost.map((line) => ({ productId: line.productId, quantity: line.open }));
      return till.record('waste', { ...about, lines: lines as never });
    },
  };
}

/** By id. A branch that is known by its own document alone is this device's own. */
function branchNames(docs: readonly CompanyDoc[]): ReadonlyMap<BranchId, string> {
  const named = docs.filter((doc) => doc.kind === 'branch-name' || doc.kind === 'branch');
  return new Map(named.map(({ branch, name }) => [branch, name]));
}

function named(approval: EntryId | null): Pick<BodyOf<'adjust'>, 'approval'> {
  return approval ? { approval } : {};
}

function sentOf({ lines }: Transfer, { productId }: MovedGoods): number {
  return lines.find((line) => line.productId === productId)?.sent ?? 0;
}

/** What of a limited product no till holds as its share; null for any other. */
function freeOf({ catalogue, company, stockBook }: TransfersDeps, product: ProductId): number | null {
  if (!catalogue.limited().has(product)) return null;
  const held = company.devices.get().map(({ device }) => Math.max(0, stockBook.onHand(shareOf(product, device))));
  return stockBook.onHand(product) - held.reduce((sum, units) => sum + units, 0);
}
