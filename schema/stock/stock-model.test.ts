import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BRANCH } from '../fixtures/make-entries.ts';
import { base32FromBytes, type DeviceId, type ProductId } from '../ids.ts';
import { emptyStock, type Stock } from './counter.ts';
import { foldEffect, foldIntoBase, retireDevice } from './fold.ts';
import { joinStock } from './join.ts';
import { explainOnHand, type OwnEffect } from './on-hand.ts';

/**
 * A model of a branch: devices write entries, the server folds them in seq order per device, interleaved anyhow; devices
 * retire, late entries come after, and a restored backup forgets what it folded and folds it again in a new epoch. Every
 * state the server ever had may reach every replica in any order, any number of times, whole or as single counters.
 */
const PRODUCTS = ['p1', 'p2'] as ProductId[];
const DEVICES = [1, 2, 3, 4].map((each) => base32FromBytes(new Uint8Array(16).fill(each)) as DeviceId);

/** One written entry. Quarantined and missing ones keep their seq and move no stock. */
interface Written {
  readonly fate: 'accepted' | 'quarantined' | 'missing';
  readonly moves: readonly { readonly productId: ProductId; readonly in: number; readonly out: number }[];
}
type Journals = readonly (readonly Written[])[];

const anyMove = fc.record({ productId: fc.constantFrom(...PRODUCTS), in: fc.nat(9), out: fc.nat(9) });
const anyWritten: fc.Arbitrary<Written> = fc.record({
  fate: fc.constantFrom('accepted', 'accepted', 'accepted', 'quarantined', 'missing'),
  moves: fc.uniqueArray(anyMove, { maxLength: 2, selector: (move) => move.productId }),
});
const anyJournals: fc.Arbitrary<Journals> = fc.array(fc.array(anyWritten, { maxLength: 8 }), {
  minLength: DEVICES.length,
  maxLength: DEVICES.length,
});

type Step = { readonly do: 'fold' | 'retire' | 'backup' | 'restore'; readonly device: number };
const anySteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    do: fc.constantFrom('fold', 'fold', 'fold', 'fold', 'fold', 'retire', 'backup', 'restore'),
    device: fc.nat(DEVICES.length - 1),
  }),
  { maxLength: 60 },
);

interface Server {
  readonly epoch: number;
  readonly heads: readonly number[];
  readonly retired: readonly boolean[];
  readonly stocks: readonly Stock[];
}

const EMPTY_SERVER: Server = {
  epoch: 1,
  heads: DEVICES.map(() => 0),
  retired: DEVICES.map(() => false),
  stocks: PRODUCTS.map((id) => emptyStock(BRANCH, id, 1)),
};

function foldNext(server: Server, journals: Journals, device: number): Server {
  const seq = (server.heads[device] ?? 0) + 1;
  const entry = journals[device]?.[seq - 1];
  if (entry === undefined) return server;
  const heads = server.heads.with(device, seq);
  if (entry.fate !== 'accepted') return { ...server, heads };
  const stocks = server.stocks.map((stock) => {
    const effect = entry.moves.find(({ productId }) => productId === stock.productId);
    if (effect === undefined) return stock;
    return server.retired[device]
      ? foldIntoBase(stock, DEVICES[device] as DeviceId, seq, effect)
      : foldEffect(stock, DEVICES[device] as DeviceId, seq, effect);
  });
  return { ...server, heads, stocks };
}

function retire(server: Server, device: number): Server {
  if (server.retired[device]) return server;
  const stocks = server.stocks.map((stock) => retireDevice(stock, DEVICES[device] as DeviceId));
  return { ...server, retired: server.retired.with(device, true), stocks };
}

/** The backup's state as a new epoch: what came after it is folded again as devices send it again. */
function restore(backup: Server, epoch: number): Server {
  return { ...backup, epoch, stocks: backup.stocks.map((stock) => ({ ...stock, epoch })) };
}

/** Runs the steps, folds what is left, and gives every state on the way; the last one is the end. */
function serverStates(journals: Journals, steps: readonly Step[]): Server[] {
  const states = [EMPTY_SERVER];
  let [backup, epochs] = [EMPTY_SERVER, 1];
  const last = () => states.at(-1) as Server;
  for (const step of steps) {
    if (step.do === 'fold') states.push(foldNext(last(), journals, step.device));
    if (step.do === 'retire') states.push(retire(last(), step.device));
    if (step.do === 'backup') backup = last();
    if (step.do === 'restore') {
      epochs += 1;
      states.push(restore(backup, epochs));
    }
  }
  for (const [device, journal] of journals.entries()) {
    for (const _each of journal) states.push(foldNext(last(), journals, device));
  }
  return states;
}

function plainSum(journals: Journals, productId: ProductId): number {
  const moves = journals.flat().flatMap((entry) => (entry.fate === 'accepted' ? entry.moves : []));
  return moves.reduce((sum, move) => sum + (move.productId === productId ? move.in - move.out : 0), 0);
}

/** One counter of a state as a live message carries it: the same generation and base, one device. */
function single(stock: Stock, device: number): Stock {
  const id = DEVICES[device] as DeviceId;
  const counter = stock.counters[id];
  return { ...stock, counters: counter ? { [id]: counter } : {} };
}

