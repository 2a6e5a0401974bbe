/** What most names are written in: nothing to take apart, which is most of the work at a start. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Text as search compares it: lower case, no accents, single spaces. */
export function normaliseText(text: string): string {
  if (PLAIN.test(text)) return (text.includes('  ') ? text.replace(/ +/g, ' ') : text).toLowerCase().trim();
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** True when one insertion, deletion, replacement or swap of neighbours makes `left` into `right`. */
export function withinOneSlip(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  if (at === left.length && at === right.length) return true;
  const swapped =
    left[at] === right[at + 1] && left[at + 1] === right[at] && left.slice(at + 2) === right.slice(at + 2);
  if (left.length === right.length) return swapped || left.slice(at + 1) === right.slice(at + 1);
  return left.length > right.length ? left.slice(at + 1) === right.slice(at) : left.slice(at) === right.slice(at + 1);
}
