import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gzipParts, packBegin } from './packed-text.ts';

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string().map((text) => text.repeat(500)),
);

test('[PULL10] whatever begins and whatever ends a text, both unpack as one', () =>
  fc.assert(
    fc.asyncProperty(texts, texts, texts, async (begin, end, other) => {
      const packed = await packBegin(begin);
      const { parts, etag } = gzipParts(packed, end);
      expect(gunzipSync(Buffer.concat(parts)).toString()).toBe(`${begin}${end}`.toWellFormed());
      expect(gzipParts(packed, other).etag === etag).toBe(other === end);
    }),
  ));