interface Delivery {
  readonly at: number;
  readonly device: number;
  readonly whole: boolean;
}
const anyDeliveries = fc.array(fc.record({ at: fc.nat(), device: fc.nat(3), whole: fc.boolean() }), { maxLength: 60 });

function heard(states: readonly Server[], product: number, { at, device, whole }: Delivery): Stock {
  const stock = states[at % states.length]?.stocks[product] as Stock;
  return whole ? stock : single(stock, device);
}

test('[STK8] the server, having folded all, holds the plain sum of what is readable and there', () => {
  fc.assert(
    fc.property(anyJournals, anySteps, (journals, steps) => {
      const end = serverStates(journals, steps).at(-1) as Server;
      for (const [product, id] of PRODUCTS.entries()) {
        expect(explainOnHand(end.stocks[product], DEVICES[0] as DeviceId, []).onHand).toBe(plainSum(journals, id));
      }
    }),
    { numRuns: 500 },
  );
});

test('[STK11] replicas that heard anything in any order end equal, and equal to the plain sum', () => {
  fc.assert(
    fc.property(
      anyJournals,
      anySteps,
      fc.array(anyDeliveries, { minLength: 3, maxLength: 3 }),
      fc.nat(),
      (journals, steps, replicas, place) => {
        const states = serverStates(journals, steps);
        const end = states.length - 1;
        for (const [product, id] of PRODUCTS.entries()) {
          for (const deliveries of replicas) {
            // The newest state reaches everybody once, at any moment: old ones may still come after it.
            const all = deliveries.toSpliced(place % (deliveries.length + 1), 0, { at: end, device: 0, whole: true });
            const replica = all.map((delivery) => heard(states, product, delivery)).reduce(joinStock);
            expect(replica).toEqual(states[end]?.stocks[product]);
            expect(explainOnHand(replica, DEVICES[0] as DeviceId, []).onHand).toBe(plainSum(journals, id));
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});

function ownEffects(journal: readonly Written[], productId: ProductId): OwnEffect[] {
  return journal.flatMap((entry, index) => {
    const move = entry.moves.find((each) => each.productId === productId);
    return entry.fate === 'accepted' && move ? [{ seq: index + 1, in: move.in, out: move.out }] : [];
  });
}

/** What a replica's document should count of the other devices: all it covers of each, by the plain sum. */
function othersCovered(state: Server, journals: Journals, productId: ProductId): number {
  const covered = journals.map((journal, device) => (device === 0 ? [] : journal.slice(0, state.heads[device])));
  return plainSum(covered, productId);
}

test('[I4] [STK13] at any moment a till, retired or not, counts each own entry once, and of the others what it heard', () => {
  fc.assert(
    fc.property(anyJournals, anySteps, fc.nat(), fc.array(fc.nat(), { maxLength: 6 }), (journals, steps, at, older) => {
      const states = serverStates(journals, steps);
      const newest = at % states.length;
      const own = journals[0] ?? [];
      for (const [product, id] of PRODUCTS.entries()) {
        const state = states[newest] as Server;
        const deliveries = [...older.map((each) => each % (newest + 1)), newest];
        const replica = deliveries.map((each) => states[each]?.stocks[product] as Stock).reduce(joinStock);
        const { onHand } = explainOnHand(replica, DEVICES[0] as DeviceId, ownEffects(own, id));
        expect(onHand).toBe(othersCovered(state, journals, id) + plainSum([own], id));
      }
    }),
    { numRuns: 500 },
  );
});

test('[STK9] the explanation adds up to on hand, and names what no counter covers yet', () => {
  fc.assert(
    fc.property(anyJournals, anySteps, fc.nat(), (journals, steps, at) => {
      const states = serverStates(journals, steps);
      const stock = states[at % states.length]?.stocks[0] as Stock;
      const own = ownEffects(journals[0] ?? [], stock.productId);
      const { onHand, base, parts } = explainOnHand(stock, DEVICES[0] as DeviceId, own.toReversed());
      expect(parts.reduce((sum, part) => sum + part.in - part.out, base)).toBe(onHand);
      expect(new Set(parts.map((part) => part.deviceId)).size).toBe(parts.length);
      const counter = stock.counters[DEVICES[0] as DeviceId]?.seq ?? 0;
      const fresh = own.filter(({ seq }) => seq > counter);
      const uncovered = parts.reduce((sum, part) => sum + part.uncovered, 0);
      expect(uncovered).toBe(fresh.reduce((sum, each) => sum + each.in - each.out, 0));
    }),
  );
});

test('[I4] a product that nobody moved has nothing on hand, and only own entries when only they moved it', () => {
  expect(explainOnHand(undefined, DEVICES[0] as DeviceId, [])).toEqual({ onHand: 0, base: 0, parts: [] });
  expect(explainOnHand(undefined, DEVICES[0] as DeviceId, [{ seq: 3, in: 0, out: 2 }])).toEqual({
    onHand: -2,
    base: 0,
    parts: [{ deviceId: DEVICES[0], in: 0, out: 2, seq: 3, uncovered: -2 }],
  });
});
