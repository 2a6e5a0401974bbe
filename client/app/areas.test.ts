import { describe, expect, it } from 'vitest';
import { areaOf, areasOf, besideInRail, pageAt, railOf } from './areas.ts';

describe('areas', () => {
  it('[ROLE1] a till has no office; a manager and a developer have everything', () => {
    expect(areasOf('till')).toEqual(['till', 'inspector']);
    expect(areasOf('manager')).toContain('office');
    expect(areasOf('developer')).toContain('office');
  });

  it('[ROLE1] a path to a screen that a role does not have leads to its first one', () => {
    expect(pageAt('/devices', 'till')).toBe('sell');
    expect(pageAt('/devices', 'manager')).toBe('devices');
    expect(pageAt('/receipts/K1-1-4', 'till')).toBe('receipts');
    expect(pageAt('', 'manager')).toBe('stock');
    expect(pageAt('/nowhere', 'developer')).toBe('inspector');
  });

  it('[ROLE1] every page belongs to one area', () => {
    expect(areaOf('adjust')).toBe('till');
    expect(areaOf('products')).toBe('office');
    expect(areaOf('inspector')).toBe('inspector');
  });

  it('[KEY3] the screens of a rail are walked in their order, around at the ends', () => {
    const rail = railOf('till');
    expect(rail).not.toContain('printing');
    expect(besideInRail('sell', 1)).toBe(rail[1]);
    expect(besideInRail('sell', -1)).toBe(rail.at(-1));
    expect(besideInRail(rail.at(-1) ?? 'sell', 1)).toBe('sell');
    expect(besideInRail('printing', 1)).toBe('sell');
    expect(besideInRail('inspector', 1)).toBeUndefined();
  });
});
