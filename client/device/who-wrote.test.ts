import { expect, test } from 'vitest';
import type { AuditPage, AuditRow } from '../../schema/protocol/audit.ts';
import { fail, ok } from '../../schema/result.ts';
import { WRITERS_PAGES_MAX, whoWrote } from './who-wrote.ts';

const row = (at: number, patch: AuditRow['patch'], more: Partial<AuditRow> = {}): AuditRow => ({
  ...{ collection: 'products', docId: 'tea', base: {}, person: `p${at}`, device: 'M2', verdict: 'accepted' },
  ...{ at, receivedAt: at, patch, ...more },
});

/** The server's pages, newest first, one row each. */
function server(rows: readonly AuditRow[]) {
  const asked: (string | null)[] = [];
  const auditNow = async (before: string | null) => {
    asked.push(before);
    const place = before === null ? 0 : Number(before);
    const page: AuditPage = {
      rows: rows.slice(place, place + 1),
      next: place + 1 < rows.length ? `${place + 1}` : null,
    };
    return ok(page);
  };
  return { auditNow, asked };
}

const fields = [{ field: 'price', theirs: 9_900 }, { field: 'name', theirs: 'Teh' }, { field: 'sku' }] as const;

test('[EDT22] each field has the newest change that made it what it is, and no other document’s', async () => {
  const { auditNow, asked } = server([
    row(9, { price: 9_900 }, { docId: 'milk' }),
    row(8, { price: 1, name: 'Mine' }, { verdict: 'conflict' }),
    row(7, { price: 9_900 }),
    row(6, { price: 9_900, sku: null }),
    row(5, { name: 'Teh' }, { verdict: 'refused' }),
    row(4, { name: 'Teh' }, { verdict: 'merged' }),
    row(3, { name: 'Teh' }),
  ]);
  expect(await whoWrote(auditNow, 'tea', fields)).toEqual(
    new Map([
      ['price', { person: 'p7', till: 'M2', at: 7 }],
      ['sku', { person: 'p6', till: 'M2', at: 6 }],
      ['name', { person: 'p4', till: 'M2', at: 4 }],
    ]),
  );
  expect(asked).toHaveLength(6);
});

test('[EDT22] prices of branches are whoever’s wrote one last, as far as it was taken', async () => {
  const { auditNow } = server([
    row(3, { branchPrices: { utara: 1 } }, { verdict: 'conflict' }),
    row(2, { branchPrices: { utara: 5 } }, { verdict: 'merged' }),
  ]);
  const prices = [{ field: 'branchPrices', theirs: { utara: 5, selatan: 6 } }];
  expect((await whoWrote(auditNow, 'tea', prices)).get('branchPrices')?.at).toBe(2);
});

test('[EDT22] what is not found within its bound, or without the server, is not told', async () => {
  const { auditNow, asked } = server(Array.from({ length: 50 }, (_, at) => row(50 - at, { price: 1 })));
  expect(await whoWrote(auditNow, 'tea', fields)).toEqual(new Map());
  expect(asked).toHaveLength(WRITERS_PAGES_MAX);
  expect(await whoWrote(async () => fail('offline' as const), 'tea', fields)).toEqual(new Map());
});
