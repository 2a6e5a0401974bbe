import { constants, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PACKING_SIZE } from './limits.ts';
import { createPacker, type Past } from './packing.ts';

/** The other end of a socket, which remembers what its window holds, and of which it is known what it was sent. */
function createEnd(packer: ReturnType<typeof createPacker>) {
  let [past, window]: [Past, Buffer] = [packer.nothing, Buffer.alloc(0)];
  return {
    past: () => past,
    hear: async (message: Buffer): Promise<{ readonly text: string; readonly packed: Buffer }> => {
      const packed = await packer.pack(past, message);
      past = packer.behind(past, message);
      const whole = Buffer.concat([packed, Buffer.from([0, 0, 255, 255])]);
      const unpacked = inflateRawSync(whole, {
        ...{ finishFlush: constants.Z_SYNC_FLUSH, windowBits: PACKING_SIZE.windowBits },
        ...(window.length > 0 && { dictionary: window }),
      });
      window = Buffer.concat([window, unpacked]).subarray(-(2 ** PACKING_SIZE.windowBits));
      return { text: String(unpacked), packed };
    },
  };
}

const WORDS = Array.from({ length: 6 }, (_, word) =>
  Buffer.from(`{"type":"changes","word":${word},"text":"${'stock '.repeat(word * word * 20)}"}`),
);

test('[LIVE18] whoever joins whenever, and is told whatever else meanwhile, unpacks what was packed for all', async () => {
  const acts = fc.array(
    fc.oneof(
      fc.constant('join' as const),
      fc.record({ all: fc.nat(WORDS.length - 1) }),
      fc.record({ one: fc.nat(9), word: fc.nat(WORDS.length - 1) }),
    ),
    { maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(acts, async (done) => {
      const packer = createPacker(PACKING_SIZE);
      const ends: ReturnType<typeof createEnd>[] = [];
      for (const act of done) {
        const told = act === 'join' ? [] : 'all' in act ? ends : ends.slice(act.one, act.one + 1);
        if (act === 'join') ends.push(createEnd(packer));
        // As the server does, now the very same bytes, now its own.
        const word = act === 'join' ? WORDS[0] : 'all' in act ? WORDS[act.all] : Buffer.from(WORDS[act.word] ?? '');
        for (const end of told) expect((await end.hear(word as Buffer)).text).toBe(String(word));
      }
    }),
    { numRuns: 200 },
  );
});

test('[LIVE18] it is packed once for all who were told the same two messages last, whatever they heard before', async () => {
  const packer = createPacker(PACKING_SIZE);
  const [old, late, pusher] = [createEnd(packer), createEnd(packer), createEnd(packer)];
  const tell = async (ends: readonly ReturnType<typeof createEnd>[], text: string) => {
    const message = Buffer.from(text.repeat(50));
    const packed: Buffer[] = [];
    for (const end of ends) packed.push((await end.hear(message)).packed);
    return new Set(packed).size;
  };
  await tell([old], 'long ago');
  expect(await tell([old, late, pusher], 'one')).toBe(2);
  await tell([pusher], 'you sold');
  expect(await tell([old, late, pusher], 'two')).toBe(3);
  expect(await tell([old, late, pusher], 'three')).toBe(2);
  expect(await tell([old, late, pusher], 'four')).toBe(1);
  expect(new Set([old, late, pusher].map((end) => end.past())).size).toBe(1);
});

test('[LIVE18] what is long is packed once for all who hear it, whatever each heard before', async () => {
  const packer = createPacker(PACKING_SIZE);
  const ends = Array.from({ length: 5 }, () => createEnd(packer));
  for (const [number, end] of ends.entries()) await end.hear(Buffer.from(`you are ${number} `.repeat(50)));
  const long = Buffer.from(Array.from({ length: 5_000 }, (_, n) => n).join());
  const heard = await Promise.all(ends.map((end) => end.hear(long)));
  expect(new Set(heard.map(({ packed }) => packed)).size).toBe(1);
  for (const { text } of heard) expect(text).toBe(String(long));
  expect((await ends[3]?.hear(WORDS[3] as Buffer))?.text).toBe(String(WORDS[3]));
});

test('[LIVE18] what is long is packed beside, once for all, and is the same', async () => {
  const packer = createPacker(PACKING_SIZE);
  const [one, other] = [createEnd(packer), createEnd(packer)];
  const long = Buffer.from(Array.from({ length: 20_000 }, (_, n) => n).join());
  const [first, second] = await Promise.all([one.hear(long), other.hear(long)]);
  expect(first?.text).toBe(String(long));
  expect(first?.packed).toBe(second?.packed);
  expect((await one.hear(WORDS[3] as Buffer)).text).toBe(String(WORDS[3]));
});
