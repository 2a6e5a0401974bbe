import type { RequestHandler } from 'express';
import { readPush } from '../../server/core/read-push.ts';
import { type PushBeside, readBytes, separateRows } from '../../server/examine/read-bytes.ts';

/** What the last hash of a push ends with where it is read beside: so are half of them, and in each run the same. */
const READ_BESIDE = /[0-7]$/;

/** Reads some pushes before the routes do, as the thread beside the server reads large ones: those may be laid into the inbox. */
export const readBeside: RequestHandler = (req, res, next) => {
  const run = readPush(req.body)?.run;
  const push = run && READ_BESIDE.test(run.last.hash) ? readBytes(Buffer.from(JSON.stringify(req.body))) : null;
  if (push) {
    separateRows(push);
    res.locals.push = { ...push, verdicts: null } satisfies PushBeside;
  }
  next();
};
