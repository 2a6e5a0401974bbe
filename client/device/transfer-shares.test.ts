import { expect, test } from 'vitest';
import type { CompanyDoc, DeviceDoc } from '../../schema/company.ts';
import { branchIdShape, type DeviceId, type ProductId } from '../../schema/ids.ts';
import { ok } from '../../schema/result.ts';
import { shareOf } from '../../schema/stock/share.ts';
import { createTransfers, type TransfersDeps } from './create-transfers.ts';
import { createLive } from './live.ts';

const [TICKET, COFFEE] = ['tiket', 'kopi'] as ProductId[] as [ProductId, ProductId];
const [HERE, THERE] = [branchIdShape.parse('utama'), branchIdShape.parse('pasar')];
const TILLS = ['1111111111111111', '2222222222222222'] as DeviceId[];

/** Twenty tickets, of which two tills hold eight and five as their shares. */
const stock = new Map<ProductId, number>([
  [TICKET, 20],
  [COFFEE, 3],
  ...TILLS.map((device, index) => [shareOf(TICKET, device), index === 0 ? 8 : 5] as const),
]);

function open() {
  const name = { kind: 'branch-name', branch: THERE, name: 'Toko Pasar' } as CompanyDoc;
  const devices = TILLS.map((device) => ({ device }) as DeviceDoc);
  const written: unknown[] = [];
  const deps = {
    identity: { branch: HERE },
    movementBook: { version: createLive(0), all: () => [] },
    company: { all: createLive([name]), devices: createLive(devices) },
    catalogue: { limited: () => new Set([TICKET]) },
    stockBook: { onHand: (id: ProductId) => stock.get(id) ?? 0 },
    till: { record: async (_kind: string, body: unknown) => ok(written.push(body)) },
    newId: () => 'kirim-1',
  } as unknown as TransfersDeps;
  return { transfers: createTransfers(deps), written };
}

test('[TRF7] of a limited product only what is not shared out may leave; of any other, whatever the book says', async () => {
  const { transfers, written } = open();
  const send = (productId: ProductId, quantity: number) => transfers.send(THERE, [{ productId, quantity }], null);
  expect(await send(TICKET, 8)).toEqual({ ok: false, error: { code: 'shared-out', product: TICKET, free: 7 } });
  expect(written).toEqual([]);
  expect(await send(TICKET, 7)).toMatchObject({ ok: true });
  expect(await send(COFFEE, 50)).toMatchObject({ ok: true });
  expect(written).toMatchObject([{ toBranch: THERE, transferId: 'kirim-1' }, {}]);
});
