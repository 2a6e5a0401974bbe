import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceId } from '../ids.ts';
import type { OnHand } from './on-hand.ts';
import { type CausedMove, stockCauses } from './stock-causes.ts';

const [K1, K2, OLD] = ['k1', 'k2', 'old'] as DeviceId[] as [DeviceId, DeviceId, DeviceId];

function onHandOf(parts: readonly (readonly [DeviceId, number, number])[], base = 0): OnHand {
  const rows = parts.map(([deviceId, units, out]) => ({ deviceId, in: units, out, seq: 1, uncovered: 0 }));
  return { onHand: rows.reduce((sum, part) => sum + part.in - part.out, base), base, parts: rows };
}

const told = (explained: OnHand, moves: readonly CausedMove[]) =>
  Object.fromEntries(stockCauses(explained, moves).map(({ cause, units, parts }) => [cause, [units, parts.length]]));

test('[STK16] what no movement says was sold, or came back by a refund', () => {
  const moves: CausedMove[] = [
    { deviceId: K1, cause: 'opening', units: 40 },
    { deviceId: K1, cause: 'received', units: 24 },
    { deviceId: K2, cause: 'adjusted', units: -2 },
  ];
  expect(
    told(
      onHandOf([
        [K1, 65, 10],
        [K2, 0, 5],
      ]),
      moves,
    ),
  ).toEqual({
    ...{ opening: [40, 1], received: [24, 1], returned: [1, 1] },
    ...{ sold: [-13, 2], adjusted: [-2, 1] },
  });
});

test('[STK16] of a device whose older movements are held no more, what is unsaid is not called sold', () => {
  const moves: CausedMove[] = [{ deviceId: K1, cause: 'received', units: 5 }];
  const explained = onHandOf(
    [
      [K1, 45, 12],
      [K2, 0, 3],
    ],
    4,
  );
  const causes = stockCauses(explained, moves, (device) => device === K2);
  expect(causes.map(({ cause, units }) => [cause, units])).toEqual([
    ['received', 5],
    ['sold', -3],
    ['earlier', 32],
  ]);
});

test('[STK16] of devices that are retired the base tells the rest, and a correction both ways is one figure', () => {
  const moves: CausedMove[] = [
    { deviceId: OLD, cause: 'received', units: 30 },
    { deviceId: K1, cause: 'adjusted', units: 4 },
    { deviceId: K1, cause: 'adjusted', units: -1 },
  ];
  expect(
    told(
      onHandOf(
        [
          [K1, 4, 1],
          [OLD, 0, 0],
        ],
        12,
      ),
      moves,
    ),
  ).toEqual({
    ...{ received: [30, 1], sold: [-18, 1], adjusted: [3, 1] },
  });
});

const devices = fc.constantFrom(K1, K2, OLD);
const move: fc.Arbitrary<CausedMove> = fc.record({
  deviceId: devices,
  cause: fc.constantFrom('opening', 'received', 'adjusted', 'wasted', 'sent', 'arrived'),
  units: fc.integer({ min: -9, max: 9 }),
});
const part = fc.tuple(devices, fc.nat(9), fc.nat(9));

test('[STK16] whatever is known, the figures add up to what is on hand, and each to its devices', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(part, { selector: ([id]) => id }),
      fc.integer({ min: -9, max: 9 }),
      fc.array(move),
      (parts, base, moves) => {
        const explained = onHandOf(parts, base);
        const causes = stockCauses(explained, moves);
        expect(causes.reduce((sum, { units }) => sum + units, 0)).toBe(explained.onHand);
        for (const one of causes) expect(one.parts.reduce((sum, { units }) => sum + units, 0)).toBe(one.units);
      },
    ),
  );
});
