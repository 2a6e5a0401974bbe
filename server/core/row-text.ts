/**
 * A row as JSON text, whatever its depth: JSON.stringify calls itself for each level and gives up on rows nested by the
 * thousand, which are to be kept whole all the same (I12).
 */
export function rowText(row: unknown): string {
  try {
    return JSON.stringify(row) ?? 'null';
  } catch {
    return deepText(row);
  }
}

/** Works through a list of values still to be written and texts to be put between them. */
function deepText(root: unknown): string {
  const parts: string[] = [];
  const waiting: ({ readonly value: unknown } | string)[] = [{ value: root }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') parts.push(next);
    else if (typeof next.value !== 'object' || next.value === null) parts.push(JSON.stringify(next.value) ?? 'null');
    else waiting.push(...piecesOf(next.value).reverse());
  }
  return parts.join('');
}

function piecesOf(value: object): ({ readonly value: unknown } | string)[] {
  if (Array.isArray(value)) {
    const items = value.flatMap((item, index) => (index === 0 ? [{ value: item }] : [',', { value: item }]));
    return ['[', ...items, ']'];
  }
  const members = Object.entries(value).flatMap(([key, member], index) => [
    `${index === 0 ? '' : ','}${JSON.stringify(key)}:`,
    { value: member },
  ]);
  return ['{', ...members, '}'];
}
