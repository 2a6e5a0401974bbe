/** Numbers in groups, e.g. the rows that have a word: four bytes each, and nothing for the collector to look through. */
export interface NumberGroups {
  /** Both from 0 to 2^32 - 1; groups are numbered without gaps. */
  add(group: number, value: number): void;
  /** All of them: of each group from its own beginning to the next one's, in the order in which they were added. */
  settled(): Settled;
}

export interface Settled {
  readonly begins: Uint32Array;
  readonly values: Uint32Array;
}

/** Room for so many that were added since. */
export const ROOM = 1_024;

export function createNumberGroups(): NumberGroups {
  let settled: Settled = { begins: new Uint32Array(1), values: new Uint32Array() };
  let added = new Uint32Array(ROOM);
  let length = 0;
  return {
    add: (group, value) => {
      if (length === added.length) added = grown(added);
      added[length] = group;
      added[length + 1] = value;
      length += 2;
    },
    settled: () => {
      if (length > 0) settled = merge(settled, added.subarray(0, length));
      if (added.length > ROOM) added = new Uint32Array(ROOM);
      length = 0;
      return settled;
    },
  };
}

/** The same numbers, and room for as many more. */
export function grown(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(numbers.length * 2);
  more.set(numbers);
  return more;
}

/** `added` holds a group and a value in turn. */
function merge({ begins, values }: Settled, added: Uint32Array): Settled {
  let groups = begins.length - 1;
  for (let at = 0; at < added.length; at += 2) groups = Math.max(groups, (added[at] as number) + 1);
  const ends = new Uint32Array(groups + 1);
  // First how many each group has, one place further; then where it begins.
  for (let group = 1; group < begins.length; group += 1)
    ends[group] = (begins[group] as number) - (begins[group - 1] as number);
  for (let at = 0; at < added.length; at += 2)
    ends[(added[at] as number) + 1] = (ends[(added[at] as number) + 1] as number) + 1;
  for (let group = 1; group <= groups; group += 1) ends[group] = (ends[group] as number) + (ends[group - 1] as number);
  const all = new Uint32Array(values.length + added.length / 2);
  const next = ends.slice();
  for (let group = 0; group + 1 < begins.length; group += 1) {
    const held = values.subarray(begins[group], begins[group + 1]);
    all.set(held, next[group] as number);
    next[group] = (next[group] as number) + held.length;
  }
  for (let at = 0; at < added.length; at += 2) {
    const group = added[at] as number;
    all[next[group] as number] = added[at + 1] as number;
    next[group] = (next[group] as number) + 1;
  }
  return { begins: ends, values: all };
}
