/** True when the digits are a GTIN-8, -12, -13 or -14 whose last digit is right (GS1 General Specifications 7.9). */
export function isGtin(code: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return false;
  return gtinCheckDigit(code.slice(0, -1)) === Number(code.at(-1));
}

/** The check digit for the digits before it: weights 3 and 1 alternate from the right. */
export function gtinCheckDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((all, digit, index) => all + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}
