import { expect, test } from 'vitest';
import { holdPullsBack } from './hold-pulls-back.ts';

test('[F9] pulls wait where the room is for sales; whatever else goes out does so', async () => {
  const asked: string[] = [];
  const room = { left: false, looks: 0 };
  const fetch = holdPullsBack(
    async (url) => {
      asked.push(url);
      return new Response('{}');
    },
    {
      look: async () => {
        room.looks += 1;
      },
      hasRoomToPull: () => room.left,
    },
  );
  await expect(fetch('http://shop/sync/v1/products/pull?limit=5', {})).rejects.toThrow('selling goes on');
  await fetch('http://shop/sync/v1/journal/push', {});
  room.left = true;
  for (let page = 0; page < 25; page += 1) await fetch('http://shop/sync/v1/stock/pull', {});
  expect(asked).toHaveLength(26);
  expect(room.looks).toBe(3);
});
