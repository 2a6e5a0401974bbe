import { expect, test } from 'vitest';
import { ERROR_TEXTS, type ErrorCode, errorAnswer, errorAnswerShape, LANGUAGES } from './error.ts';

const CODES = Object.keys(ERROR_TEXTS) as ErrorCode[];

test.each(CODES)('[PRO3] the error %s says what to do, in both languages', (code) => {
  for (const language of LANGUAGES) {
    const answer = errorAnswer(code, language);
    expect(errorAnswerShape.parse(answer)).toEqual(answer);
    expect(answer.error.message).toMatch(/^\p{Lu}.{20,160}\.$/u);
  }
  expect(ERROR_TEXTS[code].en).not.toBe(ERROR_TEXTS[code].id);
});

test('[PRO3] an error that nobody agreed on is not read as one', () => {
  expect(errorAnswerShape.safeParse({ error: { code: 'oops', message: 'x' } }).success).toBe(false);
  expect(errorAnswerShape.safeParse([]).success).toBe(false);
});
