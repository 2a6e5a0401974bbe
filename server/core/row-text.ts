/** Levels that JSON.stringify, which calls itself for each, may be asked for: it runs out of stack only after much work. */
const PLAIN_DEPTH_MAX = 100;

/** A row as JSON text, whatever its depth: rows nested by the thousand are to be kept whole all the same (I12). */
export function rowText(row: unknown): string {
  return isDeep(row) ? deepText(row) : (JSON.stringify(row) ?? 'null');
}

function isDeep(root: unknown): boolean {
  const waiting: { readonly value: object; readonly depth: number }[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (typeof value === 'object' && value !== null) waiting.push({ value, depth });
  };
  visit(root, 1);
  for (let last = waiting.pop(); last; last = waiting.pop()) {
    if (last.depth > PLAIN_DEPTH_MAX) return true;
    for (const child of Object.values(last.value)) visit(child, last.depth + 1);
  }
  return false;
}

/** A list or object that is being written: what of it is still to come. */
interface OpenValue {
  readonly value: object;
  /** The keys of an object; null for a list. */
  readonly keys: readonly string[] | null;
  readonly length: number;
  next: number;
}

/** Writes with a stack of its own. A row of a hostile device is millions of brackets: each costs one step and one short text. */
function deepText(root: unknown): string {
  let text = '';
  const open: OpenValue[] = [];
  const write = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) {
      text += JSON.stringify(value) ?? 'null';
      return;
    }
    const keys = Array.isArray(value) ? null : Object.keys(value);
    text += keys ? '{' : '[';
    open.push({ value, keys, length: keys ? keys.length : (value as unknown[]).length, next: 0 });
  };
  write(root);
  for (let last = open.at(-1); last; last = open.at(-1)) {
    if (last.next === last.length) {
      text += last.keys ? '}' : ']';
      open.pop();
      continue;
    }
    if (last.next > 0) text += ',';
    const key = last.keys ? (last.keys[last.next] as string) : last.next;
    if (last.keys) text += `${JSON.stringify(key)}:`;
    last.next += 1;
    write((last.value as Record<string | number, unknown>)[key]);
  }
  return text;
}
