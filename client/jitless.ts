import { config } from 'zod';

/**
 * The page's policy forbids making code from text. Zod would try it once and be refused, which the browser reports as a violation: so it
 * is told not to. Must run before any shape is made: the first import of `main.tsx`.
 */
config({ jitless: true });
