import { normaliseText, withinOneSlip } from '../../../client/store/search-text.ts';

/** What is typed at a till: words that find something, and the same kind with a slip of the finger. */
export interface SearchWords {
  readonly searches: readonly string[];
  readonly misspelt: readonly string[];
}

/** Words that shoppers and cashiers say; each finds something in the demo catalogue. */
export const DEMO_WORDS: SearchWords = {
  searches: [
    ...['milk', 'choco', 'green tea', 'kopi', 'organic', 'chocolat', 'jus', 'shampo', 'noodle', 'bio', 'sauce'],
    ...['yogurt', 'pasta', 'cheese', 'salt', 'rice', 'water', 'bread'],
  ],
  misspelt: [
    ...[
      'choclate',
      'biscuti',
      'yoghrut',
      'chese',
      'noodel',
      'orgnaic',
      'brread',
      'suace',
      'shmapoo',
      'cofee',
      'buttre',
    ],
    ...['tomatto', 'chikcen', 'vanila crem', 'strawbery', 'cookeis', 'almnod', 'spagheti', 'granloa', 'penut buter'],
  ],
};

/** A word of a catalogue's own that is worth typing; a slip in a shorter one is not forgiven. */
const [WORD_LENGTH_MIN, SLIP_LENGTH_MIN] = [2, 4];
const WORDS = DEMO_WORDS.searches.length;

/**
 * The demo's words where each finds a product among these names; else words of the names themselves, those that most of them have first, and
 * slips of them that no name has. The same for the same names.
 */
export function wordsFor(productNames: readonly string[]): SearchWords {
  const names = productNames.map(normaliseText);
  if (DEMO_WORDS.searches.every((said) => names.some((name) => holdsAll(name, said)))) return DEMO_WORDS;
  const words = commonWords(names);
  const whole = names.join('\n');
  const misspelt = words.flatMap((word) => slipOf(word) ?? []).filter((slip) => !whole.includes(slip));
  return { searches: words.slice(0, WORDS), misspelt: misspelt.slice(0, DEMO_WORDS.misspelt.length) };
}

function holdsAll(name: string, said: string): boolean {
  return said.split(' ').every((word) => name.includes(word));
}

function commonWords(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    for (const word of new Set(name.split(' '))) {
      if ([...word].length >= WORD_LENGTH_MIN) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const ranked = [...counts].sort(([left, few], [right, many]) => many - few || (left < right ? -1 : 1));
  // What nearly every name has narrows nothing.
  const narrow = ranked.filter(([, count]) => count <= names.length / 2);
  return (narrow.length > 0 ? narrow : ranked).map(([word]) => word);
}

/** Two neighbours behind the first letter that differ, the other way round. */
function slipOf(word: string): string | null {
  const letters = [...word];
  const at = letters.findIndex(
    (letter, place) => place > 0 && place + 1 < letters.length && letter !== letters[place + 1],
  );
  if (letters.length < SLIP_LENGTH_MIN || at < 0) return null;
  const slip = letters.toSpliced(at, 2, letters[at + 1] as string, letters[at] as string).join('');
  return withinOneSlip(word, slip) ? slip : null;
}
