import { expect, test } from 'vitest';
import { branchScope, COMPANY_SCOPE } from '../../schema/ids.ts';
import { BRANCH } from '../seed/shop.ts';
import { createPositions } from './position.ts';

const epoch = { n: 1, id: '0123456789abcdef' };
const positions = createPositions('secret', epoch);

test('[PULL3] a position is good for its own scope, epoch, seq, tag and server, and for no other', () => {
  const good = positions.sign(COMPANY_SCOPE, { seq: 5, tag: 'a' });
  expect(positions.verify(COMPANY_SCOPE, good)).toBe(true);
  const wrong = [
    positions.verify(branchScope(BRANCH), good),
    positions.verify(COMPANY_SCOPE, { ...good, seq: 6 }),
    positions.verify(COMPANY_SCOPE, { ...good, tag: 'b' }),
    positions.verify(COMPANY_SCOPE, { ...good, mac: '' }),
    createPositions('other', epoch).verify(COMPANY_SCOPE, good),
    createPositions('secret', { ...epoch, n: 2 }).verify(COMPANY_SCOPE, good),
  ];
  expect(wrong).toEqual(Array(6).fill(false));
});
