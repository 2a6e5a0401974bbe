import type { Plant, PlantedEdit } from './plant.ts';

const edit = (file: string, find: string, replace: string): PlantedEdit => ({ file, find, replace });

/** Planted bugs of the devices. */
export const CLIENT_PLANTS: readonly Plant[] = [
  {
    name: 'z-counts-refund-twice',
    rule: 'SHF3',
    what: 'a Z report takes off twice what came back',
    edits: [
      edit(
        'schema/shift-report.ts',
        "return kind === 'sale' ? amount : subtractMoney(ZERO, amount);",
        "return kind === 'sale' ? amount : subtractMoney(ZERO, addMoney(amount, amount));",
      ),
    ],
  },
  {
    name: 'z-number-reused-after-crash',
    rule: 'SHF7',
    what: 'a till that was opened anew numbers its Z reports from 1 again',
    edits: [
      edit(
        'client/device/shift-acts.ts',
        'zNo: index.shift().zNo + 1',
        'zNo: ((deps as { closed?: number }).closed ?? 0) + 1',
      ),
      edit(
        'client/device/shift-acts.ts',
        'if (closed.ok) return',
        'if (closed.ok) (deps as { closed?: number }).closed = closed.value.body.zNo;\n    if (closed.ok) return',
      ),
    ],
  },
  {
    name: 'empty-ack-accepted',
    rule: 'I3',
    what: 'an entry that no verdict names counts as sent',
    edits: [
      edit(
        'client/sync/acknowledgement.ts',
        'const verdict = verdictOf(next);\n    if (verdict === undefined) break;',
        "const verdict = verdictOf(next) ?? 'accepted';",
      ),
    ],
  },
  {
    name: 'skip-batch-after-error',
    rule: 'I3',
    what: 'a batch that failed is not sent again',
    edits: [
      edit(
        'client/sync/journal-outbox.ts',
        '  deps.onFault(answer.error);\n  const tooLarge',
        '  deps.onFault(answer.error);\n  const skipped = rows.at(-1);\n  if (skipped) await deps.keep({ ...deps.held(), head: { seq: skipped.seq, hash: skipped.hash } });\n  const tooLarge',
      ),
    ],
  },
  {
    name: 'late-entries-not-handed-in',
    rule: 'I1',
    what: 'of others only what lies above their heads is handed in, not what came late behind a closed gap',
    edits: [edit('client/sync/hand-in.ts', 'lacking[other.deviceId] ?? []', '[] as Lacking')],
  },
  {
    name: 'clock-back-skips-outbox',
    rule: 'I10',
    what: 'unsent is what is younger than the last that was sent',
    edits: [
      edit(
        'client/sync/journal-outbox.ts',
        'journal.index.after(held().head.seq, rowsMax);',
        'journal.index.after(held().head.seq, rowsMax).filter(({ at }) => at >= (journal.index.row(held().head.seq)?.at ?? 0));',
      ),
      edit(
        'client/sync/journal-outbox.ts',
        'journal.index.countAfter(held().head.seq) > 0;',
        'journal.index.after(held().head.seq).some(({ at }) => at >= (journal.index.row(held().head.seq)?.at ?? 0));',
      ),
    ],
  },
  {
    name: 'swallowed-pull-error',
    rule: 'I10',
    what: 'a page that the disk did not take counts as pulled',
    edits: [
      edit(
        'client/sync/puller.ts',
        "endPull(result.ok && onDisk);\n      return onDisk ? result : fail({ kind: 'disk' });",
        'endPull(result.ok || onDisk);\n      return result;',
      ),
      edit('client/sync/puller.ts', '        markBehind();\n        deps.onWriteFailed();\n', ''),
    ],
  },
  {
    name: 'filled-page-not-looked-after',
    rule: 'I10',
    what: 'a page of a first pull that the disk did not take is gone on behind',
    edits: [
      edit('client/sync/fill.ts', "if (!(await writing)) return fail({ kind: 'disk' });", 'await writing;'),
      edit(
        'client/sync/fill.ts',
        "return (await writing) ? page.result : fail({ kind: 'disk' });",
        'return page.result;',
      ),
    ],
  },
  {
    name: 'short-page-is-the-end',
    rule: 'I10',
    what: 'the first page of the server is taken for the last',
    edits: [
      edit('client/sync/read-pages.ts', 'result: more ? null : end,', 'result: end,'),
      // A server may give less than was asked for; this one does.
      edit(
        'server/core/pull.ts',
        'return Math.min(Math.max(Number(text), 1), PULL_LIMIT_MAX);',
        'return Math.min(Math.max(Number(text), 1), PULL_LIMIT_MAX, 7);',
      ),
    ],
  },
  {
    name: 'counters-move-every-checkpoint',
    rule: 'I10',
    what: 'counters that come ahead of their entries move the journal’s checkpoint too, so that the entries are passed over',
    edits: [
      edit(
        'client/sync/pull-rounds.ts',
        '[...Map.groupBy(changes, (change) => change.collection)]',
        'PULLED_COLLECTIONS.map((name) => [name, changes.filter(({ collection }) => collection === name)] as const)',
      ),
    ],
  },
  {
    name: 'ignore-resync',
    rule: 'I10',
    what: 'a call to pull is not heard',
    edits: [
      edit(
        'client/sync/live-feed.ts',
        "case 'resync':\n        return pullMissed();",
        "case 'resync':\n        return;",
      ),
    ],
  },
  {
    name: 'reuse-number-after-collision',
    rule: 'I5',
    what: 'a sale that had to move keeps the receipt number of the place that was taken',
    edits: [
      edit(
        'client/store/journal.ts',
        'body: body(index.receiptNo() + 1) }',
        'body: (firstBody ??= body(index.receiptNo() + 1)) }',
      ),
      edit(
        'client/store/journal.ts',
        '  for (let collisions = 0;',
        '  let firstBody: BodyOf<Kind> | undefined;\n  for (let collisions = 0;',
      ),
    ],
  },
  {
    name: 'reuse-number-after-crash',
    rule: 'I5',
    what: 'after a crash the last receipt number is looked for beside the journal alone, where it is written behind the sale',
    edits: [
      edit(
        'client/store/journal-tail.ts',
        'const tail = kept && kept.head.seq >= rows.head.seq ? { ...rows, ...kept } : rows;',
        'const tail = kept ? { ...rows, ...kept, head: kept.head.seq >= rows.head.seq ? kept.head : rows.head } : rows;',
      ),
    ],
  },
  {
    name: 'rebuild-after-purge',
    rule: 'I5',
    what: 'what is rebuilt after a purge begins from nothing, not from the snapshot',
    edits: [
      edit(
        'client/store/journal-index.ts',
        'return { receiptNo: counted(entry.body.receiptNo), perpetualTotal: entry.body.perpetualTotal };',
        'return { receiptNo, perpetualTotal };',
      ),
      edit(
        'client/store/journal-index.ts',
        'tail = later;',
        'if (rows.length === 0 || rows[0]?.seq === 1) tail = later;',
      ),
    ],
  },
  {
    name: 'cart-sold-twice-after-crash',
    rule: 'I14',
    what: 'a cart that was sold before a crash is sold again',
    edits: [edit('client/store/journal-index.ts', 'isSold: (cart) => carts.has(cart),', 'isSold: () => false,')],
  },
  {
    name: 'cart-sold-twice-behind-another-tab',
    rule: 'I14',
    what: 'a sale that had to move is written though the other tab sold its cart',
    edits: [edit('client/store/journal.ts', '    if (isDone?.()) throw', '    if (isDone?.() && false) throw')],
  },
  {
    name: 'take-over-waits-for-nobody',
    rule: 'TAB3',
    what: 'a tab that takes over reads the journal while the other one still writes a sale',
    edits: [edit('client/device/activity.ts', 'writing = await awaitLastWriter(deps);', 'writing = null;')],
  },
  {
    name: 'woken-tab-not-looked-after',
    rule: 'TAB4',
    what: 'the active tab hears of what another one wrote with its own next entry alone',
    edits: [
      edit(
        'client/device/core.ts',
        'stopLooking = watchOtherTabs({ ...stores, log: disk.log, timers: deps.timers });',
        'void watchOtherTabs;',
      ),
    ],
  },
  {
    name: 'copied-till-says-nothing',
    rule: 'SYNC29',
    what: 'a till put back from an image, or with a twin, hears of the server’s higher head and says nothing',
    edits: [edit('client/sync/tell-copied.ts', '  if (!isBehind()) return;', '  if (isBehind()) return;')],
  },
  {
    name: 'own-edit-conflicts-with-itself',
    rule: 'I15',
    what: 'an edit stands on what the server had, not on the edit before it',
    edits: [
      edit(
        'client/device/office.ts',
        'const seen = deps.catalogue.edited(id);\n  const person',
        'const seen = deps.catalogue.serverProduct(id);\n  const person',
      ),
    ],
  },
  {
    name: 'selling-waits-for-the-server',
    rule: 'I11',
    what: 'a sale is written when all before it were acknowledged',
    edits: [
      edit(
        'client/device/till.ts',
        '    beingSold.add(cart.cartId);\n',
        '    beingSold.add(cart.cartId);\n    while (!deps.isAcknowledged(journal.index.head().seq) && journal.index.head().seq > 0)\n      await new Promise((resolve) => deps.version.subscribe(() => resolve(null)));\n',
      ),
    ],
  },
  {
    name: 'retired-till-counts-twice',
    rule: 'I4',
    what: 'a till that was retired adds its entries to the base that holds them',
    edits: [
      edit(
        'schema/stock/on-hand.ts',
        'effect.seq > (counters.get(ownDevice)?.seq ?? 0)',
        'effect.seq > ((mine) => (mine && mine.in + mine.out > 0 ? mine.seq : 0))(counters.get(ownDevice))',
      ),
    ],
  },
  {
    name: 'own-credit-forgotten',
    rule: 'CRD5',
    what: 'a device shows no credit of its own before the server has counted it',
    edits: [
      edit(
        'client/store/stock-book.ts',
        'for (const { productId, ...effect } of stockEffects(entry)) {',
        "for (const { productId, ...effect } of stockEffects(entry)) {\n        if (productId.startsWith('kasbon_')) continue;",
      ),
    ],
  },
  {
    name: 'line-total-off-by-one',
    rule: 'I7',
    what: 'a line says one more than it costs',
    edits: [edit('schema/receipt.ts', '    total: totals.total,\n', '    total: (totals.total + 1) as Money,\n')],
  },
  {
    name: 'unsigned-entry',
    rule: 'I6',
    what: 'a device forgets to sign',
    edits: [
      edit(
        'client/store/journal.ts',
        'return signature === undefined ? entry : { ...entry, signature };',
        'return signature === undefined || entry.seq % 5 === 0 ? entry : { ...entry, signature };',
      ),
    ],
  },
];
