import type { LogFile } from './log-file.ts';

/** A log whose records are read before anybody asks. The first who reads it through gets those; what was written since, the last number tells. */
export function readAhead(file: LogFile): LogFile {
  const records: (readonly [n: number, value: unknown])[] = [];
  let reading: Promise<void> | null = file.readAll((n, value) => void records.push([n, value]));
  // Whoever asks first is told.
  reading.catch(() => undefined);
  return {
    ...file,
    readAll: async (take) => {
      const read = reading;
      reading = null;
      if (read === null) return file.readAll(take);
      await read;
      for (const [n, value] of records.splice(0)) take(n, value);
    },
  };
}
