import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { DeviceId, EntryId, Hash, ProductId } from '../../schema/ids.ts';
import type { StockEffect } from '../../schema/stock/effect.ts';
import { accountSums } from './kasbon.ts';
import { shareEffects } from './limited.ts';

/** Units in and out. */
export interface Moved {
  readonly in: number;
  readonly out: number;
}

/** An entry that reached its device's disk, and what the person asked for. */
export interface Fact {
  readonly entry: DeviceEntry;
  readonly effects: readonly StockEffect[];
}

/** What really happened, by the people's side of it: no rule of the product is asked. */
export interface Truth {
  /** Somebody is about to write something that is known by `key`: its cart, reference or reason. */
  ask(key: string, effects: readonly StockEffect[]): void;
  /** An entry reached a device's disk, and `holds` says what else is on it. Gives what is wrong with it, or null. */
  wrote(entry: DeviceEntry, holds: (id: EntryId) => boolean): string | null;
  /** An entry that reaches the server in no shape that counts in its place: it moves nothing until the server releases it. */
  wroteApart(entry: DeviceEntry): void;
  /** Something of this device that was written apart comes now. */
  comesAfterAll(deviceId: DeviceId): void;
  /** A disk lost this before it was sent. */
  lost(entry: Pick<DeviceEntry, 'id' | 'hash'>): void;
  /** A disk gave this back, which its device had given up: until the server says that it lacks it, it is taken for sent. */
  gaveBack(hash: Hash): void;
  wasGivenBack(hash: Hash): boolean;
  /** True while a disk has lost this, and nobody gave it back. */
  isLost(hash: Hash): boolean;
  /** True where the disk had lost `hash` when the Z report `report` was written on it. */
  lackedAt(report: Hash, hash: Hash): boolean;
  /** True where something of a device may count in another place than its own. */
  isUneven(deviceId: DeviceId): boolean;
  fact(hash: Hash): Fact | undefined;
  /** A device was copied: its journal may go two ways. */
  copied(deviceId: DeviceId): void;
  /** True where a device's journal went two ways, or may. */
  isForked(deviceId: DeviceId): boolean;
  /** What a device's entries up to `seq` moved of a product; null where that is not known. */
  movedUpTo(deviceId: DeviceId, product: ProductId, seq: number): Moved | null;
  /** Every fact there is. */
  facts(): IterableIterator<Fact>;
}

interface Chain {
  readonly hashes: Map<number, Hash>;
  /** Those that move nothing in their place. */
  readonly apart: Set<Hash>;
  forked: boolean;
  /** Some of them may come after all, and then nobody can say which counter moves. */
  uneven: boolean;
  /** Per product, sums behind each entry that moved it, in order of seq. */
  readonly sums: Map<ProductId, { readonly seq: number; readonly in: number; readonly out: number }[]>;
  summedTo: number;
}

const MOVES_NOTHING: ReadonlySet<DeviceEntry['kind']> = new Set([
  'approval',
  'snapshot',
  'shift-open',
  'shift-close',
  'allotment-received',
  'allotment-returned',
]);
const NOTHING: Moved = { in: 0, out: 0 };

