import { slotOf } from './app/slot-of.ts';
import { beginOpening } from './device/opened-ahead.ts';
import { showFirstScreen } from './first-screen/first-screen.ts';
import { runBehindFrame } from './first-screen/run-behind-frame.ts';

// The page's first script, of a few kilobytes: the disk answers and the selling screen stands as it stood last, while all others are still
// read. A page that may keep nothing is only explained.
const after = (ms: number, act: () => void) => setTimeout(act, ms);
if (isSecureContext) {
  const slot = slotOf(location.search);
  beginOpening(slot, indexedDB);
  showFirstScreen(slot, window, after);
}
runBehindFrame(window, after);
