import { expect, test } from 'vitest';
import { API_DETAIL_MAX, API_ERROR_TEXTS, type ApiErrorCode, apiErrorAnswer, apiErrorShape } from './api-error.ts';

test('[API10] every error has a sentence in both languages that says what to do', () => {
  for (const code of Object.keys(API_ERROR_TEXTS) as ApiErrorCode[]) {
    const { en, id } = API_ERROR_TEXTS[code];
    expect(en).toMatch(/[.]$/);
    expect(id).toMatch(/[.]$/);
    expect(apiErrorShape.parse(apiErrorAnswer(code, 'id')).error).toEqual({ code, message: id });
  }
});

test('[API10] a detail is cut to its bound, and is well-formed text', () => {
  const { error } = apiErrorAnswer('bad-request', 'en', '😀'.repeat(API_DETAIL_MAX));
  expect(error.detail?.length).toBeLessThanOrEqual(API_DETAIL_MAX);
  expect(error.detail?.isWellFormed()).toBe(true);
});
