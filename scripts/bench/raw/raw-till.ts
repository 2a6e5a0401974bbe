import { createSigner, signEntry } from '../../../client/store/signer.ts';
import { EMPTY_HEAD, sealEntry } from '../../../schema/chain.ts';
import type { DeviceEntry, Head } from '../../../schema/entry/entry.ts';
import type { CartId, PersonId } from '../../../schema/ids.ts';
import { type EnrolAnswer, enrolAnswerShape, type PublicKey, publicKeyShape } from '../../../schema/protocol/enrol.ts';
import { type JournalPushAnswer, journalPushAnswerShape } from '../../../schema/protocol/push.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../../schema/protocol/version.ts';
import { quantity } from '../../../schema/quantity.ts';
import { buildReceipt, type CartLine, payExactly, type ReceiptRules } from '../../../schema/receipt.ts';
import { must } from '../../../schema/result.ts';
import type { EntrySignature } from '../../../schema/signature.ts';
import type { Basket } from '../sales-baskets.ts';

/** One batch as it travels: signed once at its head, as tills do. */
export interface Batch {
  readonly entries: readonly DeviceEntry[];
  readonly body: string;
  /** The same in UTF-8, as it is sent over HTTP. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A till that speaks the protocol bare: a thousand of them fit into one process, and none of the client's own work is measured. */
export interface RawTill {
  readonly enrolment: EnrolAnswer;
  readonly publicKey: PublicKey;
  /** The next `count` sales, sealed and signed, in batches of `size`, fewer where they are long; nothing is sent. */
  prepare(count: number, size: number): Promise<Batch[]>;
  /** Sends a batch until the server takes it, and waits as long as it is asked to. Throws when a row is not accepted. */
  push(batch: Batch): Promise<JournalPushAnswer>;
}

/** What a bare till sells of: the shop's rules, and lines to take in turn. */
export interface RawGoods {
  readonly rules: ReceiptRules;
  readonly lines: readonly Omit<CartLine, 'quantity'>[];
  /** What customers bought, in turn; left out: three lines each. */
  readonly baskets?: readonly Basket[];
}

const LINES = 3;
/** Of one push; the server takes a little more. */
const BODY_CHARACTERS_MAX = 900_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };
/** After a connection broke, in milliseconds. */
const BROKEN_MS = 100;
const PERSON = 'sari' as PersonId;

/** Enrols a bare till by a one-time code. */
export async function enrolRawTill(origin: string, code: string, goods: RawGoods): Promise<RawTill> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
  const publicKey = publicKeyShape.parse(await crypto.subtle.exportKey('jwk', keys.publicKey));
  const answer = await post(`${origin}/enrol/v1`, JSON.stringify({ code, publicKey }), {});
  if (answer.status !== 201) throw new Error(`A till was not enrolled: ${await answer.text()}`);
  const enrolment = enrolAnswerShape.parse(await answer.json());
  const signer = createSigner(crypto.subtle, keys.privateKey);
  let head: Head = EMPTY_HEAD;
  const next = (): DeviceEntry => {
    const entry = makeSale(enrolment, goods, head);
    head = { seq: entry.seq, hash: entry.hash };
    return entry;
  };
  return {
    enrolment,
    publicKey,
    prepare: async (count, size) => {
      const batches: Batch[] = [];
      for (const entries of inBatches(Array.from({ length: count }, next), size)) {
        const last = must(entries.at(-1), 'an entry');
        const signatures: EntrySignature[] = [
          { id: last.id, hash: last.hash, signature: await signEntry(signer, last) },
        ];
        const body = JSON.stringify({ entries, signatures });
        batches.push({ entries, body, bytes: new TextEncoder().encode(body) });
      }
      return batches;
    },
    push: (batch) => pushUntilTaken(`${origin}/sync/v1/journal/push`, enrolment.credential, batch),
  };
}

function inBatches(entries: readonly DeviceEntry[], size: number): DeviceEntry[][] {
  const batches: DeviceEntry[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const { length } = JSON.stringify(entry);
    const isFull = characters + length > BODY_CHARACTERS_MAX || batches.at(-1)?.length === size;
    if (isFull) batches.push([]);
    characters = isFull ? length : characters + length;
    batches.at(-1)?.push(entry);
  }
  return batches;
}

function makeSale({ device }: EnrolAnswer, { rules, lines, baskets }: RawGoods, head: Head): DeviceEntry {
  const cartId = `raw-${device.deviceId}-${head.seq + 1}` as CartId;
  const inTurn = () => Array.from({ length: LINES }, (_, index) => ({ product: head.seq * LINES + index, pieces: 1 }));
  const basket = baskets?.[head.seq % baskets.length] ?? inTurn();
  const cartLines = basket.map(({ product, pieces }) => {
    const line = must(lines[product % lines.length], 'a product');
    return { ...line, quantity: quantity(line.unitScale * pieces) };
  });
  const place = { till: device.till, generation: device.generation, receiptNo: head.seq + 1 };
  const receipt = buildReceipt({ cartId, lines: cartLines }, rules, place);
  const body = { ...receipt, payments: [payExactly('cash', receipt.totals.due)] };
  const { deviceId, branch } = device;
  return sealEntry({ deviceId, branch, person: PERSON, at: Date.now(), kind: 'sale', body }, head);
}

async function pushUntilTaken(url: string, credential: string, { entries, bytes }: Batch): Promise<JournalPushAnswer> {
  for (;;) {
    const headers = { authorization: `Bearer ${credential}`, [PROTOCOL_HEADER]: `${PROTOCOL_VERSION}` };
    const answer = await post(url, bytes, headers).catch(() => null);
    if (answer === null) {
      // The connection was kept for too long: a till tries again too, and what was taken is a duplicate then.
      await wait(BROKEN_MS);
      continue;
    }
    if (answer.status === 429 || answer.status === 503) {
      await answer.arrayBuffer();
      await wait(Number(answer.headers.get('retry-after') ?? 1) * 1_000);
      continue;
    }
    if (!answer.ok) throw new Error(`A push was answered ${answer.status}: ${await answer.text()}`);
    const read = journalPushAnswerShape.parse(await answer.json());
    const odd = read.verdicts.find(({ verdict }) => verdict !== 'accepted' && verdict !== 'duplicate');
    if (odd || read.verdicts.length !== entries.length) throw new Error(`A row was not taken: ${JSON.stringify(odd)}`);
    return read;
  }
}

/** With jitter, as tills wait. In milliseconds. */
function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms * (0.5 + Math.random())));
}

function post(url: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
}
