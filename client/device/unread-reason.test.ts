import { expect, test } from 'vitest';
import { type UnreadWhy, unreadReason } from './unread-reason.ts';

test.each<[string, UnreadWhy, string]>([
  ['kind: Invalid input', 'form', 'kind'],
  ['body.lines.0.quantity: Too big', 'form', 'body.lines.0.quantity'],
  ['bad-number: extra', 'gate', 'extra'],
  ['too-large: ', 'gate', 'too-large'],
  ['stub: 300000 bytes, too large to travel', 'large', '300000 bytes, too large to travel'],
  ['hash: not the hash of the content', 'altered', 'not the hash of the content'],
  ['id: not the id of its device and seq', 'altered', 'not the id of its device and seq'],
  ['prev: does not follow the entry before it', 'chain', 'does not follow the entry before it'],
  ['branch: not the branch of this device', 'branch', 'not the branch of this device'],
  ['overflow: the stock counter would not be exact any more', 'sum', 'the stock counter would not be exact any more'],
  ['constructor: Invalid input', 'form', 'constructor'],
])('[EXC9] %s: what is to be done is known', (reason, why, detail) => {
  expect(unreadReason(reason)).toEqual({ why, detail });
});
