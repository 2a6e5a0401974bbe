import type { Plant, PlantedEdit } from './plant.ts';

const edit = (file: string, find: string, replace: string): PlantedEdit => ({ file, find, replace });

/** Planted bugs of the server and of the rules that both share. */
export const SERVER_PLANTS: readonly Plant[] = [
  {
    name: 'missing-approval-not-flagged',
    rule: 'ROLE5',
    what: 'nobody looks whether a cashier had leave',
    edits: [edit('server/core/store-row.ts', 'await lacksApproval(tx, scope, entry)', 'lacksApproval === undefined')],
  },
  {
    name: 'anybody-approves',
    rule: 'ROLE5',
    what: 'an approval counts whoever gave it',
    edits: [
      edit(
        'server/core/check-approvals.ts',
        'return mayPerson(await roleOf(tx, body.approver), body.action as PersonAction, settings);',
        'return mayPerson("manager", body.action as PersonAction, settings);',
      ),
    ],
  },
  {
    name: 'over-refund-not-flagged',
    rule: 'RET5',
    what: 'nobody counts what came back at other tills',
    edits: [
      edit(
        'server/core/refund-flags.ts',
        'if (wanted.join() !== flags.join()) await tx.reflagEntry(refund, wanted);',
        'void wanted;',
      ),
    ],
  },
  {
    name: 'known-stock-not-compared',
    rule: 'I10',
    what: 'stock that one transaction left is handed on though a new history began between',
    from: 75,
    edits: [
      edit(
        'server/core/known-stock.ts',
        'if (left !== undefined && left.seq === (await tx.place(scope)).seq)',
        'if (left !== undefined && left.seq <= (await tx.place(scope)).seq)',
      ),
    ],
  },
  {
    name: 'socket-answers-before-the-disk',
    rule: 'I2',
    what: 'a push over the live socket is answered before it is stored',
    edits: [
      edit(
        'server/live/live-pushes.ts',
        'await pushWhileKnown(core, live.device, push, protocol);',
        "(void pushWhileKnown(core, live.device, push, protocol), { epoch: core.epoch, head: { seq: 0, hash: '0'.repeat(64) as never }, verdicts: (push.entries as { id: string; hash: string }[]).map(({ id, hash }) => ({ id, hash, verdict: 'accepted' as const })) });",
      ),
    ],
  },
  {
    name: 'tells-a-commit-without-its-documents',
    rule: 'I10',
    what: 'a commit that is told at once moves everybody’s place past documents that it leaves out',
    edits: [
      edit(
        'server/live/tail.ts',
        'changes: commit.changes });',
        "changes: commit.changes.filter(({ kind }) => kind === 'entry') });",
      ),
    ],
  },
  {
    name: 'leaves-the-inbox-before-it-is-taken',
    rule: 'I1',
    what: 'a push that waits is dropped in a transaction before the one that takes it',
    edits: [
      edit('server/core/settle-inbox.ts', 'if (await work.tx.dropFromInbox(place.n)) await takePush', 'await takePush'),
      edit(
        'server/core/settle-inbox.ts',
        'await pushTogether(core, examined',
        'if (!(await core.store.write([], (tx) => tx.dropFromInbox(place.n)))) return;\n    await pushTogether(core, examined',
      ),
    ],
  },
  {
    name: 'bytes-are-not-hashed',
    rule: 'I12',
    what: 'a row of a push that is read from its bytes is believed what its hash says',
    edits: [edit('server/examine/read-run.ts', "HASH.place), 'hex') === place.hash;", "HASH.place), 'hex') !== '';")],
  },
  {
    name: 'sale-leaves-no-traces',
    rule: 'DRF7',
    what: 'nobody looks for the parked draft of a sale',
    edits: [
      edit(
        'server/core/remember-tx.ts',
        'if (await this.tx.hasTraces(traces)) return;',
        "if (await this.tx.hasTraces(traces)) return void this.#absent.add(documentKey('drafts', traces.draft));",
      ),
    ],
  },
  {
    name: 'no-dedupe',
    rule: 'I1',
    what: 'the same entry, sent again, is taken for another',
    edits: [
      edit(
        'server/core/take-row.ts',
        'if (known?.hash === row.place.hash) return repeat(work, author, known, read);',
        'void repeat;',
      ),
    ],
  },
  {
    name: 'pay-back-is-owed-more',
    rule: 'CRD5',
    what: 'money that a customer brings is owed as well',
    edits: [
      edit(
        'schema/stock/effect.ts',
        'return accountMove(entry.body.customer, entry.body.payment.amount, 1);',
        'return accountMove(entry.body.customer, entry.body.payment.amount, -1);',
      ),
    ],
  },
  {
    name: 'ack-before-fsync',
    rule: 'I2',
    what: 'an answer goes out before its commit is on disk',
    edits: [
      edit(
        'server/store/memory/memory-store.ts',
        'await opened.sync(puts);',
        'void opened.sync(puts).catch(() => undefined);',
      ),
    ],
  },
  {
    name: 'no-branch-filter',
    rule: 'I9',
    what: 'every device may read every branch',
    edits: [
      edit(
        'server/core/checkpoint.ts',
        'return [COMPANY_SCOPE, branchScope(device.branch)];',
        "return [COMPANY_SCOPE, branchScope(device.branch), (device.branch === 'utama' ? 'cabang' : 'utama') as Scope];",
      ),
    ],
  },
  {
    name: 'fold-twice',
    rule: 'I4',
    what: 'what is folded once more counts once more',
    edits: [
      edit('schema/stock/fold.ts', 'if (seq <= counter.seq) return stock;', ''),
      edit(
        'server/core/advance-head.ts',
        'await foldNext(work, author, entry, last);',
        'await foldNext(work, author, entry, last);\n      await foldNext(work, author, entry, last);',
      ),
    ],
  },
  {
    name: 'fold-outside-transaction',
    rule: 'I4',
    what: 'the stock is written after the entry, in a commit of its own',
    edits: [
      edit(
        'server/core/journal-work.ts',
        '      await book.flush();\n      return value;\n    });',
        [
          '    later = () => core.store.write([scope], async (tx2) => {',
          '      const flushing = createStockBook(tx2, { branch, epoch: epoch.n });',
          '      void flushing;',
          '      for (const put of puts) await tx2.putDocument(...put);',
          '    });',
          '    await book.flush();',
          '    return value;',
          '  }).then(async (value) => { await later(); return value; });',
        ].join('\n'),
      ),
      edit(
        'server/core/journal-work.ts',
        'const book = createStockBook(tx, { branch, epoch: epoch.n });',
        [
          'const aside = new Proxy(tx, { get: (target, name) => (name === "putDocument"',
          '      ? async (...put: Parameters<WriteTx["putDocument"]>) => { puts.push(put); return 0; }',
          '      : (target as never)[name]?.bind(target)) });',
          '    const book = createStockBook(aside, { branch, epoch: epoch.n });',
        ].join('\n'),
      ),
      edit(
        'server/core/journal-work.ts',
        '  const scope = branchScope(branch);\n',
        [
          '  const scope = branchScope(branch);',
          '  let later: () => Promise<void> = async () => undefined;',
          '  const puts: Parameters<WriteTx["putDocument"]>[] = [];\n',
        ].join('\n'),
      ),
    ],
  },
  {
    name: 'fold-out-of-order',
    rule: 'I4',
    what: 'entries of one push are folded last first',
    edits: [
      edit('server/core/advance-head.ts', 'for (const entry of page) {', 'for (const entry of page.toReversed()) {'),
      edit('server/core/advance-head.ts', 'if (entry.entrySeq !== last.seq + 1) break;', ''),
      edit(
        'server/core/advance-head.ts',
        'if (entry.prev !== last.hash) return',
        'if (entry.prev === entry.hash) return',
      ),
      edit(
        'server/core/advance-head.ts',
        'last = { seq: entry.entrySeq, hash: entry.hash };',
        'if (entry.entrySeq > last.seq) last = { seq: entry.entrySeq, hash: entry.hash };',
      ),
    ],
  },
  {
    name: 'order-by-clock',
    rule: 'I4',
    what: 'entries that came together are folded by their device’s clock, the newest first',
    edits: [
      edit(
        'server/core/advance-head.ts',
        'for (const entry of page) {',
        [
          'const first = last.seq + 1;',
          'const run = page.filter(({ entrySeq }, index) => entrySeq === first + index);',
          'for (const entry of run.length > 0 ? run.toSorted((left, right) => right.at - left.at) : page) {',
        ].join('\n'),
      ),
      edit(
        'server/core/advance-head.ts',
        'if (entry.entrySeq !== last.seq + 1) break;',
        'if (run.length === 0 && entry.entrySeq !== last.seq + 1) break;',
      ),
      edit(
        'server/core/advance-head.ts',
        'if (entry.prev !== last.hash) return',
        'if (entry.prev === entry.hash) return',
      ),
      edit(
        'server/core/advance-head.ts',
        'last = { seq: entry.entrySeq, hash: entry.hash };',
        'if (entry.entrySeq > last.seq) last = { seq: entry.entrySeq, hash: entry.hash };',
      ),
    ],
  },
  {
    name: 'old-epoch-counter-wins',
    rule: 'I10',
    what: 'a counter of a lost history beats the new one',
    edits: [
      edit(
        'schema/stock/join.ts',
        'if (order !== 0) return order > 0 ? left : right;',
        'if (order !== 0) return order < 0 ? left : right;',
      ),
    ],
  },
  {
    name: 'rolled-back-checkpoint-accepted',
    rule: 'I10',
    what: 'a server that was rolled back goes on as if nothing had happened',
    edits: [
      edit(
        'server/core/rollback.ts',
        'if (position.seq === 0 || (await tx.tagAt(scope, position.seq)) === position.tag) return null;',
        'if (position.seq >= 0) return null;',
      ),
    ],
  },
  {
    name: 'release-at-the-same-seq',
    rule: 'I4',
    what: 'what is released counts at its own place in its device, which the counter has passed',
    edits: [
      edit(
        'server/core/fold-server-entry.ts',
        'book.fold(place.deviceId, place.entrySeq, effects)',
        'book.fold(read.value.deviceId, read.value.seq, effects)',
      ),
    ],
  },
  {
    name: 'retired-counter-dropped',
    rule: 'I4',
    what: 'the counter of a retired device goes, and the base does not get it',
    edits: [
      edit(
        'server/core/stock-book.ts',
        'const retired = retireDevice(stock, deviceId);',
        'const retired = { ...retireDevice(stock, deviceId), base: stock.base };',
      ),
    ],
  },
  {
    name: 'retired-counter-not-kept',
    rule: 'I4',
    what: 'the counter of a retired device goes, and nobody says what the base holds of it',
    edits: [
      edit(
        'server/core/stock-book.ts',
        'keep(forgetDevices(retired, forgotten), null);',
        'keep(forgetDevices(retired, new Set([deviceId])), null);\n        void forgotten;',
      ),
    ],
  },
  {
    name: 'late-entries-forgotten',
    rule: 'I10',
    from: 5,
    what: 'nobody is told what a closed gap left out, so that what came late is not sent again to a restored server',
    edits: [
      edit(
        'server/core/lacking.ts',
        "return JSON.parse((await tx.meta(keyOf(deviceId))) ?? '[]') as Lacking;",
        'return tx ? [] : JSON.parse(keyOf(deviceId));',
      ),
    ],
  },
  {
    name: 'revoked-turned-away',
    rule: 'I10',
    what: 'a revoked till that a restore lost is not known again, and keeps what it holds',
    edits: [
      edit(
        'server/core/readmit.ts',
        "if (!isAsking) return fail('not-enrolled');",
        "if (!isAsking || core.ledger.isRevoked(deviceId)) return fail('not-enrolled');",
      ),
    ],
  },
  {
    name: 'fork-overwrites',
    rule: 'I13',
    what: 'what a copied device sold is written over what stands at its place',
    edits: [
      edit(
        'server/core/take-row.ts',
        'if (known || (await diverges(work, row))) return fileFork(work, push, author, row, read);',
        'if (known) return storeRow(work, push, { author, row, read, fork: null, isLate: false });\n  if (await diverges(work, row)) return fileFork(work, push, author, row, read);',
      ),
      edit(
        'server/store/memory/layer.ts',
        'if (INSERT_ONLY.has(table) && get(table, key) !== undefined) throw',
        'if (INSERT_ONLY.size === 0) throw',
      ),
    ],
  },
  {
    name: 'fork-dropped',
    rule: 'I2',
    what: 'what a copied device sold is acknowledged and thrown away',
    edits: [
      edit(
        'server/core/take-row.ts',
        'if (known || (await diverges(work, row))) return fileFork(work, push, author, row, read);',
        "if (known || (await diverges(work, row))) return { ...claim(row), verdict: 'forked', reason: FORKED };\n  void fileFork;",
      ),
    ],
  },
  {
    name: 'commit-number-outside-lock',
    rule: 'I13',
    what: 'two writers may take the same commit number',
    edits: [
      edit(
        'server/store/memory/memory-store.ts',
        'await writing.run(() => runWrite(tables.rows(), deps, { scopes, work, commit, keeping }));',
        'await runWrite(tables.rows(), deps, { scopes, work, commit, keeping });',
      ),
    ],
  },
  {
    name: 'failed-commit-is-remembered',
    rule: 'I4',
    what: 'what a transaction that failed has written is taken for there',
    edits: [edit('server/store/memory/memory-store.ts', 'keeping.kept.forget();', '')],
  },
  {
    name: 'chain-end-stays',
    rule: 'I12',
    what: 'an entry that was stored since its device was first asked for is taken for new',
    edits: [
      edit(
        'server/store/kept-answers.ts',
        'return ends.change(entry.deviceId, () => writes.insertEntry(entry), next);',
        'void next;\n        return writes.insertEntry(entry);',
      ),
    ],
  },
  {
    name: 'edit-recorded-twice',
    rule: 'I13',
    what: 'an edit that comes again is recorded over the first',
    edits: [
      edit(
        'server/store/memory/layer.ts',
        'if (INSERT_ONLY.has(table) && get(table, key) !== undefined) throw',
        'if (INSERT_ONLY.size === 0) throw',
      ),
      edit('server/core/push-edits.ts', 'if (before !== undefined) return JSON.parse(before) as EditVerdict;', ''),
    ],
  },
  {
    name: 'tills-may-edit',
    rule: 'I8',
    what: 'any device may change a price',
    edits: [
      edit(
        'server/core/push-edits.ts',
        "if (!mayDevice(device.role, 'push', 'edits')) return { editId, verdict: 'refused', reason: 'role' };",
        'void mayDevice;',
      ),
    ],
  },
  {
    name: 'unsigned-foreign-entry',
    rule: 'I6',
    what: 'whoever brings an entry is believed',
    edits: [
      edit(
        'server/core/take-row.ts',
        'if (!push.isVouched(row) && !(isOwn && push.protocol === 1))',
        'if (push.protocol < 0)',
      ),
    ],
  },
  {
    name: 'poison-fails-the-push',
    rule: 'I12',
    what: 'a row that nobody can read fails the request it came in',
    edits: [
      edit(
        'server/core/judge-row.ts',
        'if (gateFault !== null) return fail(gateFault);',
        'if (gateFault !== null) throw new Error(gateFault);',
      ),
    ],
  },
  {
    name: 'stock-not-restamped',
    // Replicas never agree again; where a retired till's units stand in the base, what a device shows is wrong at once (I4).
    rule: 'I10',
    what: 'a restored server keeps the old number on its stock',
    edits: [
      edit(
        'server/core/epoch.ts',
        'for (const scope of scopes) await restampStock(tx, scope, epoch.n);',
        'void restampStock;',
      ),
    ],
  },
];