export function createTruth(): Truth {
  /** A cart that two tills had open may be paid as either saw it: all that was asked under a key, newest last. */
  const asked = new Map<string, (readonly StockEffect[])[]>();
  const facts = new Map<Hash, Fact>();
  const gone = new Map<Hash, EntryId>();
  const givenBack = new Set<Hash>();
  /** What a disk had lost, per Z report that was written on it meanwhile. */
  const lacked = new Map<Hash, readonly Hash[]>();
  const chains = new Map<DeviceId, Chain>();
  const chainOf = (deviceId: DeviceId): Chain => {
    const known = chains.get(deviceId);
    if (known) return known;
    const chain: Chain = {
      hashes: new Map(),
      apart: new Set(),
      forked: false,
      uneven: false,
      sums: new Map(),
      summedTo: 0,
    };
    chains.set(deviceId, chain);
    return chain;
  };
  const place = (deviceId: DeviceId, seq: number, hash: Hash): void => {
    const chain = chainOf(deviceId);
    const held = chain.hashes.get(seq);
    if (held !== undefined && held !== hash) chain.forked = true;
    else chain.hashes.set(seq, hash);
  };
  const sumUp = (chain: Chain, seq: number): boolean => {
    while (chain.summedTo < seq) {
      const hash = chain.hashes.get(chain.summedTo + 1);
      if (hash === undefined) return false;
      chain.summedTo += 1;
      if (chain.apart.has(hash)) continue;
      for (const effect of facts.get(hash)?.effects ?? []) addTo(chain, effect);
    }
    return true;
  };
  return {
    ask: (key, effects) => void asked.set(key, [...(asked.get(key) ?? []), effects]),
    wrote: (entry, holds) => {
      // A snapshot is the device's own, before it purges; neither it nor a shift moves anything.
      const wishes = asked.get(keyOf(entry));
      const meant = wishes?.findLast((wish) => sameMoves(entry, wish)) ?? wishes?.at(-1);
      const effects = MOVES_NOTHING.has(entry.kind) ? [] : meant;
      place(entry.deviceId, entry.seq, entry.hash);
      // A copy of the disk may have it.
      const missing = entry.kind === 'shift-close' ? [...gone].filter(([, id]) => !holds(id)) : [];
      if (missing.length > 0)
        lacked.set(
          entry.hash,
          missing.map(([hash]) => hash),
        );
      if (effects === undefined) return `${entry.id} is an entry that nobody asked for`;
      facts.set(entry.hash, { entry, effects: [...effects, ...shareEffects(entry)] });
      return sameMoves(entry, effects) ? null : `${entry.id} is not what was asked for`;
    },
    wroteApart: (entry) => {
      place(entry.deviceId, entry.seq, entry.hash);
      chainOf(entry.deviceId).apart.add(entry.hash);
      facts.set(entry.hash, { entry, effects: asked.get(keyOf(entry))?.at(-1) ?? [] });
    },
    comesAfterAll: (deviceId) => {
      chainOf(deviceId).uneven = true;
    },
    lost: ({ id, hash }) => void gone.set(hash, id),
    gaveBack: (hash) => {
      gone.delete(hash);
      givenBack.add(hash);
    },
    wasGivenBack: (hash) => givenBack.has(hash),
    isLost: (hash) => gone.has(hash),
    lackedAt: (report, hash) => lacked.get(report)?.includes(hash) ?? false,
    isUneven: (deviceId) => chains.get(deviceId)?.uneven ?? false,
    fact: (hash) => facts.get(hash),
    copied: (deviceId) => {
      chainOf(deviceId).forked = true;
    },
    isForked: (deviceId) => chains.get(deviceId)?.forked ?? false,
    movedUpTo: (deviceId, product, seq) => {
      const chain = chains.get(deviceId);
      if (chain === undefined || chain.forked || chain.uneven || !sumUp(chain, seq)) return null;
      return chain.sums.get(product)?.findLast((sum) => sum.seq <= seq) ?? NOTHING;
    },
    facts: () => facts.values(),
  };
}

function addTo(chain: Chain, { productId, in: more, out: less }: StockEffect): void {
  const sums = chain.sums.get(productId) ?? [];
  const last = sums.at(-1) ?? NOTHING;
  sums.push({ seq: chain.summedTo, in: last.in + more, out: last.out + less });
  chain.sums.set(productId, sums);
}

function keyOf(entry: DeviceEntry): string {
  if (entry.kind === 'transfer-out' || entry.kind === 'transfer-in') return `${entry.kind} ${entry.body.transferId}`;
  const body = entry.body as { cartId?: string; reference?: string; reason?: string; note?: string };
  return body.cartId ?? body.reference ?? body.reason ?? body.note ?? '';
}

/** The plain sums of an entry's lines and of what it says of accounts, compared with what was asked. */
function sameMoves(entry: DeviceEntry, effects: readonly StockEffect[]): boolean {
  const body = entry.body as { lines?: { productId?: string; quantity?: number; delta?: number }[] };
  const sums = accountSums(entry.body as Parameters<typeof accountSums>[0]);
  for (const { productId, quantity, delta } of body.lines ?? []) {
    if (productId) sums.set(productId, (sums.get(productId) ?? 0) + Math.abs(quantity ?? delta ?? 0));
  }
  const wanted = new Map(effects.map((effect) => [effect.productId as string, effect.in + effect.out]));
  return sums.size === wanted.size && [...sums].every(([product, units]) => wanted.get(product) === units);
}
