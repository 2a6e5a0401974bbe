import type { CompanyDoc } from '../../schema/company.ts';
import type { DraftDoc } from '../../schema/draft.ts';
import type { Product } from '../../schema/product.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { CollectionName, PulledCollection } from '../../schema/roles.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { OwnEdit } from '../device/device.ts';
import type { Replication } from '../sync/replication.ts';
import type { Finding } from './findings.ts';
import type { OwnEntry } from './journal.ts';
import type { LogCare } from './log/log-care.ts';
import type { OwnDraftChange } from './own-draft-change.ts';
import type { Shelf } from './shelf.ts';

/** What each collection holds. */
export interface DeviceDocs {
  readonly journal: OwnEntry;
  readonly branchJournal: BranchEntry;
  readonly stock: Stock;
  readonly products: Product;
  readonly company: CompanyDoc;
  readonly edits: OwnEdit;
  readonly drafts: DraftDoc;
  readonly draftChanges: OwnDraftChange;
  readonly findings: Finding;
}

export type Shelves = { readonly [Name in CollectionName]: Shelf<DeviceDocs[Name]> };

/** A device's collections, open, and the way the server's documents come into them: RxDB, or a model of it. */
export interface DeviceDisk {
  readonly shelves: Shelves;
  /** The pull of one collection, in pages of `batchSize` documents. */
  createReplication(collection: PulledCollection, batchSize: number): Replication;
  /** Where collections are kept as a log. */
  readonly log?: LogCare;
  close(): Promise<void>;
}

/** Opens (or makes) the disk of a slot. Rejects when the storage does not open. */
export type OpenDisk = (slot: string) => Promise<DeviceDisk>;
