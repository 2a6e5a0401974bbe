import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryHash } from '../../schema/chain.ts';
import { type DeviceId, entryId, type ProductId } from '../../schema/ids.ts';
import { journalPushAnswerShape } from '../../schema/protocol/push.ts';
import { readShop } from '../testing/read-shop.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { signatureOf } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { closeGap } from './close-gap.ts';
import { pushJournal } from './push-journal.ts';
import { retireDevice } from './retire-device.ts';

const RUNS = 60;
const TEST_MS_MAX = 120_000;

type Row = Record<string, unknown>;
type Bend = (row: Row, other: Row, n: number) => unknown;

/** What a device that knows its own key may do to a row before it signs it, or a stranger without it. */
const BENDS: Readonly<Record<string, Bend>> = {
  whole: (row) => row,
  again: (_row, other) => other,
  'another place': (row, _other, n) => ({ ...row, id: entryId(row.deviceId as DeviceId, n + 1) }),
  'another place, hashed': (row, _other, n) =>
    hashed({ ...row, id: entryId(row.deviceId as DeviceId, n + 1), seq: n + 1 }),
  'another prev, hashed': (row, other) => hashed({ ...row, prev: other.hash }),
  'another prev': (row, other) => ({ ...row, prev: other.hash }),
  'another hash': (row, other) => ({ ...row, hash: other.hash }),
  'other content': (row) => ({ ...row, at: 5 }),
  'other content, hashed': (row, _other, n) => hashed({ ...row, at: n }),
  'no content': ({ id, prev, hash }) => ({ id, prev, hash }),
  stub: ({ id, prev, hash }) => ({ id, prev, hash, stub: true, bytes: 9 }),
  'server kind': (row) => hashed({ ...row, kind: 'retired', body: { deviceId: row.deviceId, reason: '' } }),
  'of another device': (row, _other, n) => hashed({ ...row, id: entryId('z'.repeat(16) as DeviceId, n + 1) }),
  nothing: () => null,
};

function hashed(open: Row): Row {
  return { ...open, hash: entryHash(open) };
}

const step = fc.record({
  bend: fc.constantFrom(...Object.keys(BENDS)),
  row: fc.nat({ max: 7 }),
  other: fc.nat({ max: 7 }),
  n: fc.nat({ max: 9 }),
  signed: fc.constantFrom(true, true, false),
});
const act = fc.oneof(
  { weight: 8, arbitrary: fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 6 }), by: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant('close' as const) },
  { weight: 1, arbitrary: fc.constant('retire' as const) },
);
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

async function runOnce(shop: TestShop, courier: TestEnrolment, till: string, acts: Act[], protocol: number) {
  const device = await shop.enrol('till', till);
  const { deviceId } = device.device;
  const journal = createTestJournal(device);
  const rows = Array.from({ length: 8 }, () => journal.receive(`p-${deviceId}` as ProductId, 1)) as unknown as Row[];
  for (const what of acts) {
    if (what === 'close') await closeGap(shop.core, deviceId, 99, 'lost');
    else if (what === 'retire') await retireDevice(shop.core, deviceId, 'lost');
    else await pushSteps(shop, device, what.by ? device : courier, what.steps, rows, protocol);
  }
}

async function pushSteps(
  shop: TestShop,
  device: TestEnrolment,
  by: TestEnrolment,
  steps: readonly { bend: string; row: number; other: number; n: number; signed: boolean }[],
  rows: readonly Row[],
  protocol: number,
): Promise<void> {
  const bent = steps.map(({ bend, row, other, n, signed }) => ({
    signed,
    row: BENDS[bend]?.(rows[row] as Row, rows[other] as Row, n),
  }));
  const answer = await pushJournal(
    shop.core,
    by.stored,
    {
      entries: bent.map(({ row }) => row),
      signatures: bent.flatMap(({ row, signed }) => (signed ? signatureOf(device, row) : [])),
      certificates: [device.certificate],
      oldestHeld: 1 + (steps[0]?.n ?? 0),
    },
    protocol,
  );
  expect(journalPushAnswerShape.parse(answer)).toEqual(answer);
  const claims = bent.map(({ row }) => ({ id: (row as Row | null)?.id ?? '', hash: (row as Row | null)?.hash ?? '' }));
  expect(answer.verdicts.map(({ id, hash }) => ({ id, hash }))).toEqual(claims);
}

test.each([1, 2])(
  '[I12] whatever a device does to its rows, each is answered, and the store stays right: protocol %i',
  { timeout: TEST_MS_MAX },
  async (protocol) => {
    const shop = await openTestShop();
    const courier = await shop.enrol('manager', 'M1');
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 8 }), async (acts) => {
        run += 1;
        await runOnce(shop, courier, `T${run}`, acts, protocol);
      }),
      { numRuns: RUNS },
    );
    const { verify } = shop.deps;
    const file = join(shop.dataDir, 'laci.db');
    const { findings } = verifyDatabase(file, { verify, shopKey: shop.core.shopKey.publicKey });
    // Who signs as this device does may have a row's only signature filed with a fork: that is odd, and nothing is wrong.
    expect(findings.filter(({ odd }) => !odd)).toEqual([]);
    expect(await readShop(shop.core).entriesOf('z'.repeat(16) as DeviceId)).toEqual([]);
    await shop.close();
  },
);
