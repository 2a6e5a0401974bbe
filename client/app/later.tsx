import { type ComponentType, memo, type ReactNode, startTransition, useEffect, useState } from 'react';
import { loadMoreWords } from '../i18n/create-words.ts';
import { useDeps } from './contexts.ts';

/** Behind the drawing that asks for it, in milliseconds: the grid measures itself first, and then draws its products. */
const BEHIND_MS = 100;

/** Every part that comes later. */
const parts: (() => Promise<unknown>)[] = [];

/** Fetches all of them, also those of screens that are not shown. */
export async function loadLaterParts(): Promise<void> {
  await Promise.all(parts.map((load) => load()));
}

/**
 * A component in a bundle of its own, fetched when the screen around it stands. Until it has come `waiting` is shown, or nothing; once here
 * it is there in the first drawing of every other place. What did not come is asked for again with the next drawing. Its words come along.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: (props: Props) => ReactNode = () => null,
): ComponentType<Props> {
  let come: ComponentType<Props> | null = null;
  const fetchPart = async () => {
    [come] = await Promise.all([load(), loadMoreWords()]);
    return come;
  };
  parts.push(fetchPart);
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, at the top of a module.
  return memo(function Later(props: Props) {
    const { clock } = useDeps();
    const [Part, setPart] = useState(() => come);
    useEffect(() => {
      if (Part) return undefined;
      const stop = clock.every(BEHIND_MS, () => {
        stop();
        fetchPart().then(
          // Drawn in slices: a touch that comes meanwhile goes first.
          (part) => startTransition(() => setPart(() => part)),
          () => undefined,
        );
      });
      return stop;
    });
    return Part ? <Part {...props} /> : waiting(props);
  });
}
