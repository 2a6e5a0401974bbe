const BAR_WIDTH = 24;

/** A line for people that says how far a run is; on a terminal it is written over the one before. */
export interface Progress {
  /** `done` is a part of one; without it only the text changes. */
  tell(text: string, done?: number): void;
  end(): void;
}

/** `write` gets the text; nothing is written when `quiet`. */
export function createProgress(
  out: { readonly isTTY?: boolean; write(text: string): unknown },
  quiet: boolean,
): Progress {
  let part = 0;
  const line = (text: string) => `${bar(part)} ${text}`;
  return {
    tell: (text, done) => {
      part = done ?? part;
      if (!quiet) out.write(out.isTTY ? `\r\u001b[K${line(text)}` : `${line(text)}\n`);
    },
    end: () => {
      if (!quiet && out.isTTY) out.write('\n');
    },
  };
}

function bar(part: number): string {
  const full = Math.round(Math.min(1, part) * BAR_WIDTH);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}]`;
}
