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
    () => true,
  );
  await expect(fetch('http://shop/sync/v1/products/pull?limit=5', {})).rejects.toThrow('selling goes on');
  await fetch('http://shop/sync/v1/journal/push', {});
  room.left = true;
  for (let page = 0; page < 25; page += 1) await fetch('http://shop/sync/v1/stock/pull', {});
  expect(asked).toHaveLength(26);
  expect(room.looks).toBe(3);
});

test('[F9] a device with nothing to sell does not wait for the first look at its disk, and for every later one', async () => {
  const looks = { asked: 0, hasRoom: true };
  const fetch = holdPullsBack(
    async () => new Response('{}'),
    {
      look: async () => {
        looks.asked += 1;
        looks.hasRoom = false;
      },
      hasRoomToPull: () => looks.hasRoom,
    },
    () => false,
  );
  for (let page = 0; page < 10; page += 1) await fetch('http://shop/sync/v1/products/pull', {});
  expect(looks.asked).toBe(0);
  await expect(fetch('http://shop/sync/v1/products/pull', {})).rejects.toThrow('selling goes on');
  expect(looks.asked).toBe(1);
});
