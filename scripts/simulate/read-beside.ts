import type { RequestHandler } from 'express';
import { type PushBeside, readBytes, separateRows } from '../../server/examine/read-bytes.ts';

/** What the last hash that a push names ends with where it is read beside: so are half of them, whatever they hold, and in each run the same. */
const READ_BESIDE = /[0-7]$/;

/** Reads some pushes before the routes do, as the thread beside the server reads large ones: those may be laid into the inbox. */
export const readBeside: RequestHandler = (req, res, next) => {
  const push = READ_BESIDE.test(lastHash(req.body)) ? readBytes(Buffer.from(JSON.stringify(req.body))) : null;
  if (push) {
    separateRows(push);
    res.locals.push = { ...push, verdicts: null } satisfies PushBeside;
  }
  next();
};

/** '' where a push names none. */
function lastHash(body: unknown): string {
  const { entries } = (body ?? {}) as { readonly entries?: unknown };
  const last: unknown = Array.isArray(entries) ? entries.at(-1) : null;
  return String((last as { readonly hash?: unknown } | null)?.hash ?? '');
}
