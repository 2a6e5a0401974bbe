import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, Head } from '../../schema/entry/entry.ts';
import { type BranchId, type CartId, type PersonId, tillCodeShape } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import type { EnrolAnswer } from '../../schema/protocol/enrol.ts';
import { PROTOCOL_HEADER } from '../../schema/protocol/version.ts';
import { quantity } from '../../schema/quantity.ts';
import { buildReceipt, payExactly } from '../../schema/receipt.ts';
import { entrySigningText } from '../../schema/signature.ts';
import { createCode } from '../../server/core/enrol-code.ts';
import { drive } from './drive.ts';
import { WORLD_BEGINS } from './server-machine.ts';
import type { WireRequest } from './server-request.ts';
import { publicKeyOf, signatureText } from './stand-in-crypto.ts';
import { effectsOf, type Wish } from './till-acts.ts';
import { CANARY, type World } from './world.ts';

/** How long until rows that were not taken are sent again, in milliseconds. */
const AGAIN_MS = 3_000;
const ROWS_AT_ONCE = 50;

/** A client that nobody here wrote: it keeps a journal of its own and speaks the protocol bare. */
export interface RawDevice {
  readonly enrolment: EnrolAnswer;
  sell(wishes: readonly Wish[]): void;
  /** Writes something at the next place of the chain that nobody can read; `spoil` makes it of a readable entry. */
  spoil(spoil: (entry: DeviceEntry) => unknown): void;
  /** Sends what waits until it is taken. */
  flush(): void;
  /** Offers the last row again: the answer's head says whether the server still has the others. */
  recheck(): void;
  /** The server does not know it any more. */
  isDead(): boolean;
  waiting(): number;
}

interface Row {
  readonly row: unknown;
  readonly head: Head & { readonly id: string };
  readonly readable: boolean;
}

/** Enrols a raw device; null when the server did not answer. `protocol` 1 signs nothing. */
export function enrolRawDevice(
  world: World,
  branch: BranchId,
  till: string,
  protocol: number,
): Promise<RawDevice | null> {
  return enrol(world, branch, till, protocol).catch(() => null);
}

async function enrol(world: World, branch: BranchId, till: string, protocol: number): Promise<RawDevice | null> {
  const core = world.server.core();
  if (!core) return null;
  const publicKey = publicKeyOf({ name: `${till} ${world.time.now()}` });
  const code = await drive(world.time, createCode(core, { branch, role: 'till', till: tillCodeShape.parse(till) }));
  if (!code.ok) return null;
  const request = { method: 'POST', path: '/enrol/v1', headers: { 'content-type': 'application/json' } };
  const body = JSON.stringify({ code: code.value.code, publicKey });
  const answer = await drive(world.time, world.server.ask({ ...request, body }));
  if (answer?.status !== 201) return null;
  const enrolment = JSON.parse(answer.text) as EnrolAnswer;
  return createRawDevice(
    world,
    enrolment,
    (text) => (protocol === 1 ? undefined : signatureText(publicKey, text)),
    protocol,
  );
}

function createRawDevice(
  world: World,
  enrolment: EnrolAnswer,
  sign: (text: string) => string | undefined,
  protocol: number,
): RawDevice {
  const { deviceId, branch, till, generation } = enrolment.device;
  let head: Head = EMPTY_HEAD;
  let receiptNo = 0;
  const rows: Row[] = [];
  const seal = (wishes: readonly Wish[]): DeviceEntry => {
    receiptNo += 1;
    const cartId = `raw-${deviceId}-${receiptNo}` as CartId;
    world.truth.ask(cartId, effectsOf(wishes, -1));
    const lines = wishes.map(({ productId, units }) => ({
      ...{ productId, name: 'Barang', quantity: quantity(units), unitScale: 1, unitPrice: money(1_000) },
    }));
    const rules = { currency: { code: 'IDR', digits: 0 }, rounding: 'half-up', taxes: [] } as const;
    const receipt = buildReceipt({ cartId, lines, note: CANARY[branch] as string }, rules, {
      till,
      generation,
      receiptNo,
    });
    const body = { ...receipt, payments: [payExactly('cash', receipt.totals.due)] } as BodyOf<'sale'>;
    const draft = { deviceId, branch, person: 'sari' as PersonId, at: WORLD_BEGINS + world.time.now() };
    return sealEntry({ ...draft, kind: 'sale', body }, head);
  };
  const add = (entry: DeviceEntry, row: unknown, readable: boolean) => {
    head = { seq: entry.seq, hash: entry.hash };
    rows.push({ row, head: { ...head, id: entry.id }, readable });
  };
  let [known, busy, dead] = [0, false, false];
  const again = () => void world.time.after(AGAIN_MS, () => void push());
  const push = async (): Promise<void> => {
    const batch = rows.slice(known, known + ROWS_AT_ONCE);
    if (batch.length === 0 || busy || dead) return;
    busy = true;
    const answer = await world.server.ask(pushRequest(enrolment.credential, protocol, batch, sign));
    busy = false;
    // A server that was restored to before its enrolment knows it no more, and it does not know what to do then.
    if (answer?.status === 401) dead = true;
    if (answer?.status !== 200) return again();
    const { head, verdicts } = JSON.parse(answer.text) as RawAnswer;
    judge(world, batch, verdicts);
    // Behind the server's head: also where that went back.
    const before = known;
    known = head.seq;
    if (known === before) again();
    else await push();
  };
  return {
    enrolment,
    sell: (wishes) => {
      const entry = seal(wishes);
      const wrong = world.truth.wrote(entry);
      if (wrong) world.violate('F2', wrong);
      add(entry, entry, true);
    },
    spoil: (spoil) => {
      const entry = seal([]);
      const { id, prev, hash } = entry;
      world.truth.wroteUnreadable(deviceId, entry.seq, hash);
      add(entry, spoil({ ...entry, id, prev, hash }), false);
    },
    flush: () => void push(),
    recheck: () => {
      known = Math.min(known, Math.max(0, rows.length - 1));
      void push();
    },
    isDead: () => dead,
    waiting: () => (dead ? 0 : rows.length - known),
  };
}

interface RawAnswer {
  readonly head: { readonly seq: number };
  readonly verdicts: readonly { readonly verdict: string; readonly reason?: string }[];
}

function pushRequest(
  credential: string,
  protocol: number,
  batch: readonly Row[],
  sign: (text: string) => string | undefined,
): WireRequest {
  const signatures = batch.flatMap(({ head: { id, hash } }) => {
    const signature = sign(entrySigningText(id as never, hash));
    return signature === undefined ? [] : [{ id, hash, signature }];
  });
  const body = JSON.stringify({ entries: batch.map(({ row }) => row), ...(protocol === 1 ? {} : { signatures }) });
  const headers = {
    authorization: `Bearer ${credential}`,
    'content-type': 'application/json',
    ...(protocol === 1 ? {} : { [PROTOCOL_HEADER]: String(protocol) }),
  };
  return { method: 'POST', path: '/sync/v1/journal/push', headers, body };
}

/** A row that nobody can read is quarantined in its place, and holds back none of the others (I12). */
function judge(world: World, batch: readonly Row[], verdicts: RawAnswer['verdicts']) {
  for (const [index, { head, readable }] of batch.entries()) {
    const { verdict, reason } = verdicts[index] ?? { verdict: 'none' };
    const good = readable ? ['accepted', 'duplicate'] : ['quarantined'];
    if (!good.includes(verdict))
      world.violate('I12', `${head.id}, ${readable ? 'readable' : 'poison'}, is ${verdict}: ${reason ?? ''}`);
  }
}
