import { useEffect, useState } from 'react';
import type { RescueFault, RescueOutcome } from '../device/rescue.ts';
import type { RescueContents } from '../device/rescue-contents.ts';
import { useDevice } from './contexts.ts';

/** How far a chosen rescue file is. */
export type HandInState =
  | { readonly at: 'reading' }
  | { readonly at: 'fault'; readonly fault: RescueFault; readonly contents: RescueContents | null }
  | { readonly at: 'asked'; readonly contents: RescueContents }
  | { readonly at: 'sending'; readonly done: number; readonly total: number }
  | { readonly at: 'done'; readonly outcome: RescueOutcome };

/** Reads a file, and hands it in when a person said so. */
export function useHandIn(file: File): { state: HandInState; go: (contents: RescueContents) => Promise<void> } {
  const { disk } = useDevice();
  const [state, setState] = useState<HandInState>({ at: 'reading' });
  useEffect(() => {
    let current = true;
    const look = async () => {
      const read = await disk.lookIntoRescue(await textOf(file));
      if (!current) return;
      setState(read.ok ? { at: 'asked', contents: read.value } : { at: 'fault', fault: read.error, contents: null });
    };
    void look();
    return () => {
      current = false;
    };
  }, [disk, file]);
  const go = async (contents: RescueContents) => {
    const onProgress = (done: number, total: number) => setState({ at: 'sending', done, total });
    onProgress(0, contents.entries);
    const answer = await disk.importRescueNow(await textOf(file), onProgress);
    setState(answer.ok ? { at: 'done', outcome: answer.value } : { at: 'fault', fault: answer.error, contents });
  };
  return { state, go };
}

/** A file that went away meanwhile, e.g. on a stick, reads as none. */
function textOf(file: File): Promise<string> {
  return file.text().catch(() => '');
}
