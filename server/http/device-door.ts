import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { OLDEST_PROTOCOL, PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { Core } from '../core/core.ts';
import { findDevice } from '../core/credential.ts';
import type { StoredDevice } from '../store/store.ts';
import { sendError } from './errors.ts';

export type DeviceHandler = (device: StoredDevice, req: Request, res: Response) => Promise<void>;

/** True for a protocol version that this server speaks. */
export function speaksProtocol(version: number): boolean {
  return Number.isInteger(version) && version >= OLDEST_PROTOCOL && version <= PROTOCOL_VERSION;
}

/** Who may come through a door: a revoked device only where it hands in what it holds. */
export interface DoorOptions {
  readonly revokedToo?: boolean;
}

/** Lets a request through to `handle` when it speaks our protocol and its bearer credential belongs to a device. */
export function forDevice(core: Core, handle: DeviceHandler, options: DoorOptions = {}): RequestHandler {
  return async (req: Request, res: Response, _next: NextFunction) => {
    const device = await admit(core, req, res, options);
    if (device) await handle(device, req, res);
  };
}

/** Stands before the reading of a body: parsing 4 MiB of brackets takes seconds, which no stranger may ask for. */
export function onlyDevices(core: Core, options: DoorOptions = {}): RequestHandler {
  return async (req: Request, res: Response, next: NextFunction) => {
    const device = await admit(core, req, res, options);
    if (!device) return;
    res.locals.device = device;
    next();
  };
}

/** The device that asks; answers itself where there is none. */
async function admit(
  core: Core,
  req: Request,
  res: Response,
  { revokedToo = false }: DoorOptions,
): Promise<StoredDevice | undefined> {
  if (!speaksProtocol(Number(req.get(PROTOCOL_HEADER) ?? 1))) {
    sendError(req, res, 'protocol-unknown');
    return undefined;
  }
  const device = await findDevice(core, bearerOf(req));
  if (!device) sendError(req, res, 'not-enrolled');
  else if (!revokedToo && core.ledger.isRevoked(device.deviceId)) sendError(req, res, 'revoked');
  else return device;
  return undefined;
}

function bearerOf(req: Request): string {
  return /^Bearer ([A-Za-z0-9_-]+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? '';
}
