import { expect, test } from 'vitest';
import { fail, ok } from '../../schema/result.ts';
import type { Http, NetFault } from './http.ts';
import { testCall } from './test-call.ts';

/** The clock moves by 100 ms with each look. */
async function call(answer: Awaited<ReturnType<Http['request']>>) {
  let now = 1_000_000;
  const clock = () => {
    now += 100;
    return now;
  };
  return testCall({ request: async () => answer as never }, clock);
}

test('[STATE8] a server that answers says how long it took and how far the clock is off', async () => {
  const status = { serverTime: 1_000_150 - 3 * 86_400_000 };
  expect(await call(ok(status))).toEqual({ found: 'reached', tookMs: 100, clockErrorMs: 3 * 86_400_000, detail: '' });
});

test('[STATE8] what stands in the way has a name of its own', async () => {
  const refused = (code: string) => ({ kind: 'refused', code, text: code, retryAfterMs: null }) as NetFault;
  const found = async (fault: NetFault) => (await call(fail(fault))).found;
  expect(await found({ kind: 'offline', text: 'x' })).toBe('offline');
  expect(await found({ kind: 'not-the-server', text: 'x', status: 200 })).toBe('other');
  expect(await found(refused('not-enrolled'))).toBe('credential');
  expect(await found(refused('revoked'))).toBe('revoked');
  expect(await found(refused('protocol-unknown'))).toBe('version');
  expect(await found(refused('too-many'))).toBe('busy');
  expect(await found(refused('store-failed'))).toBe('fault');
  expect(await call(fail(refused('internal')))).toMatchObject({ clockErrorMs: null, detail: 'internal' });
});
