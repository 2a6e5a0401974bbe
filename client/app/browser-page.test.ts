import { describe, expect, it } from 'vitest';
import { trustAddressOf } from './browser-page.ts';
import { slotOf } from './slot-of.ts';

describe('the page', () => {
  it('[ENR1] names its device by `?till=`, cut to what a storage name can be', () => {
    expect(slotOf('?till=K1')).toBe('K1');
    expect(slotOf('?till=../K%201&x=2')).toBe('K1');
    expect(slotOf('?till=')).toBe('default');
    expect(slotOf('')).toBe('default');
    expect(slotOf(`?till=${'x'.repeat(99)}`)).toHaveLength(32);
  });

  it('[LAN9] the trust page is one port further, over plain http', () => {
    expect(trustAddressOf('http://10.0.0.2:4780/?till=K1')).toBe('http://10.0.0.2:4781/trust');
    expect(trustAddressOf('http://toko/')).toBe('http://toko:81/trust');
  });
});
