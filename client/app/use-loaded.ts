import { useEffect, useEffectEvent, useState } from 'react';

/** What `load` gave last, read again whenever `version` changes; undefined before the first answer. A failure reaches the screen's boundary. */
export function useLoaded<Value>(load: () => Promise<Value>, version: number | string): Value | undefined {
  const [state, setState] = useState<{ readonly value?: Value; readonly error?: unknown }>({});
  const start = useEffectEvent(load);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what `load` would read.
  useEffect(() => {
    let current = true;
    start().then(
      (value) => current && setState({ value }),
      (error: unknown) => current && setState({ error }),
    );
    return () => {
      current = false;
    };
  }, [version]);
  if (state.error !== undefined) throw state.error;
  return state.value;
}
