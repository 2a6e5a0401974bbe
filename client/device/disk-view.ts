import type { Result } from '../../schema/result.ts';
import type { Finding } from '../store/findings.ts';
import type { Live } from './live.ts';
import type { RescueFault, RescueOutcome } from './rescue.ts';
import type { RescueContents } from './rescue-contents.ts';
import type { StorageHealth } from './storage-watch.ts';

export type { Finding };

/** This device's disk as its screens see it: its room, what is wrong on it, and copies to take elsewhere. */
export interface DiskView {
  readonly health: Live<StorageHealth>;
  /** Asks the browser again to keep the data. */
  askToKeep(): Promise<boolean>;
  /** What a person should know of and has not dealt with yet, newest first. */
  readonly findings: Live<readonly Finding[]>;
  /** A person dealt with it: it is kept, and shown no more. Damaged rows stay as they are and are never written over. */
  settleFinding(id: string): Promise<void>;
  /**
   * A rescue file as text: own entries with their signatures, the certificate, and copies of damaged rows. `waiting`: only what the server has
   * not acknowledged.
   */
  exportRescue(which: 'all' | 'waiting'): Promise<string>;
  /** What a rescue file of whatever device of this branch holds; asks nobody. */
  lookIntoRescue(text: string): Promise<Result<RescueContents, RescueFault>>;
  /** Hands in the entries of such a file; needs the network. The same file twice changes nothing. */
  importRescueNow(
    text: string,
    onProgress?: (done: number, total: number) => void,
  ): Promise<Result<RescueOutcome, RescueFault>>;
}
