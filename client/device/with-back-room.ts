import type { BackRoom } from './back-room.ts';

/** What lies in the back room. */
export const PARTS = [
  ...(['care', 'integrations', 'masterData', 'movements'] as const),
  ...(['orders', 'reports', 'stocktakes', 'transfers'] as const),
] satisfies readonly (keyof BackRoom)[];

/** A device with its back room, which opens when a part of it is first asked for. */
export function withBackRoom<Front extends object>(front: Front, open: () => BackRoom): Front & BackRoom {
  for (const part of PARTS) Object.defineProperty(front, part, { enumerable: true, get: () => open()[part] });
  return front as Front & BackRoom;
}
