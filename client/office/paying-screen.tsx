import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CashRounding } from '../../schema/cash-rounding.ts';
import { money, roundingShape, ZERO } from '../../schema/money.ts';
import type { PaymentSettings } from '../../schema/protocol/payment-settings.ts';
import { readStaticQris } from '../../schema/qris.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { Panel } from '../ui/panel.tsx';
import { changedFields } from './changed-fields.ts';
import { contentKey } from './content-key.ts';
import styles from './paying-screen.module.css';
import { useEditCompany, useMayEdit } from './use-edit-company.ts';

/** What cash may be rounded to, in minor units; 0 for not at all. */
const STEPS = [0, 50, 100, 500, 1_000];

/** How the branch is paid: its QRIS, and the rounding of cash. */
export default function PayingScreen() {
  const { t } = useTranslation();
  const { company } = useDevice();
  const branch = useLive(company.branch);
  const settings = useLive(company.settings);
  const mayEdit = useMayEdit();
  // Kept here: the form begins anew with what comes back from the server.
  const { said, save } = useSave();
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('pay.settings.title')}</h1>
      <Panel title={t('pay.settings.title')}>
        {branch && settings && (
          <PayingForm
            key={contentKey(branch, ['qris']) + contentKey(settings, ['cashRounding'])}
            qris={branch.qris ?? ''}
            rounding={settings.cashRounding}
            mayEdit={mayEdit}
            onSave={save}
          />
        )}
        <p role="status" className={styles.soft} data-testid="paying-said">
          {said}
        </p>
      </Panel>
    </div>
  );
}

interface PayingFormProps {
  readonly qris: string;
  readonly rounding: CashRounding | undefined;
  readonly mayEdit: boolean;
  readonly onSave: (wish: PaymentSettings) => Promise<void>;
}

function PayingForm({ onSave, ...props }: PayingFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [qris, setQris] = useState(props.qris);
  const [to, setTo] = useState<number>(props.rounding?.to ?? 0);
  const [rule, setRule] = useState<string>(props.rounding?.rule ?? 'half-up');
  const text = qris.trim();
  const read = readStaticQris(text);
  const fault = text !== '' && !read.ok ? t(`pay.qrisFault.${read.error}`) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const cashRounding = to === 0 ? null : { to: money(to), rule: roundingShape.parse(rule) };
    if (fault === null) void onSave({ qris: text === '' ? null : text, cashRounding });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Textarea
        label={t('pay.settings.qris')}
        description={t('pay.settings.qrisHelp')}
        value={qris}
        onChange={(event) => setQris(event.currentTarget.value)}
        error={fault}
        autosize
        minRows={3}
        spellCheck={false}
        data-testid="qris-text"
      />
      {read.ok && (
        <p className={styles.soft} data-testid="qris-of">
          {t('pay.settings.qrisOf', { merchant: read.value.merchant, city: read.value.city })}
        </p>
      )}
      <h3 className={styles.label}>{t('pay.settings.rounding')}</h3>
      <SegmentedControl
        value={String(to)}
        onChange={(value) => setTo(Number(value))}
        data={STEPS.map((step) => ({
          value: String(step),
          label: step === 0 ? t('pay.settings.noRounding') : format.money(money(step)),
        }))}
        aria-label={t('pay.settings.rounding')}
      />
      {to > ZERO && (
        <SegmentedControl
          value={rule}
          onChange={setRule}
          data={(['half-up', 'down', 'up'] as const).map((one) => ({
            value: one,
            label: t(`pay.settings.rules.${one}`),
          }))}
          aria-label={t('pay.settings.rule')}
        />
      )}
      <Button type="submit" size="md" disabled={fault !== null || !props.mayEdit} data-testid="save-paying">
        {t('pay.settings.save')}
      </Button>
    </form>
  );
}

/** Two edits: the code is the branch's, the rounding the company's. */
function useSave() {
  const { t } = useTranslation();
  const { company } = useDevice();
  const edit = useEditCompany();
  const [said, setSaid] = useState('');
  const save = async ({ qris, cashRounding }: PaymentSettings) => {
    const wishes = [
      [company.branch.get(), { qris: qris ?? undefined }],
      [company.settings.get(), { cashRounding: cashRounding ?? undefined }],
    ] as const;
    for (const [doc, fields] of wishes) {
      const patch = changedFields(doc, fields);
      if (doc && Object.keys(patch).length > 0 && !(await edit(doc.id, patch))) return;
    }
    setSaid(t('pay.settings.saved'));
  };
  return { said, save };
}
