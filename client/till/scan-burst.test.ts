import { describe, expect, it } from 'vitest';
import { BURST_GAP_MS_MAX, type Burst, NO_BURST, takeKey, wholeBarcode } from './scan-burst.ts';

/** Types keys with a pause before each, and gives the barcodes that were seen. */
function scan(keys: readonly string[], gapMs: number): string[] {
  let burst: Burst = NO_BURST;
  return keys.flatMap((key, index) => {
    const step = takeKey(burst, key, 1_000 + index * gapMs);
    burst = step.burst;
    return step.type === 'scan' ? [step.barcode] : [];
  });
}

describe('takeKey', () => {
  it('[TILL6] a burst that ends with Enter is a barcode', () => {
    expect(scan([...'8998866200578', 'Enter'], 8)).toEqual(['8998866200578']);
    expect(scan([...'ABC-12', 'Enter'], BURST_GAP_MS_MAX)).toEqual(['ABC-12']);
  });

  it('[TILL6] a person who types is no scanner, and neither is a burst without Enter', () => {
    expect(scan([...'8998866200578', 'Enter'], BURST_GAP_MS_MAX + 1)).toEqual([]);
    expect(scan([...'8998866200578'], 8)).toEqual([]);
  });

  it('[TILL6] a few keys hit at once are no barcode', () => {
    expect(scan([...'mie', 'Enter'], 5)).toEqual([]);
  });

  it('[TILL6] Shift in a burst is no character; any other key ends it', () => {
    expect(scan(['Shift', 'A', 'Shift', 'B', ...'1234', 'Enter'], 8)).toEqual(['AB1234']);
    expect(scan([...'12345', 'Tab', 'Enter'], 8)).toEqual([]);
  });

  it('[TILL6] two scans in a row are two barcodes', () => {
    expect(scan([...'111111', 'Enter', ...'222222', 'Enter'], 8)).toEqual(['111111', '222222']);
  });

  it('[TILL6] characters typed slowly before a scan are not part of it', () => {
    let burst = takeKey(NO_BURST, 'm', 0).burst;
    for (const [index, key] of [...'555555'].entries()) burst = takeKey(burst, key, 500 + index * 5).burst;
    expect(takeKey(burst, 'Enter', 535)).toMatchObject({ type: 'scan', barcode: '555555' });
  });
});

describe('wholeBarcode', () => {
  const known = new Set(['8998866200578', '55555']);
  const isKnown = (barcode: string) => known.has(barcode);

  it('[TILL6] a scan that came in two pieces is put together', () => {
    expect(wholeBarcode('00578', '89988662', isKnown)).toBe('8998866200578');
    expect(wholeBarcode('99999', '12345678', isKnown)).toBe('1234567899999');
  });

  it('[TILL6] a scan after a typed search is only the scan', () => {
    expect(wholeBarcode('8998866200578', 'mie', isKnown)).toBe('8998866200578');
    expect(wholeBarcode('4006381333931', 'mie', isKnown)).toBe('4006381333931');
    expect(wholeBarcode('55555', '123', isKnown)).toBe('55555');
  });
});
