import { type Edit, editShape } from '../../schema/edit.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import {
  type DeviceId,
  type EditId,
  type EntryId,
  type ProductId,
  splitEntryId,
  type TillCode,
} from '../../schema/ids.ts';
import { productFieldsShape } from '../../schema/product.ts';
import { type DeviceIdentity, enrolCodeAnswerShape } from '../../schema/protocol/enrol.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { mayDevice, mayPerson } from '../../schema/roles.ts';
import type { BranchJournal } from '../store/branch-journal.ts';
import type { CatalogueBook } from '../store/catalogue.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { Shelves } from '../store/device-disk.ts';
import type { EditBook } from '../store/edit-book.ts';
import type { Journal } from '../store/journal.ts';
import type { StockBook } from '../store/stock-book.ts';
import type { Http } from '../sync/http.ts';
import { readBelowZero } from './below-zero.ts';
import { readCameBack } from './came-back.ts';
import type { BranchSale, EditProductFault, Office, SilentTill } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import type { Live } from './live.ts';
import { putImage } from './put-image.ts';
import { dismissEdit, newEditId, settleConflict } from './settle-conflict.ts';
import { readOwn } from './till.ts';

export interface OfficeDeps {
  readonly world: Pick<DeviceDeps, 'clock' | 'random'>;
  readonly identity: DeviceIdentity;
  readonly journal: Journal;
  readonly branchJournal: BranchJournal;
  readonly catalogue: CatalogueBook;
  readonly company: CompanyBook;
  readonly editBook: EditBook;
  readonly http: Http;
  readonly active: Live<boolean>;
  readonly version: Live<number>;
  readonly silent: Live<readonly SilentTill[]>;
  readonly live: Live<readonly DeviceId[]>;
  /** True when the server answers for the own entry of this seq. */
  readonly isAcknowledged: (seq: number) => boolean;
  readonly stockBook: StockBook;
  readonly shelves: Pick<Shelves, 'branchJournal'>;
  readonly onEdit: () => void;
}

/** What a manager sees and does on this device. */
export function createOffice(deps: OfficeDeps): Office {
  const { journal, branchJournal, company } = deps;
  return {
    version: deps.version,
    silent: deps.silent,
    live: deps.live,
    edits: deps.editBook.edits,
    sales: async (limit) => {
      await branchJournal.loaded();
      const tills = new Map(company.devices.get().map((doc) => [doc.device, doc.till]));
      const others = branchJournal.newest(limit).map((entry) => otherSale(entry, tills.get(entry.deviceId)));
      const own = (await ownReceipts(journal, limit)).map((entry) => ownSale(deps, entry));
      const rows = [...others, ...own].sort(
        (left, right) => right.arrived - left.arrived || (left.row.id < right.row.id ? 1 : -1),
      );
      return rows.slice(0, limit).map(({ row }) => row);
    },
    entry: async (id) =>
      splitEntryId(id).deviceId === deps.identity.deviceId ? readOwn(journal, id) : branchJournal.find(id),
    editProduct: (id, patch) => editProduct(deps, id, patch),
    putImageNow: (bytes) => putImage(deps.http, bytes),
    settleConflict: (id, fields) => settleConflict(deps, id, fields),
    dismissEdit: (id) => dismissEdit(deps, id),
    cameBack: () => readCameBack(company.epochs.get(), deps.shelves.branchJournal, tillOf(company)),
    belowZero: () => readBelowZero({ ...deps, clock: deps.world.clock, tillOf: tillOf(company) }),
    enrolCodeNow: async (role, till) => {
      const answer = await deps.http.request('POST', '/api/v1/enrolment-codes', { role, till }, enrolCodeAnswerShape);
      if (answer.ok) return ok(answer.value);
      return fail(answer.error.kind === 'refused' ? answer.error.code : 'offline');
    },
  };
}

function tillOf(company: CompanyBook): (device: DeviceId) => TillCode | undefined {
  return (device) => company.devices.get().find((doc) => doc.device === device)?.till;
}

interface Arrived {
  readonly arrived: number;
  readonly row: BranchSale;
}

/** Own sales and refunds, newest first. Own entries have no arrival: they are here since they were made. */
async function ownReceipts(journal: Journal, limit: number): Promise<DeviceEntry[]> {
  const receipts = journal.index.after(0).filter(({ kind }) => kind === 'sale' || kind === 'refund');
  const newest = receipts.slice(-limit);
  const entries = await journal.read(newest[0]?.seq ?? 1, newest.at(-1)?.seq ?? 0);
  return entries.filter(({ kind }) => kind === 'sale' || kind === 'refund');
}

function ownSale({ identity, isAcknowledged }: OfficeDeps, entry: DeviceEntry): Arrived {
  const safety = isAcknowledged(entry.seq) ? 'server' : 'device';
  return { arrived: entry.at, row: saleRow(entry.id, identity.till, entry, safety, []) };
}

function otherSale(entry: BranchEntry, till: BranchSale['till']): Arrived {
  return { arrived: entry.receivedAt, row: saleOfRow(entry, till) };
}

/** What a list shows of an entry that the server sent. */
export function saleOfRow(entry: BranchEntry, till: BranchSale['till']): BranchSale {
  const written = (entry.entry ?? entry) as Pick<DeviceEntry, 'kind' | 'at' | 'person'>;
  return saleRow(entry.id, till, written, 'server', entry.flags);
}

function saleRow(
  id: EntryId,
  till: BranchSale['till'],
  entry: Pick<DeviceEntry, 'kind' | 'at' | 'person'> & { readonly body?: object },
  safety: BranchSale['safety'],
  flags: readonly string[],
): BranchSale {
  const body = entry.body as { receipt?: string; totals?: { due: BranchSale['total'] } } | undefined;
  const { kind, at, person } = entry;
  return { id, till, kind, at, receipt: body?.receipt, total: body?.totals?.due, person, safety, flags };
}

async function editProduct(
  deps: OfficeDeps,
  id: ProductId,
  patch: Edit['patch'],
): Promise<Result<EditId, EditProductFault>> {
  const seen = deps.catalogue.edited(id);
  const person = deps.company.person.get();
  if (!deps.active.get()) return fail('not-active');
  if (person === undefined) return fail('no-person');
  // The server asks the same (EDT20).
  if (!mayPerson(person.role, 'edit', deps.company.settings.get())) return fail('not-allowed');
  if (seen === undefined || !mayDevice(deps.identity.role, 'push', 'edits')) return fail('bad-field');
  if (!productFieldsShape.partial().strict().safeParse(patch).success) return fail('bad-field');
  // A field that the product does not have yet has no former value.
  const base = Object.fromEntries(
    Object.keys(patch).flatMap((field) => (field in seen ? [[field, seen[field as keyof typeof seen]]] : [])),
  );
  const edit = editShape.safeParse({
    editId: newEditId(deps.world.random),
    collection: 'products',
    docId: id,
    baseRevision: deps.catalogue.serverProduct(id)?.rev ?? null,
    base,
    patch,
    person: person.person,
    at: deps.world.clock(),
  });
  if (!edit.success) return fail('bad-field');
  await deps.editBook.add(edit.data);
  deps.catalogue.refresh([id]);
  deps.onEdit();
  return ok(edit.data.editId);
}
