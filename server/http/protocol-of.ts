import type { Request } from 'express';
import { PROTOCOL_HEADER } from '../../schema/protocol/version.ts';

/** The version that the device speaks; one that names none speaks the first. */
export function protocolOf(req: Request): number {
  return Number(req.get(PROTOCOL_HEADER) ?? 1);
}
