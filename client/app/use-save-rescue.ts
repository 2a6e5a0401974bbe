import { useDeps, useDevice } from './contexts.ts';

/** Saves a rescue file where the browser saves files. Resolves when it was handed to the browser. */
export function useSaveRescue(): (which: 'all' | 'waiting') => Promise<void> {
  const { disk } = useDevice();
  const saveText = useSaveText();
  return async (which) => void saveText(await disk.exportRescue(which));
}

/** Saves the text of a rescue file, and gives the file's name. */
export function useSaveText(): (text: string) => string {
  const { page, clock } = useDeps();
  const { identity } = useDevice();
  return (text) => {
    const name = rescueName(identity.till, clock.now());
    page.saveFile(name, text);
    return name;
  };
}

/** The name of a till's rescue file made at a time, e.g. `laci-K1-20250131T1405.json`. */
export function rescueName(till: string, at: number): string {
  const minute = new Date(at).toISOString().slice(0, 16).replace(/[-:]/g, '');
  return `laci-${till}-${minute}.json`;
}
