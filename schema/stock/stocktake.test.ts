import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceId, EntryId, PersonId, ProductId } from '../ids.ts';
import { type CountedLine, countResults, type StockMove } from './stocktake.ts';

const SHEET = 'sheet-1';
const P = 'product-1' as ProductId;
let ids = 0;

function line(
  at: number,
  counted: number,
  expected: number,
  seen: Record<string, number> = {},
  place = '',
): CountedLine {
  ids += 1;
  const id = `k:${String(ids).padStart(6, '0')}` as EntryId;
  return {
    id,
    deviceId: 'K' as DeviceId,
    person: 'sari' as PersonId,
    at,
    productId: P,
    place,
    counted,
    expected,
    seen,
  };
}

function move(deviceId: string, seq: number, at: number, delta: number, sheet?: string): StockMove {
  return { id: `${deviceId}:${seq}` as EntryId, deviceId: deviceId as DeviceId, seq, at, productId: P, delta, sheet };
}

const only = (lines: readonly CountedLine[], moves: readonly StockMove[]) => {
  const [result] = countResults(SHEET, lines, moves);
  if (!result) throw new Error('no result');
  return result;
};

test('[STT1] a count is compared with the books at its own moment: what is sold after it changes nothing', () => {
  const counted = line(100, 8, 10, { A: 1 });
  expect(only([counted], []).correction).toBe(-2);
  expect(only([counted], [move('A', 1, 50, -3), move('A', 2, 120, -4)])).toMatchObject({ correction: -2, late: 0 });
});

test('[STT2] a sale from before the count that arrives after it was gone from the shelf already', () => {
  const counted = line(100, 7, 10, { A: 1 });
  const late = move('B', 9, 60, -3);
  expect(only([counted], [late])).toMatchObject({ expected: 7, late: -3, correction: 0 });
  // The stocktake was closed before it came: then it asks for what it changes, once.
  const closed = move('M', 4, 200, -3, SHEET);
  expect(only([counted], [closed]).correction).toBe(0);
  expect(only([counted], [closed, late]).correction).toBe(3);
  expect(only([counted], [closed, late, move('M', 5, 300, 3, SHEET)]).correction).toBe(0);
});

test('[STT3] places add up, a later count at the same place replaces the earlier one', () => {
  const result = only([line(10, 4, 9, {}, 'front'), line(20, 5, 9, {}, 'back'), line(30, 6, 9, {}, 'front')], []);
  expect(result).toMatchObject({ counted: 11, correction: 2, unclear: false });
  expect(result.replaced.map(({ counted }) => counted)).toEqual([4]);
});

test('[STT3] what moved between two places is told, because nobody can know from which it went', () => {
  const counts = [line(10, 4, 9, {}, 'front'), line(30, 4, 8, { A: 1 }, 'back')];
  expect(only(counts, [move('A', 1, 20, -1)])).toMatchObject({ counted: 8, expected: 8, unclear: true });
});

test('[STT4] a recount after the stocktake was closed is not charged with what it corrected before', () => {
  const first = line(100, 7, 10, { A: 1 });
  const closed = move('M', 4, 200, -3, SHEET);
  const again = line(300, 7, 7, { A: 1, M: 4 });
  expect(only([first, again], [closed]).correction).toBe(0);
  // The counting device had not heard of the correction yet.
  const blind = line(300, 7, 10, { A: 1 });
  expect(only([first, blind], [closed]).correction).toBe(0);
});

test('[STT5] whatever a device knew when it counted, and in whatever order things arrive, the books end as the shelf', () => {
  const action = fc.oneof(
    fc.record({
      kind: fc.constant('move' as const),
      device: fc.constantFrom('A', 'B', 'C'),
      delta: fc.integer({ min: -5, max: 5 }),
    }),
    fc.record({
      kind: fc.constant('count' as const),
      knows: fc.record({
        A: fc.double({ min: 0, max: 1, noNaN: true }),
        B: fc.double({ min: 0, max: 1, noNaN: true }),
        C: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    }),
    fc.record({ kind: fc.constant('close' as const), knows: fc.double({ min: 0, max: 1, noNaN: true }) }),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: -5, max: 5 }),
      fc.array(action, { maxLength: 30 }),
      (opening, lost, actions) => {
        // The books begin at `opening`; the shelf lost some without anybody's writing it down.
        let shelf = opening + lost;
        const moves: StockMove[] = [];
        const counts: CountedLine[] = [];
        const seqs: Record<string, number> = { A: 0, B: 0, C: 0, M: 0 };
        const write = (device: string, at: number, delta: number, sheet?: string) => {
          seqs[device] = (seqs[device] ?? 0) + 1;
          moves.push(move(device, seqs[device] ?? 0, at, delta, sheet));
        };
        const correct = (known: readonly StockMove[], at: number) => {
          const [result] = countResults(SHEET, counts, known);
          if (result && result.correction !== 0) write('M', at, result.correction, SHEET);
        };
        actions.forEach((act, index) => {
          const at = index * 10;
          if (act.kind === 'move') {
            write(act.device, at, act.delta);
            shelf += act.delta;
          } else if (act.kind === 'count') {
            const seen = Object.fromEntries(
              Object.entries(act.knows).map(([device, part]) => [device, Math.floor((seqs[device] ?? 0) * part)]),
            );
            const known = moves.filter(({ deviceId, seq }) => seq <= (seen[deviceId] ?? 0));
            const expected = opening + known.reduce((sum, { delta }) => sum + delta, 0);
            counts.push(line(at, shelf, expected, seen));
          } else {
            // Of others as far as it has heard; of itself all.
            const heard = new Set(moves.slice(0, Math.floor(moves.length * act.knows)));
            correct(
              moves.filter((one) => heard.has(one) || one.deviceId === 'M'),
              at,
            );
          }
        });
        if (counts.length === 0) return;
        correct(moves, 10_000);
        expect(opening + moves.reduce((sum, { delta }) => sum + delta, 0)).toBe(shelf);
      },
    ),
    { numRuns: 500 },
  );
});
