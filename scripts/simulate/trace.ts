/** What happened, as one number: two runs of one seed that differ anywhere differ here. */
export interface Trace {
  note(text: string): void;
  /** Sixteen hexadecimal digits. */
  hash(): string;
}

/** Two FNV-1a hashes (Fowler, Noll, Vo) with different primes, over all that was noted. `hear` gets each note as well. */
export function createTrace(hear?: (text: string) => void): Trace {
  let [low, high] = [0x811c9dc5, 0x9e3779b9];
  return {
    note: (text) => {
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        low = Math.imul(low ^ code, 0x01000193);
        high = Math.imul(high ^ code, 0x85ebca6b);
      }
      hear?.(text);
    },
    hash: () => [low, high].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join(''),
  };
}
