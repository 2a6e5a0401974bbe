import type { words } from './en/words.ts';

/** Makes every key that a screen uses a typed one: a misspelt key does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    resources: { words: typeof words };
    returnNull: false;
  }
}
