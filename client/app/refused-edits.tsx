import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import type { OwnEdit } from '../device/device.ts';
import { useDocName } from '../office/use-doc-name.ts';
import { useRefusedText } from '../office/use-refused-text.ts';
import { useDevice } from './contexts.ts';
import { useSay } from './messages.tsx';
import styles from './sync-screen.module.css';
import { useWishText } from './use-wish-text.ts';

/** Wishes of this device that the server refused, with its reason. They are kept; a person makes them anew or says that they were seen. */
export function RefusedEdits({ edits }: { edits: readonly OwnEdit[] }) {
  const { t } = useTranslation();
  const { office } = useDevice();
  if (edits.length === 0) return null;
  const clearAll = async () => {
    for (const { editId } of edits) await office.dismissEdit(editId);
  };
  return (
    <section className={styles.finding} aria-label={t('sync.refusedEdits')}>
      <h3 className={styles.findingTitle}>{t('sync.refusedEdits')}</h3>
      {edits.map((edit) => (
        <RefusedEdit key={edit.editId} edit={edit} />
      ))}
      {edits.length > 1 && (
        <div className={styles.buttons}>
          <Button variant="default" onClick={() => void clearAll()} data-testid="clear-refused">
            {t('state.clearRefused')}
          </Button>
        </div>
      )}
    </section>
  );
}

function RefusedEdit({ edit }: { edit: OwnEdit }) {
  const { t } = useTranslation();
  const { catalogue, masterData, office } = useDevice();
  const say = useSay();
  const wishText = useWishText();
  const refusedText = useRefusedText();
  const docName = useDocName();
  /** The same wish once more, on the product as it is now; the refused one is seen then. */
  const again = async () => {
    const id = edit.docId as ProductId;
    const change = { id, patch: edit.patch, make: catalogue.product(id) === undefined };
    const answer =
      edit.collection === 'company'
        ? await masterData.editCompany(edit.docId, edit.patch)
        : await masterData.editProducts([change]);
    if (answer.ok) await office.dismissEdit(edit.editId);
    else say({ tone: 'warning', text: t('state.editAgainFailed') });
  };
  return (
    <div className={styles.stack} data-testid="refused-edit">
      <p>
        {t('sync.refusedEdit', {
          product: docName.name(edit),
          reason: refusedText(edit.verdict?.reason ?? ''),
        })}{' '}
        <span className={styles.about}>{wishText(edit)}</span>
      </p>
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => void again()}>
          {t('state.editAgain')}
        </Button>
        <Button variant="default" onClick={() => void office.dismissEdit(edit.editId)}>
          {t('sync.done')}
        </Button>
      </div>
    </div>
  );
}
