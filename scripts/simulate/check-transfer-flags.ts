import type { Entry } from '../../schema/entry/entry.ts';
import type { Fresh } from './server-watch.ts';
import type { World } from './world.ts';

type Row = Fresh['entries'][number];

/** What one row says of a transfer, and what it is flagged with. */
interface Saying {
  readonly transferId: string;
  readonly what: 'sent' | 'arrived';
  /** The same of an entry, its release and what the other branch was told of it. */
  readonly of: string;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
  readonly flags: readonly string[];
}

/**
 * TRF5 as people see it, of what a branch knows at any time: goods are sent once and may come in parts, a receipt of what nobody sent is told as
 * that, and as too much, or as entered twice, only where more arrived than was sent.
 */
export function createTransferFlagCheck(world: World): { check(fresh: Fresh): void } {
  const isAccepted = ({ id }: Row) => world.watch.rows().entry_state.get(id)?.verdict === 'accepted';
  const sayingOf = (row: Row): Saying | null => {
    if (!MAY_SAY.has(row.kind) || !isAccepted(row)) return null;
    const said = read(JSON.parse(row.json) as Entry);
    const { flags = [] } = world.watch.rows().entry_state.get(row.id) ?? {};
    return said && { ...said, flags: flags.filter((flag) => flag.startsWith('transfer-')) };
  };
  const checkAt = (scope: string, transferId: string) => {
    const rows = [...world.watch.rows().entry.values()].filter((row) => row.scope === scope);
    const sayings = rows.map(sayingOf).filter((one) => one !== null && one.transferId === transferId);
    const wrong = wrongOf(sayings as Saying[]);
    if (wrong) world.violate('TRF5', `${transferId} in ${scope}: ${wrong}`);
  };
  return {
    check: ({ entries }) => {
      const touched = new Map<string, readonly [scope: string, transferId: string]>();
      for (const row of entries) {
        const said = sayingOf(row);
        if (said) touched.set(`${row.scope} ${said.transferId}`, [row.scope, said.transferId]);
      }
      for (const [scope, transferId] of touched.values()) checkAt(scope, transferId);
    },
  };
}

const MAY_SAY: ReadonlySet<string> = new Set([
  'transfer-out',
  'transfer-in',
  'transfer-sent',
  'transfer-arrived',
  'release',
]);

function read(entry: Entry): Omit<Saying, 'flags'> | null {
  const said = entry.kind === 'release' ? (entry.body.readable as Entry) : entry;
  switch (said.kind) {
    case 'transfer-out':
    case 'transfer-in': {
      const what = said.kind === 'transfer-out' ? 'sent' : 'arrived';
      return { what, of: `${said.id} ${said.hash}`, transferId: said.body.transferId, lines: said.body.lines };
    }
    case 'transfer-sent':
    case 'transfer-arrived': {
      const what = said.kind === 'transfer-sent' ? 'sent' : 'arrived';
      const { target, hash, transferId, lines } = said.body;
      return { what, of: `${target} ${hash}`, transferId, lines };
    }
    default:
      return null;
  }
}

function wrongOf(sayings: readonly Saying[]): string | null {
  const facts = new Map(sayings.map((one) => [one.of, one]));
  for (const one of sayings)
    if (one.flags.join() !== facts.get(one.of)?.flags.join()) return `${one.of} is flagged in two ways`;
  const all = [...facts.values()];
  const [sent, arrived] = [all.filter(({ what }) => what === 'sent'), all.filter(({ what }) => what === 'arrived')];
  const first = sent.filter(({ flags }) => !flags.includes('transfer-again'));
  if (sent.length > 0 && first.length !== 1) return `${first.length} of ${sent.length} are the first`;
  if (arrived.some(({ flags }) => flags.includes('transfer-again') && !flags.includes('transfer-more')))
    return 'a delivery is told as entered twice that brought no more than was sent';
  const isUnknown = sent.length === 0;
  if (arrived.some(({ flags }) => flags.includes('transfer-unknown') !== isUnknown))
    return isUnknown ? 'nobody sent it, and that is not told' : 'it was sent, and is told as unknown';
  const isMore =
    !isUnknown && [...sumsOf(arrived)].some(([product, units]) => units > (sumsOf(sent).get(product) ?? 0));
  if (all.some(({ flags }) => flags.includes('transfer-more')) !== isMore)
    return isMore ? 'more arrived than was sent, and that is not told' : 'too much is told of what was not too much';
  return null;
}

function sumsOf(sayings: readonly Saying[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { lines } of sayings)
    for (const { productId, quantity } of lines) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  return sums;
}
