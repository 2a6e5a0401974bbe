import type { Random } from '../replay/random.ts';
import { STRANGE_KINDS, type StrangeKind } from './strange-answers.ts';

/** What lies between a device and the server now. */
export interface LinkConditions {
  /** False: nothing gets through. */
  up: boolean;
  latencyMs: { least: number; most: number };
  /** Of requests, answers and socket messages. */
  loss: number;
  /** Of pushes, that arrive once more some time later. */
  duplicate: number;
  /** Of answers to a push, lost after the server committed. */
  loseAnswer: number;
  /** What carries a body, in bytes per millisecond; null is as fast as one likes. */
  bytesPerMs: number | null;
  /** What answers in the server's place. */
  strange: StrangeKind | null;
  /** Live sockets carry nothing, and nobody is told. */
  halfOpen: boolean;
  /** The device does not read what comes over its live socket. */
  slowReader: boolean;
}

export function goodLink(): LinkConditions {
  return {
    ...{ up: true, latencyMs: { least: 5, most: 40 }, loss: 0, duplicate: 0, loseAnswer: 0 },
    ...{ bytesPerMs: null, strange: null, halfOpen: false, slowReader: false },
  };
}

/** Ways in which a link can be bad. */
export type BadLink =
  | 'down'
  | 'lossy'
  | 'slow'
  | 'half-open'
  | 'strange'
  | 'duplicates'
  | 'lost-answers'
  | 'slow-reader';

export const BAD_LINKS: readonly BadLink[] = [
  'down',
  'lossy',
  'slow',
  'half-open',
  'strange',
  'duplicates',
  'lost-answers',
  'slow-reader',
];

/** A link as bad as that. */
export function badLink(kind: BadLink, random: Random): LinkConditions {
  const good = goodLink();
  switch (kind) {
    case 'down':
      return { ...good, up: false };
    case 'lossy':
      return { ...good, loss: 0.3, latencyMs: { least: 50, most: 900 } };
    case 'slow':
      return { ...good, bytesPerMs: 2, latencyMs: { least: 300, most: 3_000 } };
    case 'half-open':
      return { ...good, halfOpen: true, loss: 0.5 };
    case 'strange':
      return { ...good, strange: STRANGE_KINDS[random.whole(STRANGE_KINDS.length)] ?? 'portal' };
    case 'duplicates':
      return { ...good, duplicate: 0.7, latencyMs: { least: 5, most: 400 } };
    case 'lost-answers':
      return { ...good, loseAnswer: 0.6 };
    case 'slow-reader':
      return { ...good, slowReader: true };
  }
}
