import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import type { OwnEdit } from '../device/device.ts';
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
  const { catalogue, office } = useDevice();
  const say = useSay();
  const wishText = useWishText();
  const id = edit.docId as ProductId;
  /** The same wish once more, on the product as it is now; the refused one is seen then. */
  const again = async () => {
    const answer = await office.editProduct(id, edit.patch);
    if (answer.ok) await office.dismissEdit(edit.editId);
    else say({ tone: 'warning', text: t('state.editAgainFailed') });
  };
  return (
    <div className={styles.stack} data-testid="refused-edit">
      <p>
        {t('sync.refusedEdit', {
          product: catalogue.product(id)?.name ?? edit.docId,
          reason: edit.verdict?.reason ?? '',
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
