import { useTranslation } from 'react-i18next';
import type { BranchId, EntryId } from '../../schema/ids.ts';
import type { Result } from '../../schema/result.ts';
import { useDevice } from '../app/contexts.ts';
import { useAllow } from '../app/use-allow.ts';
import { useFormat } from '../app/use-format.ts';
import { adjustBody, badCount } from '../till/move-list.ts';
import { useBadLine } from '../till/use-bad-line.ts';
import { type GoodsLine, goodsOf, receivedOf } from './goods-lines.ts';
import type { MovementFormKind } from './movement-paths.ts';
import { type AnyMoveFault, useMoveFaultText } from './use-move-fault-text.ts';

/** What a form says beside its list. */
export interface MovementHead {
  readonly supplier: string;
  readonly reference: string;
  readonly reason: string;
  readonly branch: string | null;
}

type Write = (lines: readonly GoodsLine[], head: MovementHead) => Promise<string | null>;
/** A text says why not, where it is no fault of what was typed. */
type Written = Promise<Result<unknown, AnyMoveFault> | string>;

/** Writes a movement of a kind, with somebody's leave where the person needs it. Resolves with why not, or null when it is on disk. */
export function useWriteMovement(kind: MovementFormKind): Write {
  const faultText = useMoveFaultText();
  const acts = useActs();
  return async (lines, head) => {
    const written = await acts[kind](lines, { ...head, reason: head.reason.trim() });
    if (typeof written === 'string') return written;
    return written.ok ? null : faultText(written.error);
  };
}

type Acts = Readonly<Record<MovementFormKind, (lines: readonly GoodsLine[], head: MovementHead) => Written>>;

function useActs(): Acts {
  const { t } = useTranslation();
  const { till, transfers, stock } = useDevice();
  const format = useFormat();
  const allow = useAllow();
  const badLine = useBadLine();
  const withLeave = async (subject: string, act: (approval: EntryId | null) => Written): Written => {
    const leave = await allow({ action: 'stock-move', subject });
    return leave.ok ? act(leave.value) : t('moves.form.noLeave');
  };
  const named = (approval: EntryId | null) => (approval ? { approval } : {});
  return {
    receive: async (lines, { supplier, reference }) => {
      const received = receivedOf(lines, format.parseMoney);
      if (!received.ok) return received;
      const from = supplier.trim() === '' ? {} : { supplier: supplier.trim() };
      return till.receive({ reference: reference.trim(), ...from, lines: received.value });
    },
    adjust: async (lines, { reason }) => {
      if (reason === '') return t('moves.form.needReason');
      const bad = badCount(lines, stock.onHand);
      if (bad) return badLine(bad, 'badCount');
      const body = adjustBody(lines, reason, stock.onHand);
      if (!body?.lines.length) return { ok: false, error: { code: 'no-difference' } };
      return withLeave(reason, (approval) => till.adjust({ ...body, ...named(approval) }));
    },
    waste: async (lines, { reason }) => {
      if (reason === '') return t('moves.form.needReason');
      const goods = goodsOf(lines);
      if (!goods.ok) return goods;
      const body = { reason, lines: goods.value as never };
      return withLeave(reason, (approval) => till.record('waste', { ...body, ...named(approval) }));
    },
    'transfer-out': async (lines, { branch }) => {
      if (branch === null) return t('moves.form.needBranch');
      const goods = goodsOf(lines);
      if (!goods.ok) return goods;
      const to = branch as BranchId;
      return withLeave(transfers.nameOf(to), (approval) => transfers.send(to, goods.value, approval));
    },
  };
}
