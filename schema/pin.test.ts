import { expect, test } from 'vitest';
import { isEasyPin, isPin, isPinLocked, PIN_TRIES_MAX, pinDelayMs } from './pin.ts';

test('[PIN1] six digits are a PIN, and nothing else is', () => {
  expect(['739150', '000000'].every(isPin)).toBe(true);
  expect(['', '12345', '1234567', '12345a', '１２３４５６', ' 73915', '7391.0'].some(isPin)).toBe(false);
});

test('[PIN1] digits that repeat or count are easy; others are not', () => {
  expect(['000000', '777777', '123456', '345678', '987654', '012345'].every(isEasyPin)).toBe(true);
  expect(['739150', '112233', '135791', '246810', '901234'].some(isEasyPin)).toBe(false);
});

test('[PIN6] the third wrong PIN waits, each further one twice as long, and the tenth locks', () => {
  expect([0, 1, 2].map(pinDelayMs)).toEqual([0, 0, 0]);
  expect([3, 4, 5, 9].map(pinDelayMs)).toEqual([5_000, 10_000, 20_000, 320_000]);
  expect([PIN_TRIES_MAX - 1, PIN_TRIES_MAX].map(isPinLocked)).toEqual([false, true]);
});
