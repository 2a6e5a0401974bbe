import type { DeviceEntry, ServerEntry } from '../../schema/entry/entry.ts';
import { type BranchId, branchScope, type ProductId } from '../../schema/ids.ts';
import { isCounted } from './is-counted.ts';
import type { Fresh, ServerWatch } from './server-watch.ts';
import type { World } from './world.ts';

/** What one branch is told of what the other did: TRF1 of what was sent, TRF2 of what arrived. */
export interface TransferCheck {
  /** Nothing is told twice by one server journal, to another branch than it concerns, or otherwise than it was. */
  check(fresh: Fresh): void;
  /** With everything mended: whatever counts was told. */
  checkTold(): void;
}

type Row = Fresh['entries'][number];
type Told = Extract<ServerEntry, { kind: 'transfer-sent' | 'transfer-arrived' }>;

const RULES = { 'transfer-sent': 'TRF1', 'transfer-arrived': 'TRF2' } as const;

export function createTransferCheck(world: World): TransferCheck {
  const checkRow = (row: Row) => {
    const { body, kind } = JSON.parse(row.json) as Told;
    const rule = RULES[kind];
    const all = toldRows(world.watch).filter(
      ({ deviceId, kind: other }) => deviceId === row.deviceId && other === kind,
    );
    const ofThis = all.filter(({ json }) => (JSON.parse(json) as Told).body.hash === body.hash);
    if (ofThis.length > 1) world.violate(rule, `${body.target} was told ${ofThis.length} times in ${row.scope}`);
    const entry = world.truth.fact(body.hash)?.entry;
    const other = entry && otherBranch(entry);
    if (!entry || other === null || row.scope !== branchScope(other as BranchId))
      return world.violate(rule, `${row.id} tells ${row.scope} of ${body.target}, which is not its business`);
    if (sumsOf(body.lines) !== sumsOf((entry.body as Told['body']).lines))
      world.violate(rule, `${row.id} does not tell what ${body.target} says`);
  };
  return {
    check: ({ entries }) => {
      for (const row of entries) if (isTold(row)) checkRow(row);
    },
    checkTold: () => {
      const told = new Set(toldRows(world.watch).map(({ json }) => (JSON.parse(json) as Told).body.hash));
      for (const { entry } of world.truth.facts()) {
        if (otherBranch(entry) === null || told.has(entry.hash) || !isCounted(world, entry)) continue;
        const rule = entry.kind === 'transfer-out' ? 'TRF1' : 'TRF2';
        world.violate(rule, `${entry.id} counts, and ${otherBranch(entry)} was not told`);
      }
    },
  };
}

function isTold({ kind }: Row): boolean {
  return kind === 'transfer-sent' || kind === 'transfer-arrived';
}

function toldRows(watch: ServerWatch): Row[] {
  return [...watch.rows().entry.values()].filter(isTold);
}

/** The branch at the other end; null for an entry that is no transfer. */
function otherBranch(entry: DeviceEntry): BranchId | null {
  if (entry.kind === 'transfer-out') return entry.body.toBranch;
  return entry.kind === 'transfer-in' ? entry.body.fromBranch : null;
}

function sumsOf(lines: readonly { readonly productId: ProductId; readonly quantity: number }[]): string {
  return JSON.stringify(lines.map(({ productId, quantity }) => [productId, quantity]));
}
