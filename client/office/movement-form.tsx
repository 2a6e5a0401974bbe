import { Button, Select, TextInput } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ProductId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { addToList, isAmount } from '../till/move-list.ts';
import { costOf, type GoodsLine } from './goods-lines.ts';
import { GoodsList } from './goods-list.tsx';
import type { MovementFormKind } from './movement-paths.ts';
import styles from './movements-screen.module.css';
import { useTyped } from './use-typed.ts';
import { type MovementHead, useWriteMovement } from './use-write-movement.ts';

interface MovementFormProps {
  readonly kind: MovementFormKind;
  /** Begins with this product on the list. */
  readonly product: string;
}

/** What is typed so far. */
interface Typed {
  readonly lines: readonly GoodsLine[];
  readonly head: MovementHead;
}

const EMPTY: Typed = { lines: [], head: { supplier: '', reference: '', reason: '', branch: null } };

/** A movement as it is written: what, how much, why, from whom or whereto. */
export function MovementForm({ kind, product }: MovementFormProps) {
  const { t } = useTranslation();
  const { stock, catalogue } = useDevice();
  const [, go] = useLocation();
  const say = useSay();
  const write = useWriteMovement(kind);
  useLive(stock.version);
  const first = (one: Product): GoodsLine => ({
    ...{ product: one, cost: '' },
    amount: kind === 'adjust' ? Math.max(0, stock.onHand(one.id)) : one.unitScale,
  });
  const {
    value: typed,
    set: setTyped,
    forget,
  } = useTyped<Typed>(`movement ${kind}`, (kept) => {
    const [begun, lines] = [catalogue.product(product as ProductId), kept?.lines ?? []];
    const isNew = begun && !lines.some((line) => line.product.id === begun.id);
    return { ...EMPTY, ...kept, lines: isNew ? [...lines, first(begun)] : lines };
  });
  const { lines, head } = typed;
  const setLines = (next: readonly GoodsLine[]) => setTyped({ lines: next, head });
  const [asked, setAsked] = useState(false);
  const empty = () => {
    forget(EMPTY);
    const undo = { label: t('manage.undo'), act: () => setTyped(typed) };
    say({ tone: 'info', text: t('moves.form.emptied'), action: undo });
  };
  const add = (one: Product) => {
    const isKnown = lines.some((line) => line.product.id === one.id);
    if (!isKnown) return setLines([...lines, first(one)]);
    setLines(addToList(lines, one) as readonly GoodsLine[]);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    const fault = await write(lines, head);
    if (fault !== null) return say({ tone: 'warning', text: fault });
    forget(EMPTY);
    say({ tone: 'info', text: t('moves.form.saved', { count: lines.length }) });
    go('/movements');
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate data-testid={`form-${kind}`}>
      <p className={styles.soft}>{t(`moves.form.${kind}.help`)}</p>
      <GoodsList kind={kind} lines={lines} onLines={setLines} add={add} />
      {kind === 'receive' && <CostTotal lines={lines} />}
      <div className={styles.foot}>
        <HeadFields kind={kind} head={head} onChange={(next) => setTyped({ lines, head: next })} asked={asked} />
        <Button type="submit" size="lg" disabled={lines.length === 0} data-testid="movement-save">
          {t(`moves.form.${kind}.save`)}
        </Button>
        {lines.length > 0 && (
          <Button
            variant="subtle"
            color="gray"
            size="lg"
            leftSection={<IconEraser size={20} aria-hidden="true" />}
            onClick={empty}
            data-testid="movement-empty"
          >
            {t('moves.form.empty')}
          </Button>
        )}
      </div>
    </form>
  );
}

interface HeadFieldsProps {
  readonly kind: MovementFormKind;
  readonly head: MovementHead;
  readonly onChange: (head: MovementHead) => void;
  /** Says what is missing only once it was asked for. */
  readonly asked: boolean;
}

function HeadFields({ kind, head, onChange, asked }: HeadFieldsProps) {
  const { t } = useTranslation();
  if (kind === 'transfer-out') return <BranchField head={head} onChange={onChange} asked={asked} />;
  if (kind === 'receive') return <SupplierFields head={head} onChange={onChange} />;
  return (
    <TextInput
      label={t('moves.form.reason')}
      value={head.reason}
      onChange={(event) => onChange({ ...head, reason: event.currentTarget.value })}
      maxLength={120}
      size="md"
      error={asked && head.reason.trim() === '' ? t('moves.form.needReason') : null}
      data-testid="movement-reason"
    />
  );
}

function SupplierFields({ head, onChange }: Pick<HeadFieldsProps, 'head' | 'onChange'>) {
  const { t } = useTranslation();
  const { movements } = useDevice();
  useLive(movements.version);
  const known = useId();
  return (
    <>
      <TextInput
        label={t('moves.form.supplier')}
        value={head.supplier}
        onChange={(event) => onChange({ ...head, supplier: event.currentTarget.value })}
        maxLength={80}
        size="md"
        list={known}
        data-testid="movement-supplier"
      />
      <datalist id={known}>
        {movements.suppliers().map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TextInput
        label={t('moves.form.reference')}
        value={head.reference}
        onChange={(event) => onChange({ ...head, reference: event.currentTarget.value })}
        maxLength={120}
        size="md"
        autoComplete="off"
        data-testid="movement-reference"
      />
    </>
  );
}

function BranchField({ head, onChange, asked }: Omit<HeadFieldsProps, 'kind'>) {
  const { t } = useTranslation();
  const { transfers, company } = useDevice();
  useLive(company.all);
  const branches = transfers.branches();
  if (branches.length === 0) return <p className={styles.soft}>{t('moves.form.noBranches')}</p>;
  return (
    <Select
      label={t('moves.form.branch')}
      data={branches.map(({ branch, name }) => ({ value: branch, label: name }))}
      value={head.branch}
      onChange={(branch) => onChange({ ...head, branch })}
      size="md"
      error={asked && head.branch === null ? t('moves.form.needBranch') : null}
      data-testid="movement-branch"
    />
  );
}

/** What the delivery costs together, as far as it is known. */
function CostTotal({ lines }: { lines: readonly GoodsLine[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const costs = lines.flatMap((line) => {
    const cost = costOf(line, format.parseMoney);
    if (typeof cost !== 'number' || !isAmount(line.amount, 1)) return [];
    return [Math.round((cost * line.amount) / line.product.unitScale)];
  });
  if (costs.length === 0 || costs.some((cost) => !Number.isSafeInteger(cost))) return null;
  const total = costs.reduce((sum, cost) => sum + cost, 0) as Money;
  return <p className={`${styles.total} num`}>{t('moves.form.total', { amount: format.money(total) })}</p>;
}
