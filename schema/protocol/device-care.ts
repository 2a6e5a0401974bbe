import { z } from 'zod';
import { deviceIdShape, personIdShape, tillCodeShape } from '../ids.ts';

/**
 * What the office may ask of another device. `sync`: push and pull now. `full-sync`: pull everything anew. `lock`: ask for a PIN. `reset`: send
 * what waits, and where all of it arrived remove what was pulled and pull it again.
 */
export const deviceCommandShape = z.enum(['sync', 'full-sync', 'lock', 'reset']);
export type DeviceCommand = z.infer<typeof deviceCommandShape>;

/** Random, by the server. */
export const commandIdShape = z.string().regex(/^[0-9a-z]{12}$/);

/** `done`; or why not: something could not be sent or reached, or nobody is signed in who could be asked for a PIN. */
export const commandResultShape = z.enum(['done', 'not-sent', 'no-server', 'not-active']);
export type CommandResult = z.infer<typeof commandResultShape>;

/** Commands that wait for one device. */
export const COMMANDS_MAX = 10;

/** `POST /api/v1/devices/report`: how this device is, and what became of commands. */
export const deviceReportShape = z.object({
  /** The device's clock. */
  at: z.int(),
  person: personIdShape.nullable(),
  /** Own entries, edits and changes of carts that the server does not have. */
  waiting: z.int().min(0),
  /** When the oldest of those entries was written, by the device's clock. */
  waitingSince: z.int().nullable(),
  /** Documents behind its checkpoints; null where that is not known. */
  lag: z.int().min(0).nullable(),
  /** Bytes, as its browser estimates them. */
  storage: z.object({ used: z.int().min(0), quota: z.int().min(0) }).nullable(),
  /** Requests since it was opened, and how many of them failed. */
  requests: z.int().min(0),
  failedRequests: z.int().min(0),
  /** The version of the protocol that it speaks. */
  protocol: z.int().min(1),
  done: z.array(z.object({ id: commandIdShape, result: commandResultShape })).max(COMMANDS_MAX),
});
export type DeviceReport = z.infer<typeof deviceReportShape>;

/** What the device shall do now, oldest first. */
export const deviceReportAnswerShape = z.object({
  commands: z.array(z.object({ id: commandIdShape, command: deviceCommandShape })).max(COMMANDS_MAX),
});
export type DeviceReportAnswer = z.infer<typeof deviceReportAnswerShape>;

/** `POST /api/v1/devices/:id/commands` and `…/name`. */
export const giveCommandShape = z.object({ command: deviceCommandShape });
export const renameDeviceShape = z.object({ name: z.string().trim().max(40) });

/** A report as the server keeps it: with when it came, how far the device's clock was off, and what became of the last command. */
export const keptReportShape = deviceReportShape.omit({ at: true, done: true }).extend({
  device: deviceIdShape,
  receivedAt: z.int(),
  clockErrorMs: z.int(),
  last: z.object({ command: deviceCommandShape, result: commandResultShape, at: z.int() }).nullable(),
});
export type KeptReport = z.infer<typeof keptReportShape>;

/** A command that waits for its device. */
export const waitingCommandShape = z.object({
  id: commandIdShape,
  device: deviceIdShape,
  command: deviceCommandShape,
  givenAt: z.int(),
  givenBy: tillCodeShape,
});
export type WaitingCommand = z.infer<typeof waitingCommandShape>;

/** `GET /api/v1/devices/reports`: how all devices of the branch are, and how the server's database grows. */
export const deviceOverviewShape = z.object({
  serverTime: z.int(),
  reports: z.array(keptReportShape),
  commands: z.array(waitingCommandShape),
  database: z.object({ bytes: z.int().min(0), before: z.object({ at: z.int(), bytes: z.int().min(0) }).nullable() }),
});
export type DeviceOverview = z.infer<typeof deviceOverviewShape>;
