import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { Core } from '../core/core.ts';
import { findDevice } from '../core/credential.ts';
import type { StoredDevice } from '../store/store.ts';
import { sendError } from './errors.ts';

/** Versions this server speaks: its own and up to two before it. */
const OLDEST_PROTOCOL = Math.max(1, PROTOCOL_VERSION - 2);

export type DeviceHandler = (device: StoredDevice, req: Request, res: Response) => Promise<void>;

/** True for a protocol version that this server speaks. */
export function speaksProtocol(version: number): boolean {
  return Number.isInteger(version) && version >= OLDEST_PROTOCOL && version <= PROTOCOL_VERSION;
}

/** Lets a request through to `handle` when it speaks our protocol and its bearer credential belongs to a device. */
export function forDevice(core: Core, handle: DeviceHandler): RequestHandler {
  return async (req: Request, res: Response, _next: NextFunction) => {
    if (!speaksProtocol(Number(req.get(PROTOCOL_HEADER) ?? 1))) return sendError(req, res, 'protocol-unknown');
    const device = await findDevice(core, bearerOf(req));
    if (!device) return sendError(req, res, 'not-enrolled');
    await handle(device, req, res);
  };
}

function bearerOf(req: Request): string {
  return /^Bearer ([A-Za-z0-9_-]+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? '';
}
