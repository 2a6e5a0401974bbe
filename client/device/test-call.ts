/** What screens need to know of a test call. Screens do not reach into sync/. */
export { CLOCK_ERROR_MS_MAX, type TestCall } from '../sync/test-call.ts';
