import type { Request, Response } from 'express';
import type { LaidAnswer } from '../core/lay-in-inbox.ts';
import type { Received } from '../core/receive-push.ts';
import { type PushBeside, verdictsText } from '../examine/read-bytes.ts';
import { gzipParts } from '../packed-text.ts';
import { sendParts } from './send-parts.ts';

/** Answers a push that was read beside. Where it waits in the inbox its verdicts are sent as they were packed there. */
export function answerPush(req: Request, res: Response, { run, verdicts }: PushBeside, received: Received): void {
  if (!received.isLaid || !run) return void res.json(received.answer);
  const end = endText(received.answer);
  if (verdicts && req.acceptsEncodings('gzip')) sendParts(res, gzipParts(verdicts, end).parts);
  else res.type('json').send(verdictsText(run) + end);
}

/** What stands behind the verdicts. */
function endText({ epoch, head }: LaidAnswer): string {
  return `,${JSON.stringify({ epoch, head, heads: {} }).slice(1)}`;
}
