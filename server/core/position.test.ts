import { expect, test } from 'vitest';
import { branchScope, COMPANY_SCOPE } from '../../schema/ids.ts';
import { BRANCH } from '../seed/shop.ts';
import { createPositions } from './position.ts';

const epoch = { n: 1, id: '0123456789abcdef' };
const positions = createPositions('secret');

test('[PULL3] a position is good for its own scope, epoch, seq, tag and server, and for no other', () => {
  const good = positions.sign(epoch, COMPANY_SCOPE, { seq: 5, tag: 'a' });
  expect(positions.verify(epoch, COMPANY_SCOPE, good)).toBe(true);
  const wrong = [
    positions.verify(epoch, branchScope(BRANCH), good),
    positions.verify(epoch, COMPANY_SCOPE, { ...good, seq: 6 }),
    positions.verify(epoch, COMPANY_SCOPE, { ...good, tag: 'b' }),
    positions.verify(epoch, COMPANY_SCOPE, { ...good, mac: '' }),
    createPositions('other').verify(epoch, COMPANY_SCOPE, good),
    positions.verify({ ...epoch, n: 2 }, COMPANY_SCOPE, good),
  ];
  expect(wrong).toEqual(Array(6).fill(false));
});
