import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../device/setting-bounds.ts';
import { formOf, readSettings } from './settings-input.ts';

const form = formOf(DEFAULT_SETTINGS);

describe('sync settings', () => {
  it('[SET1] the form of the settings means the same settings', () => {
    expect(readSettings(form)).toEqual(DEFAULT_SETTINGS);
    expect(form.pullIntervalMs).toBe('300');
  });

  it('[SET1] names the first field that is out of range or no number', () => {
    expect(readSettings({ ...form, pullBatch: '0' })).toEqual({ bad: 'pullBatch' });
    expect(readSettings({ ...form, pullIntervalMs: 'soon' })).toEqual({ bad: 'pullIntervalMs' });
    expect(readSettings({ ...form, pushBatch: '201' })).toEqual({ bad: 'pushBatch' });
    expect(readSettings({ ...form, requestTimeoutMs: '1.5' })).toEqual({ bad: 'requestTimeoutMs' });
    expect(readSettings({ ...form, serverAddress: 'ftp://shop' })).toEqual({ bad: 'serverAddress' });
  });

  it('[SET1] hours are two of a day, over midnight too, or none; days are a number or left to the role', () => {
    const read = (peakHours: string, branchWindowDays = '') => readSettings({ ...form, peakHours, branchWindowDays });
    expect(read('11-14')).toMatchObject({ peakHours: { from: 11, to: 14 } });
    expect(read(' 22 – 2 ')).toMatchObject({ peakHours: { from: 22, to: 2 } });
    expect(read('')).toMatchObject({ peakHours: null, branchWindowDays: null });
    expect(['24-2', '3', '3-3', 'noon', '1-2-3'].map((typed) => read(typed))).toEqual(
      Array.from({ length: 5 }, () => ({ bad: 'peakHours' })),
    );
    expect(readSettings({ ...form, nightHours: 'x' })).toEqual({ bad: 'nightHours' });
    expect(read('', '90')).toMatchObject({ branchWindowDays: 90 });
    expect([read('', '0'), read('', 'all')]).toEqual([{ bad: 'branchWindowDays' }, { bad: 'branchWindowDays' }]);
  });

  it('[SET1] takes an address without its blanks', () => {
    expect(readSettings({ ...form, serverAddress: ' https://shop.local:4780 ' })).toMatchObject({
      serverAddress: 'https://shop.local:4780',
    });
  });
});
