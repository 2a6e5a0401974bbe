/** A PIN is so many digits. */
export const PIN_DIGITS = 6;
/** From this wrong try on, a person waits before the next. */
export const PIN_DELAY_FROM = 3;
/** After so many wrong tries in a row nobody tries any more until a manager unlocks. */
export const PIN_TRIES_MAX = 10;
/** The first wait; each further wrong try doubles it. In milliseconds. */
export const PIN_DELAY_MS = 5_000;

/**
 * PBKDF2-HMAC-SHA-256 rounds between a PIN and what is compared. Six digits are few whatever is done to them: the rounds make trying
 * all of them on the device itself take days, and are done in well under a second on a cheap tablet.
 */
export const PIN_ROUNDS = 200_000;
/** Whoever answers in the server's place must not keep a device busy for minutes. */
export const PIN_ROUNDS_MAX = 2_000_000;

/** True for what can be a PIN. */
export function isPin(typed: string): boolean {
  return typed.length === PIN_DIGITS && /^\d+$/.test(typed);
}

/** PINs that anybody tries first: one digit repeated, or digits counted up or down. */
export function isEasyPin(pin: string): boolean {
  const steps = new Set(Array.from(pin.slice(1), (digit, index) => Number(digit) - Number(pin[index])));
  const [step] = steps;
  return steps.size === 1 && step !== undefined && Math.abs(step) <= 1;
}

/** How long to wait after so many wrong tries in a row, in milliseconds. */
export function pinDelayMs(failures: number): number {
  return failures < PIN_DELAY_FROM ? 0 : PIN_DELAY_MS * 2 ** (failures - PIN_DELAY_FROM);
}

/** True when only a manager helps. */
export function isPinLocked(failures: number): boolean {
  return failures >= PIN_TRIES_MAX;
}
