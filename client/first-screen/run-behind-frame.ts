import { buildOf } from './picture.ts';

/** A page that draws nothing, because it is hidden, starts all the same. */
const FRAME_MS_MAX = 500;

/** Runs the program behind the first frame, or what is shown before it would be painted when it is over. Where the app is worked on, it runs by itself. */
export function runBehindFrame(page: Window, after: (ms: number, act: () => void) => unknown): void {
  const { document } = page;
  let scripts = buildOf(document).split(' ').filter(Boolean);
  const run = () => {
    for (const src of scripts) {
      const script = document.createElement('script');
      Object.assign(script, { type: 'module', crossOrigin: '', async: false, src });
      document.head.append(script);
    }
    scripts = [];
  };
  page.requestAnimationFrame(() => after(0, run));
  after(document.hidden ? 0 : FRAME_MS_MAX, run);
}
