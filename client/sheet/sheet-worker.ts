import { answerSheet } from './answer-sheet.ts';
import type { SheetCall } from './sheet-call.ts';

// Each file has a worker of its own, which ends with its answer; null where it broke on the way.
self.onmessage = ({ data }: MessageEvent<SheetCall>) => {
  void answerSheet(data)
    .catch(() => null)
    .then((answer) => self.postMessage(answer));
};
