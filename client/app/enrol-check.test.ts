import { describe, expect, it } from 'vitest';
import { codeInPath, enrolLink, findEnrolTypo, isServerAddress } from './enrol-check.ts';

describe('enrolling', () => {
  it('[ENR1] takes a code as people type it: capitals, spaces, dashes, O for 0', () => {
    expect(findEnrolTypo(' A2B3-C4do ', '')).toBeNull();
    expect(findEnrolTypo('IL23 4567', '')).toBeNull();
  });

  it('[ENR1] says what is wrong with a code before it asks anybody', () => {
    expect(findEnrolTypo('a2b3', '')).toEqual({ code: 'short', count: 4 });
    expect(findEnrolTypo('uuuuuuuu', '')).toEqual({ code: 'letters' });
    expect(findEnrolTypo('a2b3c4d5', 'ftp://shop')).toEqual({ code: 'address' });
  });

  it('[ENR1] takes an http or https address, with or without its scheme', () => {
    expect(
      ['', ' https://shop.local:4780 ', 'http://10.0.0.2', 'shop.local', 'localhost:4780'].every(isServerAddress),
    ).toBe(true);
    expect(['ftp://shop', 'https://', 'javascript:alert(1)', 'not an address'].some(isServerAddress)).toBe(false);
  });

  it('[ENR1] a link carries till and code, and gives the code back', () => {
    expect(enrolLink('https://shop', 'K1', 'a2b3c4d5')).toBe('https://shop/?till=K1#/enrol/a2b3c4d5');
    expect(codeInPath('/enrol/a2b3c4d5')).toBe('a2b3c4d5');
    expect(codeInPath('/sell')).toBe('');
  });
});
