import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bodyText, createMessageReader, requestName } from './http-messages.ts';

const text = (...lines: string[]) => Buffer.from(lines.join('\r\n'));

/** Feeds the bytes one by one: nothing may depend on where TCP cuts. */
function readSlowly(bytes: Buffer) {
  const reader = createMessageReader();
  return [...bytes].flatMap((byte) => reader.take(Buffer.from([byte])));
}

test('requests on one connection are told apart, wherever they are cut', () => {
  const post = text('POST /sync/v1/journal/push?x=1 HTTP/1.1', 'Content-Length: 4', '', '{"a}');
  const get = text('GET / HTTP/1.1', 'Host: x', '', '');
  const both = readSlowly(Buffer.concat([post, get]));
  expect(both.map(requestName)).toEqual(['POST /sync/v1/journal/push', 'GET /']);
  expect(both.map(({ bytes }) => bytes)).toEqual([post.length, get.length]);
  expect(createMessageReader().take(Buffer.concat([post, get]))).toHaveLength(2);
});

test('chunks are joined and compression is undone', () => {
  const packed = gzipSync('{"verdicts":[]}');
  const chunks = [packed.subarray(0, 7), packed.subarray(7)].flatMap((part) => [
    Buffer.from(`${part.length.toString(16)}\r\n`),
    part,
    Buffer.from('\r\n'),
  ]);
  const head = text('HTTP/1.1 200 OK', 'content-encoding: gzip', 'Transfer-Encoding: chunked', '', '');
  const [answer] = readSlowly(Buffer.concat([head, ...chunks, Buffer.from('0\r\n\r\n')]));
  expect(answer && bodyText(answer)).toBe('{"verdicts":[]}');
});

test('after an upgrade there are no messages', () => {
  const reader = createMessageReader();
  expect(reader.take(text('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', '', ''))).toHaveLength(1);
  expect(reader.take(text('HTTP/1.1 200 OK', '', ''))).toEqual([]);
});
