import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import type { OwnEdit } from '../device/device.ts';
import styles from './edit-list.module.css';
import { EditStateMark } from './edit-state-mark.tsx';
import { isOpenConflict } from './open-edits.ts';
import { useDocName } from './use-doc-name.ts';
import { editState } from './use-edit-states.ts';
import { useFieldText } from './use-field-text.ts';
import { useRefusedText } from './use-refused-text.ts';

/** Older edits are history. */
const EDITS_SHOWN_MAX = 20;
const NOW_REFRESH_MS = 60_000;

/** This device's newest edits, of one product or of all, each with what became of it. */
export function EditList({ product }: { product?: string }) {
  const { t } = useTranslation();
  const edits = useLive(useDevice().office.edits);
  const shown = edits
    .filter((edit) => product === undefined || (edit.collection === 'products' && edit.docId === product))
    .slice(0, EDITS_SHOWN_MAX);
  return (
    <section className={styles.root}>
      <h3 className={styles.title}>{t('office.products.latest')}</h3>
      {shown.length === 0 && <p className={styles.none}>{t('office.products.noEdits')}</p>}
      <ul className={styles.list}>
        {shown.map((edit) => (
          <EditRow key={edit.editId} edit={edit} named={product === undefined} />
        ))}
      </ul>
    </section>
  );
}

function EditRow({ edit, named }: { edit: OwnEdit; named: boolean }) {
  const { t } = useTranslation();
  const docName = useDocName();
  const format = useFormat();
  const now = useNow(NOW_REFRESH_MS);
  const fieldText = useFieldText();
  const refusedText = useRefusedText();
  const fields = Object.entries(edit.patch).map(([field, value]) => fieldText.pair(field, value));
  return (
    <li className={styles.edit}>
      <span className={styles.what}>
        {named && <b>{docName.name(edit)}: </b>}
        {fields.join(', ')}
      </span>
      <span className={`${styles.when} num`}>{format.moment(edit.at, now)}</span>
      <EditStateMark state={editState(edit)} />
      {isOpenConflict(edit) &&
        edit.verdict?.conflicts?.map((conflict) => (
          <p key={conflict.field} className={styles.reason}>
            {fieldText.conflict(conflict)} <Link href="/conflicts">{t('office.conflicts.open')}</Link>
          </p>
        ))}
      {edit.verdict?.reason && <p className={styles.reason}>{refusedText(edit.verdict.reason)}</p>}
    </li>
  );
}
