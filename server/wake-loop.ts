/**
 * Reads on each wake-up, one read at a time. A wake-up during a read leads to one more read, never to none and never to
 * two at once. `readOnce` gives true when it left something behind. After a failure the next wake-up tries again.
 */
export function createWakeLoop(readOnce: () => Promise<boolean>, onFault: (error: unknown) => void): () => void {
  let reading = false;
  let again = false;
  const readAll = async (): Promise<void> => {
    reading = true;
    try {
      do {
        again = false;
        const more = await readOnce();
        // Read first, then decide: a wake-up that came meanwhile must not be overwritten.
        if (more) again = true;
      } while (again);
    } catch (error) {
      onFault(error);
    } finally {
      reading = false;
    }
  };
  return () => {
    again = true;
    if (!reading) void readAll();
  };
}
