/**
 * Text in the columns of a receipt printer: what is wide there (Chinese, Japanese, Korean, emoji) takes two, what is laid over another
 * character takes none (Unicode TR11 and general category M, as far as names in a shop need them).
 */

/** Hangul, CJK, kana, full-width forms, and the pictures of emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const NO_WIDTH = /^[\p{M}\p{Cf}]$/u;
/** Line feeds, tabs and other controls would move the printer's head. */
const CONTROL = /\p{Cc}+/gu;

/** The columns that one character takes: 0, 1 or 2. */
function charColumns(char: string): number {
  if (NO_WIDTH.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

/** The columns that a text takes. */
export function textColumns(text: string): number {
  let columns = 0;
  for (const char of text) columns += charColumns(char);
  return columns;
}

/** A text on one line: controls and runs of spaces become one space each, half surrogate pairs a mark. */
export function plainText(text: string): string {
  return text.toWellFormed().replace(CONTROL, ' ').replace(/\s+/g, ' ').trim();
}

/** The same columns in characters of one column each: printers without Chinese, Japanese or Korean fonts print something else for these. */
export function narrowText(text: string): string {
  return Array.from(text, (char) => ['', char, '??'][charColumns(char)]).join('');
}

/** The text in lines of at most `width` columns (2 or more), broken between words, inside a word only where it is longer than a line. */
export function wrapColumns(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plainText(text)
    .split(' ')
    .flatMap((long) => splitColumns(long, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textColumns(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** One word in pieces of at most `width` columns. */
function splitColumns(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let columns = 0;
  for (const char of word) {
    const more = charColumns(char);
    if (columns + more > width) {
      pieces.push(piece);
      piece = '';
      columns = 0;
    }
    piece += char;
    columns += more;
  }
  return piece === '' ? pieces : [...pieces, piece];
}

/** `text` in the middle of `width` columns, without spaces behind it. */
export function centreColumns(text: string, width: number): string {
  return `${' '.repeat(Math.max(0, Math.floor((width - textColumns(text)) / 2)))}${text}`;
}

/**
 * `left` and `right` on one line of `width` columns, or `left` wrapped above and `right` at the end of the last line. `right` is an amount
 * or another short text and is never cut: what does not fit beside `left` gets a line of its own, and more than a line is wrapped.
 */
export function pairColumns(left: string, right: string, width: number): string[] {
  const end = plainText(right);
  const room = width - textColumns(end);
  if (room < 1) return [...wrapColumns(left, width), ...wrapColumns(end, width)];
  const lines = wrapColumns(left, width);
  const last = lines.at(-1) ?? '';
  if (textColumns(last) < room) lines.pop();
  const before = textColumns(last) < room ? last : '';
  return [...lines, `${before}${' '.repeat(room - textColumns(before))}${end}`];
}
