import type { BranchId } from '../../schema/ids.ts';
import type { Core } from './core.ts';
import { notePush } from './count-notes.ts';
import type { ExaminedPush } from './examine-push.ts';
import { FOLD_AT_ONCE_MAX, type JournalWork, workOnJournals } from './journal-work.ts';

/** Rows of one transaction: with more of them whoever comes next would wait too long. The first push is taken whatever it has. */
const ROWS_TOGETHER_MAX = 1_000;

/** Rows of a push that brings what was just sold: it must not wait until a backlog beside it is written too. */
const JUST_SOLD_MAX = 10;

/** A push that waits for its transaction. */
interface Waiting<Answer> {
  readonly push: ExaminedPush;
  readonly take: (work: JournalWork) => Promise<Answer>;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

interface Line {
  // biome-ignore lint/suspicious/noExplicitAny: each push waits for its own kind of answer
  readonly waiting: Waiting<any>[];
  isMoving: boolean;
  /** What was just sold had a transaction of its own, and now it is the backlog's turn. */
  owesBacklog: boolean;
}

/** Who waits, per shop and branch. */
const lines = new WeakMap<Core, Map<BranchId, Line>>();

/**
 * Takes a push in one transaction with all others that came meanwhile (group commit): the disk is waited for once, and what several of them
 * move, as the stock of one product, is written once. They are taken one after the other, as if each had its own. What
 * fails of several is tried again one by one, so that none fails for another.
 */
export function pushTogether<Answer>(
  core: Core,
  push: ExaminedPush,
  take: (work: JournalWork) => Promise<Answer>,
): Promise<Answer> {
  notePush(core, push.courier.branch);
  return new Promise((resolve, reject) => {
    const line = lineOf(core, push.courier.branch);
    line.waiting.push({ push, take, resolve, reject });
    if (!line.isMoving) void move(core, line);
  });
}

function lineOf(core: Core, branch: BranchId): Line {
  const ofShop = lines.get(core) ?? new Map<BranchId, Line>();
  lines.set(core, ofShop);
  const line = ofShop.get(branch) ?? { waiting: [], isMoving: false, owesBacklog: false };
  ofShop.set(branch, line);
  return line;
}

async function move(core: Core, line: Line): Promise<void> {
  line.isMoving = true;
  // Whatever else has arrived by now comes along.
  await core.deps.breathe();
  while (line.waiting.length > 0) await commit(core, nextOf(line));
  line.isMoving = false;
}

/** Takes out of the line as many as go into one transaction: what was just sold, or, every other time, a backlog and what fits beside it. */
function nextOf(line: Line): Line['waiting'] {
  const justSold = line.owesBacklog ? [] : line.waiting.filter((one) => rowsOf(one) <= JUST_SOLD_MAX);
  const next = groupOf(justSold.length > 0 ? justSold : line.waiting);
  line.owesBacklog = justSold.length > 0;
  const left = line.waiting.filter((one) => !next.includes(one));
  line.waiting.splice(0, line.waiting.length, ...left);
  return next;
}

/** Who waits longest, and then who brings least. Of each device one: its second may build on what is said of its first. */
function groupOf<Answer>(waiting: readonly Waiting<Answer>[]): Waiting<Answer>[] {
  const [oldest, ...others] = waiting as [Waiting<Answer>, ...Waiting<Answer>[]];
  const devices = new Set([oldest.push.courier.deviceId]);
  const next = [oldest];
  let rows = rowsOf(oldest);
  for (const one of others.toSorted((left, right) => rowsOf(left) - rowsOf(right))) {
    const { deviceId } = one.push.courier;
    if (devices.has(deviceId) || rows + rowsOf(one) > ROWS_TOGETHER_MAX) continue;
    next.push(one);
    devices.add(deviceId);
    rows += rowsOf(one);
  }
  return next;
}

function rowsOf({ push }: Pick<Waiting<never>, 'push'>): number {
  return push.request.entries.length;
}

async function commit<Answer>(core: Core, group: readonly Waiting<Answer>[]): Promise<void> {
  const [first, ...others] = group as [Waiting<Answer>, ...Waiting<Answer>[]];
  const more = others.reduce((sum, one) => sum + rowsOf(one), 0);
  try {
    const answers = await workOnJournals(core, first.push.courier.branch, (work) => takeAll(work, group), {
      foldMax: FOLD_AT_ONCE_MAX + more,
    });
    for (const [index, { resolve }] of group.entries()) resolve(answers[index] as Answer);
  } catch (error) {
    if (others.length === 0) return first.reject(error);
    for (const one of group) await commit(core, [one]);
  }
}

async function takeAll<Answer>(work: JournalWork, group: readonly Waiting<Answer>[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { take } of group) answers.push(await take(work));
  return answers;
}
