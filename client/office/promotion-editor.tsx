import { Button, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromotionDoc } from '../../schema/company.ts';
import type { PromotionFields } from '../../schema/promotion-form.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { changedFields } from './changed-fields.ts';
import { type PromotionFault, type PromotionForm, promotionForm, readPromotionForm } from './promotion-form.ts';
import { PromotionRuleFields } from './promotion-rule-fields.tsx';
import { promotionSentence } from './promotion-sentence.ts';
import { PromotionTimeFields } from './promotion-time-fields.tsx';
import styles from './promotions-screen.module.css';
import { useEditCompany } from './use-edit-company.ts';
import { usePromotionWords } from './use-promotion-words.ts';

interface PromotionEditorProps {
  /** Undefined for one that is to be made. */
  readonly promotion: PromotionDoc | undefined;
  /** What the form begins with. */
  readonly start: Omit<PromotionFields, 'active'>;
  readonly mayEdit: boolean;
  readonly onMade: (docId: string) => void;
}

/** One promotion: what it gives, on what, for whom, when; and the sentence that says it to customers. */
export function PromotionEditor({ promotion, start, mayEdit, onMade }: PromotionEditorProps) {
  const { t } = useTranslation();
  const words = usePromotionWords();
  const [form, setForm] = useState(() => promotionForm(start, words));
  const [bad, setBad] = useState<PromotionFault | null>(null);
  const save = useSavePromotion(promotion, onMade);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = readPromotionForm(form, words);
    setBad('bad' in said ? said.bad : null);
    if (!('bad' in said)) void save(said);
  };
  const change = (part: Partial<PromotionForm>) => setForm({ ...form, ...part });
  const fields = { form, change, bad, disabled: !mayEdit };
  const read = readPromotionForm(form, words);
  return (
    <form onSubmit={submit} noValidate data-testid="promotion-editor">
      <Stack gap="md">
        <TextInput
          label={t('manage.promotions.name')}
          value={form.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={bad === 'name' ? t('manage.promotions.bad.name') : null}
          disabled={!mayEdit}
          autoComplete="off"
          data-testid="promotion-name"
        />
        <PromotionRuleFields {...fields} />
        <PromotionTimeFields {...fields} />
        <div className={styles.preview} role="status" data-testid="promotion-preview">
          <b>{t('manage.promotions.preview')}</b>
          <span>
            {'bad' in read ? t(`manage.promotions.bad.${read.bad}`, { max: '' }) : promotionSentence(read, words)}
          </span>
        </div>
        <Button type="submit" size="md" disabled={!mayEdit} data-testid="promotion-save">
          {t('manage.save')}
        </Button>
        {promotion && <EndPromotion promotion={promotion} mayEdit={mayEdit} />}
      </Stack>
    </form>
  );
}

function useSavePromotion(promotion: PromotionDoc | undefined, onMade: (docId: string) => void) {
  const { t } = useTranslation();
  const { masterData } = useDevice();
  const edit = useEditCompany();
  const say = useSay();
  return async (said: Omit<PromotionFields, 'active'>) => {
    const { name, from, to, weekdays, hours, group, rule } = said;
    const fields = { name, from, to, weekdays, hours, group, rule };
    const patch = changedFields(promotion, promotion ? fields : { ...fields, active: true });
    if (Object.keys(patch).length === 0) return say({ tone: 'info', text: t('office.products.unchanged') });
    const docId = promotion?.id ?? `promotion:${masterData.newId()}`;
    const text = promotion ? t('manage.saved') : t('manage.promotions.made', { name });
    if ((await edit(docId, patch, text)) && !promotion) onMade(docId);
  };
}

function EndPromotion({ promotion, mayEdit }: { promotion: PromotionDoc; mayEdit: boolean }) {
  const { t } = useTranslation();
  const edit = useEditCompany();
  const { id, name, active } = promotion;
  const said = active ? t('manage.promotions.ended', { name }) : t('manage.saved');
  return (
    <Button
      variant="default"
      size="md"
      disabled={!mayEdit}
      title={active ? t('manage.promotions.endHelp') : undefined}
      onClick={() => void edit(id, { active: !active }, said)}
      data-testid="promotion-end"
    >
      {active ? t('manage.promotions.end') : t('manage.promotions.restart')}
    </Button>
  );
}
