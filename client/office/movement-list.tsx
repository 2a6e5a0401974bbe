import { Loader, Select, UnstyledButton } from '@mantine/core';
import { IconTruckDelivery } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { EntryId, ProductId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { Movement } from '../device/movements.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { SafetyMark } from '../ui/safety-mark.tsx';
import { MovementDetail } from './movement-detail.tsx';
import styles from './movements-screen.module.css';
import { ProductFilter } from './product-filter.tsx';
import { SideOrDrawer } from './side-or-drawer.tsx';

type MovementKind = Movement['kind'];

const KINDS: readonly MovementKind[] = ['receive', 'adjust', 'waste', 'transfer-out', 'transfer-in', 'count'];
/** Rows of the list; with a kind or product chosen the same number goes further back. */
const ROWS_MAX = 200;

/** What was written lately by all devices of the branch, with its kind, product, person and device. */
export function MovementList({ product }: { product: ProductId | undefined }) {
  const { t } = useTranslation();
  const { movements } = useDevice();
  const [, go] = useLocation();
  const [kind, setKind] = useState<MovementKind | null>(null);
  const [chosen, setChosen] = useState<EntryId | null>(null);
  const version = useLive(movements.version);
  const filter = { kind: kind ?? undefined, product };
  const rows = useLoaded(() => movements.list(filter, ROWS_MAX), `${version} ${kind} ${product}`);
  const shown = rows?.find(({ id }) => id === chosen);
  return (
    <section aria-label={t('moves.list.title')} className={styles.recent}>
      <div className={styles.filters}>
        <Select
          label={t('moves.list.kind')}
          placeholder={t('moves.list.all')}
          data={KINDS.map((value) => ({ value, label: t(`sync.kind.${value}`) }))}
          value={kind}
          onChange={(next) => setKind(KINDS.find((one) => one === next) ?? null)}
          clearable
          data-testid="filter-kind"
        />
        <ProductFilter chosen={product} onChoose={(next) => go(next ? `/movements/of/${next}` : '/movements')} />
      </div>
      <div className={styles.split}>
        <Rows rows={rows} chosen={chosen} onChoose={setChosen} />
        <SideOrDrawer
          title={shown ? t(`sync.kind.${shown.kind}`) : ''}
          opened={shown !== undefined}
          onClose={() => setChosen(null)}
          empty={<EmptyState icon={<IconTruckDelivery size={40} />} title={t('moves.list.choose')} />}
        >
          {shown && <MovementDetail movement={shown} />}
        </SideOrDrawer>
      </div>
    </section>
  );
}

/** What was lost on its way moved no stock: it had left already. */
function settlesTransfer({ entry, undoes }: Movement): boolean {
  return (
    (entry.kind === 'waste' || entry.kind === 'adjust') && entry.body.transfer !== undefined && undoes === undefined
  );
}

interface RowsProps {
  readonly rows: readonly Movement[] | undefined;
  readonly chosen: EntryId | null;
  readonly onChoose: (id: EntryId) => void;
}

function Rows({ rows, chosen, onChoose }: RowsProps) {
  const { t } = useTranslation();
  if (rows === undefined)
    return (
      <p className={styles.soft}>
        <Loader size="sm" /> {t('moves.reading')}
      </p>
    );
  if (rows.length === 0)
    return (
      <EmptyState icon={<IconTruckDelivery size={40} />} title={t('moves.list.none')} help={t('moves.list.noneHelp')} />
    );
  return (
    <div className={styles.card}>
      <ul className={styles.rows} aria-label={t('moves.list.title')}>
        {rows.map((movement) => (
          <li key={movement.id}>
            <Row movement={movement} isChosen={movement.id === chosen} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      {rows.length === ROWS_MAX && <p className={styles.soft}>{t('moves.list.newest', { count: ROWS_MAX })}</p>}
    </div>
  );
}

function Row(props: { movement: Movement; isChosen: boolean; onChoose: (id: EntryId) => void }) {
  const { t } = useTranslation();
  const { catalogue, company } = useDevice();
  const format = useFormat();
  const { movement, isChosen, onChoose } = props;
  const { lines, person, till, at, kind } = movement;
  const [first] = lines;
  const product = first && catalogue.product(first.productId);
  const who = useLive(company.people).find((doc) => doc.person === person)?.name ?? person;
  const sign = first && first.units > 0 && kind !== 'count' ? '+' : '';
  return (
    <UnstyledButton
      className={styles.movement}
      aria-current={isChosen}
      onClick={() => onChoose(movement.id)}
      data-testid="movement-row"
      data-kind={kind}
    >
      <span className={styles.what}>
        {t(`sync.kind.${kind}`)}
        {movement.undoneBy && <span className={styles.mark}>{t('moves.list.undone')}</span>}
        {movement.undoes && <span className={styles.mark}>{t('moves.list.undoes')}</span>}
        {settlesTransfer(movement) && <span className={styles.mark}>{t('moves.list.settles')}</span>}
        <span className={styles.soft}>
          {format.dateTime(at)} · {who} · {till ?? t('shell.unknownTill')}
        </span>
      </span>
      <span className={`${styles.amounts} num`}>
        {lines.length > 1 || !first
          ? t('moves.way.lines', { count: lines.length })
          : `${product?.name ?? first.productId} ${sign}${format.quantity(first.units, product?.unitScale ?? 1)}`}
        {movement.safety === 'device' && <SafetyMark safety="device" text={t('moves.detail.here')} />}
      </span>
    </UnstyledButton>
  );
}
