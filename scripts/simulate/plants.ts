import type { Plant } from './plant.ts';

/** Bugs that are planted on purpose. Each must be caught by the rule it breaks: that proves the checks. */
export const PLANTS: readonly Plant[] = [];
