import { expect, test } from 'vitest';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import { createFullSyncCount } from './full-sync.ts';

const answer = (lag: number) => ({ collections: { products: { total: 100, lag } } }) as unknown as StatusAnswer;

test('[SYNC3] what comes while the server is asked for the count is counted once it has answered', () => {
  const count = createFullSyncCount();
  count.asked();
  expect(count.add('products', 30)).toEqual({ collection: 'products', done: 0, total: 0 });
  count.begin(answer(90));
  expect(count.add('products', 20)).toEqual({ collection: 'products', done: 60, total: 100 });
  expect(count.add('products', 60)).toMatchObject({ done: 100 });
});

test('[SYNC3] a new count begins from what the server says, whatever came before it was asked', () => {
  const count = createFullSyncCount();
  count.add('products', 30);
  count.asked();
  count.begin(answer(60));
  expect(count.add('products', 0)).toMatchObject({ done: 40, total: 100 });
});
