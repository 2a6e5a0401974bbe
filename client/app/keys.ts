/** What is looked at of a pressed key; the browser's event and React's both have it. */
export type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Where keys work, in the order in which the help shows them. */
export const KEY_PLACES = ['anywhere', 'sell', 'search', 'products', 'cart', 'paying', 'receipt', 'lists'] as const;
export type KeyPlace = (typeof KEY_PLACES)[number];

interface KeyRow {
  readonly place: KeyPlace;
  /** `Alt+L`, `F4`, `ArrowUp`; a digit with a modifier is the key of that digit, whatever it writes then. */
  readonly keys: readonly string[];
  /** Who listens where no code of these screens does: the button that has the focus, or the window that is open. */
  readonly by?: 'button' | 'window';
}

/**
 * Every key that the screens know. Handlers ask {@link isKey} and {@link keyIndex}, and the help shows this table: what is not here does
 * nothing, and what is here does what it says.
 */
export const KEYS = {
  help: { place: 'anywhere', keys: ['F1', '?'] },
  lock: { place: 'anywhere', keys: ['Alt+L'] },
  areas: { place: 'anywhere', keys: ['Alt+1', 'Alt+2', 'Alt+3'] },
  pages: { place: 'anywhere', keys: digits('Alt+Shift+') },
  pageBefore: { place: 'anywhere', keys: ['Alt+PageUp'] },
  pageAfter: { place: 'anywhere', keys: ['Alt+PageDown'] },
  display: { place: 'anywhere', keys: ['Alt+C'] },
  kiosk: { place: 'anywhere', keys: ['Alt+K'] },
  close: { place: 'anywhere', keys: ['Escape'], by: 'window' },
  search: { place: 'sell', keys: ['/'] },
  cart: { place: 'sell', keys: ['F2'] },
  held: { place: 'sell', keys: ['F3'] },
  pay: { place: 'sell', keys: ['F4'] },
  customer: { place: 'sell', keys: ['F6'] },
  note: { place: 'sell', keys: ['F7'] },
  discount: { place: 'sell', keys: ['F8'] },
  openItem: { place: 'sell', keys: ['F9'] },
  camera: { place: 'sell', keys: ['F10'] },
  undo: { place: 'sell', keys: ['Ctrl+Z'] },
  first: { place: 'search', keys: ['Enter'] },
  toProducts: { place: 'search', keys: ['ArrowDown'] },
  clear: { place: 'search', keys: ['Escape'] },
  move: { place: 'products', keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] },
  add: { place: 'products', keys: ['Enter'], by: 'button' },
  star: { place: 'products', keys: ['*'] },
  line: { place: 'cart', keys: ['Enter'], by: 'button' },
  more: { place: 'cart', keys: ['+', '='] },
  less: { place: 'cart', keys: ['-'] },
  remove: { place: 'cart', keys: ['Delete', 'Backspace'] },
  lineAbove: { place: 'cart', keys: ['ArrowUp'] },
  lineBelow: { place: 'cart', keys: ['ArrowDown'] },
  tender: { place: 'paying', keys: ['F6', 'F7', 'F8', 'F9'] },
  confirm: { place: 'paying', keys: ['Enter'], by: 'button' },
  next: { place: 'receipt', keys: ['Enter'] },
  take: { place: 'lists', keys: ['Enter'] },
  above: { place: 'lists', keys: ['ArrowUp'] },
  below: { place: 'lists', keys: ['ArrowDown'] },
} as const satisfies Readonly<Record<string, KeyRow>>;

export type KeyAct = keyof typeof KEYS;

/** True when this is one of the keys of `act`. */
export function isKey(act: KeyAct, pressed: PressedKey): boolean {
  return keyIndex(act, pressed) >= 0;
}

/** Which of the keys of `act` this is; -1 for none. */
export function keyIndex(act: KeyAct, pressed: PressedKey): number {
  return KEYS[act].keys.findIndex((key) => isPressed(key, pressed));
}

/** A key by its modifiers and itself. A character is what was written, with Shift or without. */
function isPressed(key: string, { key: written, code, altKey, ctrlKey, metaKey, shiftKey }: PressedKey): boolean {
  const [name = '', ...modifiers] = key.split('+').reverse();
  const [alt, ctrl, shift] = ['Alt', 'Ctrl', 'Shift'].map((one) => modifiers.includes(one));
  const itself = name === '' ? '+' : name;
  const isCharacter = itself.length === 1 && !/[A-Z0-9]/.test(itself);
  if (altKey !== alt || (ctrlKey || metaKey) !== ctrl || (!isCharacter && shiftKey !== shift)) return false;
  return written.toUpperCase() === itself.toUpperCase() || (/^\d$/.test(itself) && code === `Digit${itself}`);
}

/** The names of nine digit keys with a modifier. */
function digits(modifier: string): readonly string[] {
  return ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => `${modifier}${digit}`);
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  '-': '−',
};

/** How keys are written for people; a long run as its ends. */
export function keyLabels(keys: readonly string[]): readonly string[] {
  const shown = keys.map((key) => SIGNS[key] ?? key);
  const isRun = keys.length > RUN_MIN && keys.every((key) => /\d$/.test(key));
  return isRun ? [shown[0] ?? '', '…', shown.at(-1) ?? ''] : shown;
}

const RUN_MIN = 4;
