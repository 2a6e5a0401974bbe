/** Lets a bounded number work at once; those who wait take turns by key, so that one with many waits behind one with few. */
export interface FairQueue {
  /** Calls `begin` when it is this one's turn. Gives the way to end: its work, or its waiting. */
  enter(key: string, begin: () => void): () => void;
}

interface Place {
  readonly key: string;
  readonly begin: () => void;
  state: 'waiting' | 'working' | 'gone';
}

export function createFairQueue(atOnce: number): FairQueue {
  /** Keys in the order of their turns. */
  const waiting = new Map<string, Place[]>();
  let working = 0;
  const next = (): void => {
    const turn = waiting.entries().next();
    if (working >= atOnce || turn.done) return;
    const [key, places] = turn.value;
    const place = places.shift();
    waiting.delete(key);
    if (places.length > 0) waiting.set(key, places);
    if (place?.state === 'waiting') start(place);
    next();
  };
  const start = (place: Place): void => {
    place.state = 'working';
    working += 1;
    place.begin();
  };
  return {
    enter: (key, begin) => {
      const place: Place = { key, begin, state: 'waiting' };
      const places = waiting.get(key) ?? [];
      places.push(place);
      waiting.set(key, places);
      next();
      return () => {
        if (place.state === 'working') working -= 1;
        place.state = 'gone';
        next();
      };
    },
  };
}
