import { firstWords } from './first-words.ts';
import { moreWords } from './more-words.ts';

/** Every word on every screen, in this language. */
export const words = { ...firstWords, ...moreWords } as const;
