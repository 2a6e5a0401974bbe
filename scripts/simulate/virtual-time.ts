/** Calls something off. */
export type Cancel = () => void;

/**
 * Time that passes only when it is told to. Events happen in the order of their times, those of one moment in the order they were
 * asked for; after each, everything that only waits for promises is worked off before the next.
 */
export interface VirtualTime {
  /** Milliseconds since the beginning. */
  now(): number;
  after(ms: number, act: () => void): Cancel;
  /** Lets so many milliseconds pass. */
  pass(ms: number): Promise<void>;
  /** How many events have happened. */
  events(): number;
}

interface Event {
  readonly at: number;
  readonly order: number;
  act: (() => void) | null;
}

export function createVirtualTime(): VirtualTime {
  const heap: Event[] = [];
  let [now, order, events] = [0, 0, 0];
  const pass = async (ms: number): Promise<void> => {
    const until = now + ms;
    await settle();
    for (let next = heap[0]; next !== undefined && next.at <= until; next = heap[0]) {
      popEvent(heap);
      if (next.act === null) continue;
      now = next.at;
      events += 1;
      next.act();
      await settle();
    }
    now = until;
  };
  return {
    now: () => now,
    events: () => events,
    after: (ms, act) => {
      order += 1;
      const event: Event = { at: now + Math.max(0, Math.round(ms)), order, act };
      pushEvent(heap, event);
      return () => {
        event.act = null;
      };
    },
    pass,
  };
}

/** Resolves when nothing is left that waits for a promise alone: nothing in a simulated world waits for anything real. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isBefore(left: Event, right: Event): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}

function pushEvent(heap: Event[], event: Event): void {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(event, heap[parent] as Event)) break;
    heap[at] = heap[parent] as Event;
    at = parent;
  }
  heap[at] = event;
}

function popEvent(heap: Event[]): void {
  const last = heap.pop() as Event;
  if (heap.length === 0) return;
  let at = 0;
  for (;;) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    if (left >= heap.length) break;
    const child = right < heap.length && isBefore(heap[right] as Event, heap[left] as Event) ? right : left;
    if (!isBefore(heap[child] as Event, last)) break;
    heap[at] = heap[child] as Event;
    at = child;
  }
  heap[at] = last;
}
