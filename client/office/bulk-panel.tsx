import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { branchIdShape } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { parseDecimal } from '../ui/parse-number.ts';
import { parsePercent } from '../ui/percent.ts';
import { BULK_KINDS, type BulkKind, type BulkPlan, type BulkWish, planBulk } from './bulk-change.ts';
import { useTaxChoices } from './product-fields.tsx';
import styles from './settings-screen.module.css';
import { useBranches } from './use-branches.ts';
import { useChangeText } from './use-change-text.ts';
import { changesBack, writeChanges } from './write-changes.ts';

/** Changes shown before they are made. */
const SHOWN_MAX = 8;
/** What a new price may be rounded to, in minor units; 0 for not at all. */
const STEPS = [0, 5, 10, 50, 100, 500, 1_000];

interface BulkPanelProps {
  readonly products: readonly Product[];
  readonly mayEdit: boolean;
  readonly onDone: () => void;
}

/** One change for all products that are chosen: what it is, what it will do, and the way back. */
export function BulkPanel({ products, mayEdit, onDone }: BulkPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [kind, setKind] = useState<BulkKind>('percent');
  const [typed, setTyped] = useState('');
  const [roundTo, setRoundTo] = useState(0);
  const [branch, setBranch] = useState('');
  const branches = useBranches();
  const wish = useWish(kind, typed, roundTo, branch);
  const plan = wish === null ? null : planBulk(products, wish);
  const write = useWriteBulk(onDone);
  const choose = (next: BulkKind) => {
    setKind(next);
    setTyped(next === 'active' ? 'no' : '');
  };
  return (
    <Stack gap="sm" data-testid="bulk-panel">
      <p className={`${styles.soft} num`} role="status">
        {products.length === 0
          ? t('catalogue.bulk.choose')
          : t('catalogue.bulk.chosen', { count: products.length, formatted: format.count(products.length) })}
      </p>
      <NativeSelect
        label={t('catalogue.bulk.what')}
        data={BULK_KINDS.map((value) => ({ value, label: t(`catalogue.bulk.kinds.${value}`) }))}
        value={kind}
        onChange={(event) => choose(event.currentTarget.value as BulkKind)}
        data-testid="bulk-kind"
      />
      {isPriced(kind) && branches.length > 1 && (
        <NativeSelect
          label={t('catalogue.bulk.whose')}
          data={[
            { value: '', label: t('catalogue.bulk.everywhere') },
            ...branches.map(({ branch: value, name }) => ({ value, label: name })),
          ]}
          value={branch}
          onChange={(event) => setBranch(event.currentTarget.value)}
          data-testid="bulk-branch"
        />
      )}
      <BulkValue kind={kind} typed={typed} onChange={setTyped} bad={typed !== '' && wish === null} />
      {(kind === 'percent' || kind === 'amount') && (
        <NativeSelect
          label={t('catalogue.bulk.roundTo')}
          data={STEPS.map((step) => ({
            value: String(step),
            label: step === 0 ? t('catalogue.bulk.noRound') : format.money(money(step)),
          }))}
          value={String(roundTo)}
          onChange={(event) => setRoundTo(Number(event.currentTarget.value))}
        />
      )}
      {plan && products.length > 0 && <BulkPreview plan={plan} products={products} />}
      <Group>
        <Button
          disabled={!mayEdit || plan === null || plan.changes.length === 0}
          onClick={() => plan && void write(plan)}
          data-testid="bulk-save"
        >
          {t('catalogue.bulk.save', {
            count: plan?.changes.length ?? 0,
            formatted: format.count(plan?.changes.length ?? 0),
          })}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('catalogue.bulk.close')}
        </Button>
      </Group>
    </Stack>
  );
}

/** True for a change of prices, which may be those of one branch alone. */
function isPriced(kind: BulkKind): boolean {
  return kind === 'percent' || kind === 'amount' || kind === 'price';
}

