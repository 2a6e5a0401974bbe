import { expect, test } from 'vitest';
import { z } from 'zod';
import { ok } from '../../schema/result.ts';
import type { Http } from './http.ts';
import { createSyncBoard } from './sync-board.ts';
import { watchHttp } from './watched-http.ts';

test('[SYNC7] after a stop no request begins, whoever still wants one', async () => {
  let asked = 0;
  let aborted = 0;
  const inner = {
    request: async () => {
      asked += 1;
      return ok({});
    },
    abort: () => {
      aborted += 1;
    },
  } as unknown as Http;
  const standing = { notEnrolled: () => undefined, revoked: () => undefined };
  const http = watchHttp(
    inner,
    createSyncBoard(() => 0),
    standing,
  );
  const ask = () => http.request('POST', '/sync/v1/status', {}, z.object({}));
  expect((await ask()).ok).toBe(true);
  http.abort();
  expect(await ask()).toMatchObject({ ok: false, error: { kind: 'offline' } });
  expect([asked, aborted]).toEqual([1, 1]);
});
