import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import type { OwnEdit } from '../device/device.ts';
import { useDevice } from './contexts.ts';
import styles from './sync-screen.module.css';

/** Wishes of this device that the server refused, with its reason. They are kept; a person says that they were seen. */
export function RefusedEdits({ edits }: { edits: readonly OwnEdit[] }) {
  const { t } = useTranslation();
  const { catalogue, office } = useDevice();
  if (edits.length === 0) return null;
  return (
    <section className={styles.finding} aria-label={t('sync.refusedEdits')}>
      <h3 className={styles.findingTitle}>{t('sync.refusedEdits')}</h3>
      {edits.map((edit) => (
        <div key={edit.editId} className={styles.stack} data-testid="refused-edit">
          <p>
            {t('sync.refusedEdit', {
              product: catalogue.product(edit.docId as ProductId)?.name ?? edit.docId,
              reason: edit.verdict?.reason ?? '',
            })}
          </p>
          <div className={styles.buttons}>
            <Button variant="default" onClick={() => void office.dismissEdit(edit.editId)}>
              {t('sync.done')}
            </Button>
          </div>
        </div>
      ))}
    </section>
  );
}
