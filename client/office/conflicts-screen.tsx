import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { RefusedEdits } from '../app/refused-edits.tsx';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import type { OwnEdit } from '../device/device.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { ConflictCard } from './conflict-card.tsx';
import styles from './conflicts-screen.module.css';
import { isOpenConflict, isOpenRefusal } from './open-edits.ts';
import { useDocName } from './use-doc-name.ts';
import { useFieldText } from './use-field-text.ts';

/** Older decisions are history. */
const DECIDED_SHOWN_MAX = 20;
const NOW_REFRESH_MS = 60_000;

/** Where two people changed the same field: base, mine and theirs wait here until a person decides. */
export default function ConflictsScreen() {
  const { t } = useTranslation();
  const edits = useLive(useDevice().office.edits);
  const open = edits.filter(isOpenConflict);
  const refused = edits.filter(isOpenRefusal);
  const decided = edits.filter((edit) => edit.decided && edit.verdict?.conflicts).slice(0, DECIDED_SHOWN_MAX);
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('office.conflicts.title')}</h1>
      {open.length === 0 && refused.length === 0 && (
        <EmptyState
          icon={<IconArrowsSplit2 size={40} />}
          title={t('office.conflicts.none')}
          help={t('office.conflicts.noneHelp')}
        />
      )}
      {open.map((edit) => (
        <ConflictCard key={edit.editId} edit={edit} />
      ))}
      <RefusedEdits edits={refused} />
      {decided.length > 0 && (
        <Panel title={t('office.conflicts.decided')} flush>
          <ul className={styles.list}>
            {decided.map((edit) => (
              <DecidedRow key={edit.editId} edit={edit} />
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

function DecidedRow({ edit }: { edit: OwnEdit }) {
  const { t } = useTranslation();
  const docName = useDocName();
  const format = useFormat();
  const now = useNow(NOW_REFRESH_MS);
  const fieldText = useFieldText();
  const choices = edit.verdict?.conflicts?.map(({ field, mine, theirs }) => {
    const choice = edit.decided?.fields[field] ?? 'theirs';
    const value = fieldText.value(field, choice === 'mine' ? mine : theirs);
    return `${fieldText.name(field)}: ${t(`office.conflicts.kept_${choice}`)} (${value})`;
  });
  return (
    <li className={styles.decided} data-testid="decided">
      <span>
        <b>{docName.name(edit)}</b> {choices?.join('; ')}
      </span>
      <span className={`${styles.soft} num`}>{format.moment(edit.decided?.at ?? edit.at, now)}</span>
    </li>
  );
}
