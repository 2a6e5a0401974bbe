/** Where a bar is drawn; only a terminal shows one that moves. */
export interface BarScreen {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

const WIDTH = 40;

/** A bar that fills as work is done, on one line that is written over. Silent where nobody looks. */
export function createProgressBar(screen: BarScreen, wanted: boolean) {
  const isShown = wanted && screen.isTTY === true;
  let drawn = -1;
  const show = (done: number): void => {
    const percent = Math.floor(done * 100);
    if (!isShown || percent === drawn) return;
    drawn = percent;
    const full = Math.round(done * WIDTH);
    screen.write(`\r[${'='.repeat(full)}${' '.repeat(WIDTH - full)}] ${String(percent).padStart(3)} %`);
  };
  const end = (): void => {
    if (isShown) screen.write(`\r${' '.repeat(WIDTH + 10)}\r`);
  };
  return { show, end };
}
