import { slotOf } from './app/slot-of.ts';
import { beginOpening } from './device/opened-ahead.ts';

// The page's first script, of a few kilobytes: the disk answers while all others are still read. A page that may keep nothing is only explained.
if (isSecureContext) beginOpening(slotOf(location.search), indexedDB);
