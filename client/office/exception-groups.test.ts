import { expect, test } from 'vitest';
import type { Exception } from '../device/exceptions.ts';
import { exceptions as en } from '../i18n/en/exceptions.ts';
import { exceptions as id } from '../i18n/id/exceptions.ts';
import { EXCEPTION_KINDS, exceptionGroups } from './exception-groups.ts';
import { wayOf } from './exception-way.ts';

const exception = (flag: string, at = 0) => ({ id: `device:${at}`, flag, seen: null }) as unknown as Exception;

test('[EXC5] each kind stands once, the gravest first, and inside it the order stays', () => {
  const groups = exceptionGroups([
    exception('late', 4),
    exception('over-refunded:500', 3),
    exception('late', 2),
    exception('over-refunded:7', 1),
    exception('of-a-newer-server', 0),
  ]);
  expect(groups.map(({ kind, members }) => [kind, members.map((one) => one.id)])).toEqual([
    ['of-a-newer-server', ['device:0']],
    ['over-refunded', ['device:3', 'device:1']],
    ['late', ['device:4', 'device:2']],
  ]);
});

test('[EXC5] every kind says what to do, in both languages', () => {
  for (const words of [en, id]) expect(Object.keys(words.todo).sort()).toEqual([...EXCEPTION_KINDS, 'other'].sort());
});

test('[EXC10] what is put right on another screen names it, with the amount behind its flag too, and nothing else does', () => {
  expect(['over-refunded:8500', 'forked', 'unknown-product', 'no-approval'].map(wayOf)).toEqual([
    ...['movements', 'devices', 'products', 'settings'],
  ]);
  expect(['late', 'of-a-newer-server', 'constructor'].map(wayOf)).toEqual([undefined, undefined, undefined]);
});
