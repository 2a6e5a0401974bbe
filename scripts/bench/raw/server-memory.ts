import { readFileSync } from 'node:fs';
import type { ServerProcess } from '../../replay/server-process.ts';

/** Memory of a server's process in MB, now and at its most, as Linux counts it; 0 elsewhere. */
export function serverMemory({ child }: ServerProcess): { readonly now: number; readonly peak: number } {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return { now: read(status, 'VmRSS'), peak: read(status, 'VmHWM') };
  } catch {
    return { now: 0, peak: 0 };
  }
}

function read(status: string, field: string): number {
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024);
}
