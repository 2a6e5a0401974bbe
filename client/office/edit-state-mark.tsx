import { IconAlertTriangle, IconArrowMerge, IconBan, IconCheck, IconClock, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './edit-list.module.css';
import type { EditState } from './use-edit-states.ts';

const ICONS: Readonly<Record<EditState, TablerIcon>> = {
  pending: IconClock,
  accepted: IconCheck,
  merged: IconArrowMerge,
  conflict: IconAlertTriangle,
  refused: IconBan,
};

/** Where an edit stands, as icon and words; `brief` keeps the words for screen readers. */
export function EditStateMark({ state, brief }: { state: EditState; brief?: boolean }) {
  const { t } = useTranslation();
  const Icon = ICONS[state];
  return (
    <span className={styles[state]} data-testid="edit-state" data-state={state}>
      <Icon size={18} aria-hidden="true" />
      <span className={brief ? 'visually-hidden' : ''}>{t(`office.products.state_${state}`)}</span>
    </span>
  );
}
