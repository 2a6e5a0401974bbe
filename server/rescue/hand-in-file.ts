import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { branchScope } from '../../schema/ids.ts';
import type { EntryVerdict } from '../../schema/protocol/push.ts';
import {
  provableRows,
  type RescueFileFault,
  readRescueFile,
  rescueBatches,
  rescueBody,
} from '../../schema/rescue-file.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { claimFolder } from '../claim-folder.ts';
import { openCore } from '../core/open-core.ts';
import { pushDrafts } from '../core/push-drafts.ts';
import { pushJournal } from '../core/push-journal.ts';
import { openServerDevice } from '../core/server-device.ts';
import { SHOP_FILES } from '../core/shop-files.ts';
import type { Deps } from '../deps.ts';

/** What became of a rescue file that was handed in at the server itself. */
export interface HandedInFile {
  readonly till: string;
  readonly entries: number;
  /** Entries that were altered since they were written: left out. */
  readonly altered: number;
  readonly verdicts: readonly EntryVerdict[];
  /** What was changed of held carts and other drafts, and what of it was taken. */
  readonly drafts: number;
  readonly draftsTaken: number;
}

const FAULTS: Readonly<Record<RescueFileFault, string>> = {
  'not-a-rescue': 'this is no rescue file. A till makes one under Sync, "Save what waits".',
  damaged: 'the file is damaged or not whole. Nothing was changed; copy it again from where it was saved.',
  newer: 'a newer version of Laci made this file. Update this server first.',
  'too-large': 'the file is too large for a rescue file. Nothing was changed.',
};

/**
 * Hands the text of a rescue file in at a stopped shop, when no device of the branch is left to do it: under the same rules as every
 * push, the server's own journal being the courier. The sentence says why nothing was changed.
 */
export async function handInFile(dataDir: string, text: string, deps: Deps): Promise<Result<HandedInFile, string>> {
  if (!existsSync(join(dataDir, SHOP_FILES.database))) return fail(`there is no shop in ${dataDir}.`);
  const rescue = readRescueFile(text);
  if (!rescue.ok) return fail(FAULTS[rescue.error]);
  const claim = claimFolder(dataDir);
  if (!claim.ok) return claim;
  const core = await openCore(dataDir, deps);
  try {
    const { certificate, entries, device } = rescue.value;
    const certified = core.shopKey.readCertificate(certificate);
    if (certified?.identity.deviceId !== device.deviceId)
      return fail('this file is of another shop, or what it says of its till was altered. Nothing was changed.');
    const { branch, till } = certified.identity;
    const courier = await core.store.write([branchScope(branch)], (tx) => openServerDevice(core, tx, branch));
    const rows = provableRows(rescue.value);
    const verdicts: EntryVerdict[] = [];
    for (const batch of rescueBatches(rows))
      verdicts.push(...(await pushJournal(core, courier, rescueBody(batch, certificate))).verdicts);
    const drafts = rescue.value.drafts ?? [];
    const answer = await pushDrafts(core, courier, drafts);
    const draftsTaken = answer.verdicts.filter(({ verdict }) => verdict !== 'refused').length;
    const altered = entries.length - rows.length;
    return ok({ till, entries: rows.length, altered, verdicts, drafts: drafts.length, draftsTaken });
  } finally {
    await core.store.close();
    claim.value();
  }
}
