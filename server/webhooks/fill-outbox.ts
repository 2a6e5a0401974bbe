import { branchScope, COMPANY_SCOPE, type Scope } from '../../schema/ids.ts';
import type { Core } from '../core/core.ts';
import { happeningOf, silentHappenings } from './happenings.ts';
import { enqueue, type Happening, putHook, readHook, readHooks, type StoredHook } from './hook-records.ts';

/** Changes read in one transaction. */
const STEP = 200;

/** Lets everything wait that webhooks have not been told of yet. What is read and what waits are one transaction: each change once. */
export async function fillOutbox(core: Core): Promise<void> {
  for (const hook of await core.store.read((tx) => readHooks(tx))) {
    if (hook.disabledAt !== null) continue;
    for (const scope of scopesHeard(hook)) while (await fillStep(core, hook, scope));
  }
}

/** What a webhook hears of: the company's products and all of its branch. */
export function scopesHeard({ branch }: Pick<StoredHook, 'branch'>): readonly [Scope, Scope] {
  return [COMPANY_SCOPE, branchScope(branch)];
}

/** Reads on from where a webhook was told; true when more is left. */
async function fillStep(core: Core, { id }: StoredHook, scope: Scope): Promise<boolean> {
  const after = await core.store.read(async (tx) => {
    const [hook, place] = [await readHook(tx, id), await tx.place(scope)];
    return hook && hook.disabledAt === null && (hook.told[scope] ?? 0) < place.seq;
  });
  if (!after) return false;
  return core.store.write([], async (tx) => {
    const hook = await readHook(tx, id);
    if (!hook || hook.disabledAt !== null) return false;
    const changes = await tx.changesAfter({ scope, after: hook.told[scope] ?? 0, limit: STEP });
    const happenings: Happening[] = [];
    for (const change of changes) {
      const happening = await happeningOf(tx, hook, change, scope);
      if (happening) happenings.push(happening);
    }
    const more = changes.length === STEP;
    const reached = more ? (changes.at(-1)?.seq ?? 0) : (await tx.place(scope)).seq;
    const filled = await enqueue(tx, hook, happenings, core.deps.now());
    await putHook(tx, { ...filled, told: { ...filled.told, [scope]: reached } });
    return more && filled.disabledAt === null;
  });
}

/** Lets wait that tills fell silent. */
export async function tellSilence(core: Core): Promise<void> {
  const now = core.deps.now();
  for (const { id } of await core.store.read((tx) => readHooks(tx))) {
    await core.store.write([], async (tx) => {
      const hook = await readHook(tx, id);
      if (!hook || hook.disabledAt !== null || !hook.events.includes('device.silent')) return;
      const happenings = await silentHappenings(tx, hook, now);
      if (happenings.length > 0) await putHook(tx, await enqueue(tx, hook, happenings, now));
    });
  }
}
