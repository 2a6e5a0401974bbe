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
const TAKEN: readonly string[] = ['accepted', 'duplicate'];

/** A client that nobody here wrote: it keeps a journal of its own and speaks the protocol bare. */
export interface RawDevice {
  readonly enrolment: EnrolAnswer;
  sell(wishes: readonly Wish[]): void;
  /** Sells, and sends something at that place of the chain that nobody can read; `spoil` makes it of the readable entry. */
  spoil(spoil: (entry: DeviceEntry) => unknown, wishes: readonly Wish[]): void;
  /** Sells, and does not send it: what is behind it waits at the server, until it says that this will not come. */
  hide(wishes: readonly Wish[]): void;
  /** What was spoilt or hidden is there whole after all, and is sent. */
  mend(): void;
  /** Sends what waits until it is taken. */
  flush(): void;
  /** Offers the last row again: the answer's head says whether the server still has the others. */
  recheck(): void;
  /** The server does not know it any more. */
  isDead(): boolean;
  waiting(): number;
  /** Signed entries that the server has acknowledged whole. */
  acked(): ReadonlySet<DeviceEntry>;
}

interface Row {
  /** What travels; null for what is hidden. */
  row: unknown;
  readonly entry: DeviceEntry;
  readonly head: Head & { readonly id: string };
  /** What it said when it travelled first. */
  readonly readable: boolean;
  /** It travels once more, whatever the head says. */
  again: boolean;
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
  const acked = new Set<DeviceEntry>();
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
    rows.push({ row, entry, head: { ...head, id: entry.id }, readable, again: false });
  };
  let [known, busy, dead] = [0, false, false];
  const again = () => void world.time.after(AGAIN_MS, () => void push());
  const push = async (): Promise<void> => {
    const batch = rows.filter((row, at) => row.row !== null && (row.again || at >= known)).slice(0, ROWS_AT_ONCE);
    if (batch.length === 0 || busy || dead) return;
    busy = true;
    const answer = await world.server.ask(
      pushRequest(enrolment.credential, { protocol, batch, sign, oldestHeld: oldestHeld() }),
    );
    busy = false;
    // A server that was restored to before its enrolment knows it no more, and it does not know what to do then.
    if (answer?.status === 401) dead = true;
    if (answer?.status !== 200) return again();
    const { head, verdicts } = JSON.parse(answer.text) as RawAnswer;
    judge(world, batch, verdicts);
    for (const [index, { row, entry }] of batch.entries()) {
      const isTaken = TAKEN.includes(verdicts[index]?.verdict ?? 'none');
      if (isTaken && row === entry && protocol > 1) acked.add(entry);
    }
    for (const row of batch) row.again = false;
    // Behind the server's head: also where that went back.
    const before = known;
    known = head.seq;
    if (known === before && known < rows.length) again();
    else await push();
  };
  /** With the head right before what is hidden, it is said that this will not come. */
  const oldestHeld = (): number | undefined => {
    let at = known;
    while (rows[at]?.row === null) at += 1;
    return at > known ? at + 1 : undefined;
  };
  return {
    enrolment,
    sell: (wishes) => {
      const entry = seal(wishes);
      const wrong = world.truth.wrote(entry, () => true);
      if (wrong) world.violate('F2', wrong);
      add(entry, entry, true);
    },
    spoil: (spoil, wishes) => {
      const entry = seal(wishes);
      world.truth.wroteApart(entry);
      add(entry, spoil({ ...entry }), false);
    },
    hide: (wishes) => {
      const entry = seal(wishes);
      world.truth.wroteApart(entry);
      add(entry, null, true);
    },
    mend: () => {
      for (const row of rows) {
        if (row.row === row.entry) continue;
        world.truth.comesAfterAll(deviceId);
        Object.assign(row, { row: row.entry, again: true });
      }
    },
    flush: () => void push(),
    recheck: () => {
      known = Math.min(known, Math.max(0, rows.length - 1));
      void push();
    },
    isDead: () => dead,
    acked: () => acked,
    waiting: () => (dead ? 0 : Math.max(rows.length - known, rows.filter(({ again }) => again).length)),
  };
}

interface RawAnswer {
  readonly head: { readonly seq: number };
  readonly verdicts: readonly { readonly verdict: string; readonly reason?: string }[];
}

interface RawPush {
  readonly protocol: number;
  readonly batch: readonly Row[];
  readonly sign: (text: string) => string | undefined;
  readonly oldestHeld: number | undefined;
}

function pushRequest(credential: string, { protocol, batch, sign, oldestHeld }: RawPush): WireRequest {
  const signatures = batch.flatMap(({ head: { id, hash } }) => {
    const signature = sign(entrySigningText(id as never, hash));
    return signature === undefined ? [] : [{ id, hash, signature }];
  });
  const more = protocol === 1 ? {} : { signatures, oldestHeld };
  const body = JSON.stringify({ entries: batch.map(({ row }) => row), ...more });
  const headers = {
    authorization: `Bearer ${credential}`,
    'content-type': 'application/json',
    ...(protocol === 1 ? {} : { [PROTOCOL_HEADER]: String(protocol) }),
  };
  return { method: 'POST', path: '/sync/v1/journal/push', headers, body };
}

/** A row that nobody can read is quarantined in its place, also when it comes whole later, and holds back none of the others (I12). */
function judge(world: World, batch: readonly Row[], verdicts: RawAnswer['verdicts']) {
  for (const [index, { head, readable, row, entry }] of batch.entries()) {
    const { verdict, reason } = verdicts[index] ?? { verdict: 'none' };
    // Whole at last, it counts in its place where the server lost what came first.
    const isWhole = !readable && row === entry;
    const taken = [...TAKEN, ...(isWhole ? ['quarantined'] : [])];
    const good = readable || isWhole ? taken : ['quarantined'];
    if (!good.includes(verdict))
      world.violate('I12', `${head.id}, ${readable ? 'readable' : 'poison'}, is ${verdict}: ${reason ?? ''}`);
  }
}
