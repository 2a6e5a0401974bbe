import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, DeviceEntryKind, Head } from '../../schema/entry/entry.ts';
import { type CartId, cartIdShape, type ProductId, personIdShape } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import type { EnrolAnswer } from '../../schema/protocol/enrol.ts';
import { quantity } from '../../schema/quantity.ts';
import { buildReceipt, type CartLine, payExactly } from '../../schema/receipt.ts';

const PERSON = personIdShape.parse('sari');
const RULES = { currency: { code: 'IDR', digits: 0 }, rounding: 'half-up', taxes: [] } as const;

/** The journal of one enrolled device, as a till would write it. */
export interface TestJournal {
  readonly head: Head;
  receive(productId: ProductId, units: number): DeviceEntry;
  sell(productId: ProductId, units: number, cartId?: string, line?: Partial<CartLine>): DeviceEntry;
  write<Kind extends DeviceEntryKind>(kind: Kind, body: BodyOf<Kind>, at?: number): DeviceEntry;
}

/** `from` is where the journal goes on: a copy of a device starts where the device was copied. */
export function createTestJournal({ device }: Pick<EnrolAnswer, 'device'>, from: Head = EMPTY_HEAD): TestJournal {
  const { deviceId, branch, till, generation } = device;
  let head = from;
  let receiptNo = from.seq;
  const write: TestJournal['write'] = (kind, body, at = Date.now()) => {
    const entry = sealEntry({ deviceId, branch, person: PERSON, at, kind, body }, head) as DeviceEntry;
    head = { seq: entry.seq, hash: entry.hash };
    return entry;
  };
  const saleBody = (chosen: CartLine, cartId: CartId): BodyOf<'sale'> => {
    receiptNo += 1;
    const receipt = buildReceipt({ cartId, lines: [chosen] }, RULES, { till, generation, receiptNo });
    return { ...receipt, payments: [payExactly('cash', receipt.totals.due)] };
  };
  return {
    get head() {
      return head;
    },
    write,
    receive: (productId, units) =>
      write('receive', { reference: 'test', lines: [{ productId, quantity: quantity(units) }] }),
    sell: (productId, units, cartId = `cart-${deviceId}-${receiptNo}`, more = {}) => {
      const line = {
        productId,
        name: 'Kopi',
        quantity: quantity(units),
        unitScale: 1,
        unitPrice: money(1000),
        ...more,
      };
      return write('sale', saleBody(line, cartIdShape.parse(cartId)));
    },
  };
}
