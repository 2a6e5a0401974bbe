import { expect, test } from 'vitest';
import { branchIdShape, branchScope } from '../../schema/ids.ts';
import type { StoredDevice } from '../store/store.ts';
import { changesMessage } from './changes-message.ts';
import { createLiveSocket } from './live-socket.ts';

const SCOPE = branchScope(branchIdShape.parse('utama'));

test('[LIVE11] what is not packed is encoded once, and the very same bytes go to every socket of a version', () => {
  const sent: { readonly data: unknown; readonly options: unknown }[] = [];
  const socket = { bufferedAmount: 0, send: (data: unknown, options: unknown) => sent.push({ data, options }) };
  const open = (protocol: number) => createLiveSocket(socket as never, {} as StoredDevice, () => 0, protocol);
  const message = changesMessage(SCOPE, 0, { seq: 1, tag: 'tag', mac: 'mac' } as never, []);
  for (const protocol of [4, 4, 4]) open(protocol).sendShared(message, false);
  expect(new Set(sent.map(({ data }) => data)).size).toBe(1);
  expect(String(sent[0]?.data)).toBe(message.text);
  expect(sent[0]?.options).toEqual({ binary: false, compress: false });
});
