import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Money } from '../../schema/money.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useAllow } from '../app/use-allow.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import type { Movement } from '../device/movements.ts';
import { type Fact, Facts } from '../ui/facts.tsx';
import table from '../ui/table.module.css';
import { FiguresTable } from './figures-table.tsx';
import styles from './movements-screen.module.css';
import { useMoveFaultText } from './use-move-fault-text.ts';

/** Lines shown of a movement; a shop's opening stock has hundreds. */
const LINES_SHOWN = 50;

/** Who wrote a movement, when, where and why, and what it moved; with the way to take it back. */
export function MovementDetail({ movement }: { movement: Movement }) {
  return (
    <div className={styles.detail} data-testid="movement-detail">
      <Facts facts={useFacts(movement)} />
      <Lines movement={movement} />
      <Undo movement={movement} />
    </div>
  );
}

function useFacts({ person, at, till, safety, entry }: Movement): readonly Fact[] {
  const { t } = useTranslation();
  const { company, transfers } = useDevice();
  const format = useFormat();
  const who = useLive(company.people).find((doc) => doc.person === person)?.name ?? person;
  const facts: (Fact | null)[] = [
    { label: t('moves.detail.who'), value: who },
    { label: t('moves.detail.when'), value: format.dateTime(at) },
    { label: t('moves.detail.device'), value: till ?? t('shell.unknownTill') },
    { label: t('moves.detail.where'), value: t(safety === 'server' ? 'moves.detail.server' : 'moves.detail.here') },
  ];
  const say = (label: 'supplier' | 'reference' | 'reason' | 'branch', value: string | undefined) =>
    facts.push(value ? { label: t(`moves.detail.${label}`), value } : null);
  if (entry.kind === 'receive') {
    say('supplier', entry.body.supplier);
    say('reference', entry.body.reference);
  }
  if (entry.kind === 'adjust' || entry.kind === 'waste') say('reason', entry.body.reason);
  if (entry.kind === 'transfer-out') say('branch', transfers.nameOf(entry.body.toBranch));
  if (entry.kind === 'transfer-in') say('branch', transfers.nameOf(entry.body.fromBranch));
  return facts.filter((fact) => fact !== null);
}

function Lines({ movement: { lines, kind } }: { movement: Movement }) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const format = useFormat();
  const hasCost = lines.some(({ unitCost }) => unitCost !== undefined);
  const more = lines.length - LINES_SHOWN;
  return (
    <>
      <FiguresTable
        label={t('moves.detail.product')}
        name={t('moves.detail.product')}
        figures={[t('moves.detail.units'), ...(hasCost ? [t('moves.detail.cost')] : [])]}
      >
        {lines.slice(0, LINES_SHOWN).map(({ productId, units, unitCost }) => {
          const { name = productId, unitScale = 1 } = catalogue.product(productId) ?? {};
          const sign = units > 0 && kind !== 'count' ? '+' : '';
          return (
            <tr key={productId} data-testid="movement-line">
              <th scope="row">{name}</th>
              <td className={table.number}>{`${sign}${format.quantity(units, unitScale)}`}</td>
              {hasCost && (
                <td className={table.number}>{unitCost === undefined ? '' : format.money(unitCost as Money)}</td>
              )}
            </tr>
          );
        })}
      </FiguresTable>
      {more > 0 && <p className={styles.soft}>{t('moves.detail.more', { count: more })}</p>}
    </>
  );
}

function Undo({ movement }: { movement: Movement }) {
  const { t } = useTranslation();
  const { movements } = useDevice();
  const allow = useAllow();
  const say = useSay();
  const format = useFormat();
  const faultText = useMoveFaultText();
  if (movement.undoneBy) return <p className={styles.soft}>{t('moves.detail.undone')}</p>;
  if (!movement.canUndo) return null;
  const undo = async () => {
    const what = { what: t(`sync.kind.${movement.kind}`), date: format.dateTime(movement.at) };
    const reason = t('moves.detail.undoWhy', what).slice(0, REASON_LENGTH_MAX);
    const leave = await allow({ action: 'stock-move', subject: reason });
    if (!leave.ok) return say({ tone: 'warning', text: t('moves.form.noLeave') });
    const done = await movements.undo(movement.id, reason, leave.value);
    say(done.ok ? { tone: 'info', text: t('moves.detail.undone') } : { tone: 'warning', text: faultText(done.error) });
  };
  return (
    <Button
      variant="default"
      leftSection={<IconArrowBackUp size={18} aria-hidden="true" />}
      onClick={() => void undo()}
      data-testid="movement-undo"
    >
      {t('moves.detail.undo')}
    </Button>
  );
}

/** As an adjustment's reason may be. */
const REASON_LENGTH_MAX = 200;