/** The wish that was typed; null for none yet. */
function useWish(kind: BulkKind, typed: string, roundTo: number, branchText: string): BulkWish | null {
  const { language, parseMoney } = useFormat();
  if (kind === 'category') return typed.trim().length > 60 ? null : { kind, category: typed.trim() };
  if (kind === 'tax') return { kind, taxId: typed };
  if (kind === 'active') return { kind, active: typed === 'yes' };
  if (typed.trim() === '') return null;
  const branch = branchText === '' ? undefined : branchIdShape.parse(branchText);
  if (kind === 'percent') {
    const basisPoints = parsePercent(typed, language);
    return basisPoints === null ? null : { kind, basisPoints, roundTo, branch };
  }
  if (kind === 'reorder') {
    const level = parseDecimal(typed, 0, language);
    return level === null || level < 0 ? null : { kind, level };
  }
  const amount = parseMoney(typed);
  if (amount === null) return null;
  if (kind === 'amount') return { kind, amount, roundTo, branch };
  return amount < 0 ? null : { kind: 'price', price: amount, branch };
}

interface BulkValueProps {
  readonly kind: BulkKind;
  readonly typed: string;
  readonly onChange: (typed: string) => void;
  readonly bad: boolean;
}

function BulkValue({ kind, typed, onChange, bad }: BulkValueProps) {
  const { t } = useTranslation();
  const taxes = useTaxChoices('');
  const sold = [
    { value: 'no', label: t('catalogue.off') },
    { value: 'yes', label: t('catalogue.sold') },
  ];
  const label = t(`catalogue.bulk.kinds.${kind}`);
  if (kind === 'tax' || kind === 'active') {
    return (
      <NativeSelect
        label={label}
        data={kind === 'tax' ? [...taxes] : sold}
        value={typed}
        onChange={(event) => onChange(event.currentTarget.value)}
        data-testid="bulk-value"
      />
    );
  }
  const hint = kind === 'percent' ? 'catalogue.bulk.percentHint' : 'catalogue.bulk.amountHint';
  return (
    <TextInput
      label={label}
      description={kind === 'percent' || kind === 'amount' ? t(hint) : undefined}
      value={typed}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={bad ? t('catalogue.bulk.bad') : null}
      autoComplete="off"
      data-testid="bulk-value"
    />
  );
}

function BulkPreview({ plan, products }: { plan: BulkPlan; products: readonly Product[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const changeText = useChangeText();
  const byId = new Map(products.map((product) => [product.id, product]));
  return (
    <section aria-label={t('catalogue.bulk.preview')} data-testid="bulk-preview">
      <b>{t('catalogue.bulk.preview')}</b>
      {plan.changes.length === 0 && <p className={styles.soft}>{t('catalogue.bulk.nothing')}</p>}
      <ul>
        {plan.changes.slice(0, SHOWN_MAX).map((change) => (
          <li key={change.id}>
            <b>{byId.get(change.id)?.name ?? change.id}</b> {changeText(byId.get(change.id), change)}
          </li>
        ))}
      </ul>
      {plan.changes.length > SHOWN_MAX && (
        <p className={styles.soft}>
          {t('catalogue.import.badMore', { formatted: format.count(plan.changes.length - SHOWN_MAX) })}
        </p>
      )}
      {plan.beyond > 0 && <p>{t('catalogue.bulk.beyond', { formatted: format.count(plan.beyond) })}</p>}
    </section>
  );
}

function useWriteBulk(onDone: () => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const { masterData, catalogue } = useDevice();
  const say = useSay();
  const ignored = () => undefined;
  return async ({ changes }: BulkPlan) => {
    const back = changesBack(changes, catalogue.edited);
    const { done, fault } = await writeChanges(masterData, changes, ignored);
    const undo = async () => {
      await writeChanges(masterData, back.slice(0, done), ignored);
      say({ tone: 'info', text: t('catalogue.bulk.undone') });
    };
    if (fault !== null && fault !== 'stopped') say({ tone: 'warning', text: t(`manage.fault.${fault}`) });
    else {
      const text = t('catalogue.bulk.done', { count: done, formatted: format.count(done) });
      say({ tone: 'info', text, stays: true, action: { label: t('manage.undo'), act: () => void undo() } });
      onDone();
    }
  };
}
