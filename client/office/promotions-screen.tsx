import { Button, UnstyledButton } from '@mantine/core';
import { IconDiscount, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromotionDoc } from '../../schema/company.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { contentKey } from './content-key.ts';
import { EditStateMark } from './edit-state-mark.tsx';
import list from './list-screen.module.css';
import { PromotionEditor } from './promotion-editor.tsx';
import { partOf } from './promotion-form.ts';
import { promotionSentence } from './promotion-sentence.ts';
import { fromTemplate, TEMPLATES, type Template } from './promotion-templates.ts';
import styles from './promotions-screen.module.css';
import { SideOrDrawer } from './side-or-drawer.tsx';
import { useMayEdit } from './use-edit-company.ts';
import { useEditStates } from './use-edit-states.ts';
import { usePromotionWords } from './use-promotion-words.ts';
import { useToday } from './use-today.ts';

const PARTS = ['now', 'later', 'over'] as const;

/** What is given off, now, later and formerly; tills compute it by themselves. */
export default function PromotionsScreen() {
  const { t } = useTranslation();
  const { company } = useDevice();
  const today = useToday();
  const all = useLive(company.all).filter((doc): doc is PromotionDoc => doc.kind === 'promotion');
  const [chosen, setChosen] = useState<string | null>(null);
  const mayEdit = useMayEdit();
  const promotion = all.find(({ id }) => id === chosen);
  const template = TEMPLATES.find((one) => one === chosen);
  const start = promotion ?? (template && fromTemplate(template, today));
  return (
    <div className={list.root}>
      <header className={list.head}>
        <h1 className={list.title}>{t('manage.promotions.title')}</h1>
      </header>
      <div>{mayEdit ? <Templates onChoose={setChosen} /> : t('manage.managersOnly')}</div>
      <div className={list.split}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
        <section className={styles.sections} aria-label={t('manage.promotions.title')} tabIndex={0}>
          {all.length === 0 && (
            <EmptyState
              icon={<IconDiscount size={40} />}
              title={t('manage.promotions.none')}
              help={t('manage.promotions.noneHelp')}
            />
          )}
          {PARTS.map((part) => (
            <PromotionPart
              key={part}
              title={t(`manage.promotions.part.${part}`)}
              promotions={all.filter((one) => partOf(one, today) === part)}
              chosen={chosen}
              onChoose={setChosen}
            />
          ))}
        </section>
        <SideOrDrawer
          title={promotion?.name ?? (template ? t(`manage.promotions.template.${template}`) : '')}
          opened={start !== undefined}
          onClose={() => setChosen(null)}
          empty={<EmptyState icon={<IconDiscount size={40} />} title={t('manage.promotions.choose')} />}
        >
          {start && (
            <PromotionEditor
              key={promotion ? contentKey(promotion) : template}
              promotion={promotion}
              start={start}
              mayEdit={mayEdit}
              onMade={setChosen}
            />
          )}
        </SideOrDrawer>
      </div>
    </div>
  );
}

function Templates({ onChoose }: { onChoose: (template: Template) => void }) {
  const { t } = useTranslation();
  return (
    <section className={styles.templates} aria-label={t('manage.promotions.add')}>
      {TEMPLATES.map((template) => (
        <Button
          key={template}
          variant="default"
          size="md"
          leftSection={<IconPlus size={18} aria-hidden="true" />}
          onClick={() => onChoose(template)}
          data-testid={`promotion-new-${template}`}
        >
          {t(`manage.promotions.template.${template}`)}
        </Button>
      ))}
    </section>
  );
}

interface PromotionPartProps {
  readonly title: string;
  readonly promotions: readonly PromotionDoc[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

function PromotionPart({ title, promotions, chosen, onChoose }: PromotionPartProps) {
  const words = usePromotionWords();
  const states = useEditStates('company');
  if (promotions.length === 0) return null;
  return (
    <Panel title={title} flush>
      <ul className={styles.list}>
        {promotions.map((promotion) => {
          const state = states.get(promotion.id);
          return (
            <li key={promotion.id}>
              <UnstyledButton
                className={styles.row}
                aria-current={promotion.id === chosen}
                onClick={() => onChoose(promotion.id)}
                data-testid="promotion-row"
              >
                <b>
                  {promotion.name} {state && <EditStateMark state={state} brief />}
                </b>
                <span className={styles.soft}>{promotionSentence(promotion, words)}</span>
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
