import { useDeps, useDevice } from './contexts.ts';

/** Saves a rescue file where the browser saves files. Resolves when it was handed to the browser. */
export function useSaveRescue(): (which: 'all' | 'waiting') => Promise<void> {
  const { page, clock } = useDeps();
  const { disk, identity } = useDevice();
  return async (which) => {
    const day = new Date(clock.now()).toISOString().slice(0, 16).replace(/[-:]/g, '');
    page.saveFile(`laci-${identity.till}-${day}.json`, await disk.exportRescue(which));
  };
}
