/** What may change beside a form without the form beginning anew: the revision alone says nothing new, a picture has a way of its own. */
const BESIDE = new Set(['rev', 'image']);

/**
 * A key for a form over a document: it begins anew when what it shows has changed, not when somebody changed something else, or the
 * server took what was typed. `fields` are those that the form shows; left out: all.
 */
export function contentKey(doc: object | undefined, fields?: readonly string[]): string {
  const shown = Object.entries(doc ?? {}).filter(([name]) => (fields ? fields.includes(name) : !BESIDE.has(name)));
  return JSON.stringify(shown.sort(([left], [right]) => (left < right ? -1 : 1)));
}
