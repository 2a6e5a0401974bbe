/** Groups of digits with single spaces or dashes between them, as people copy a number from a card. */
const DIGIT_RUNS = /\d+(?:[ -]\d+)*/g;

/** ISO/IEC 7812: a primary account number has 13 to 19 digits in use. */
const DIGITS_MIN = 13;
const DIGITS_MAX = 19;
/** The first digit of payment cards in use (2 to 6); QRIS merchants' numbers begin with 9, phones here with 0. */
const FIRST_DIGITS = '23456';

/**
 * True when a text holds what may be a card's number: 13 to 19 digits, of a payment card's first digit, whose last is
 * right by ISO/IEC 7812 (Luhn). Such a number is never written down (PCI DSS 3.3): screens refuse it, the server flags it.
 */
export function holdsCardNumber(text: string): boolean {
  return (text.match(DIGIT_RUNS) ?? []).some((run) => groupsHoldCard(run.split(/[ -]/)));
}

/** Any groups beside each other: in front of the number or behind it other digits may stand, such as when the card expires. */
function groupsHoldCard(groups: readonly string[]): boolean {
  return groups.some((_, from) => {
    let digits = '';
    for (const group of groups.slice(from)) {
      digits += group;
      if (digits.length > DIGITS_MAX) return false;
      if (isCardNumber(digits)) return true;
    }
    return false;
  });
}

function isCardNumber(digits: string): boolean {
  if (digits.length < DIGITS_MIN || digits.length > DIGITS_MAX) return false;
  return FIRST_DIGITS.includes(digits.charAt(0)) && luhnSum(digits) % 10 === 0;
}

/** Every second digit from the right but the last counts twice; above nine its digits are added. */
function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}
