import type { Scope } from '../../schema/ids.ts';

/**
 * Where the live socket stands in each scope. In memory only: a new socket begins with the server's hello. A message is the
 * next one only when it begins where the last one ended.
 */
export interface Positions {
  begin(positions: Readonly<Record<string, number>>): void;
  /** Where it stands now. */
  now(): Readonly<Record<string, number>>;
  /** True when the message follows; false when something was missed. Either way the socket now stands at `to`. */
  follow(scope: Scope, from: number, to: number): boolean;
}

export function createPositions(): Positions {
  let last: Record<string, number> = {};
  return {
    begin: (positions) => {
      last = { ...positions };
    },
    now: () => ({ ...last }),
    follow: (scope, from, to) => {
      const follows = last[scope] === from;
      last[scope] = to;
      return follows;
    },
  };
}
