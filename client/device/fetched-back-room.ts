import type { BackRoomProgram } from './back-room.ts';

let come: BackRoomProgram | null = null;

/** The program of a device's back room, as far as it has come to this page. */
export function fetchedBackRoom(): BackRoomProgram | null {
  return come;
}

/** Fetches it: whatever shows something of the back room waits for it. Rejects where it does not come, and asks anew the next time. */
export async function loadBackRoom(): Promise<void> {
  come ??= await import('./back-room.ts');
}
