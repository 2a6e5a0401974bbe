import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { ProductId } from '../../schema/ids.ts';
import { MovementForm } from './movement-form.tsx';
import { MovementList } from './movement-list.tsx';
import { MOVEMENT_FORMS, movementPath, readMovementPath } from './movement-paths.ts';
import styles from './movements-screen.module.css';
import { TransferReceive } from './transfer-receive.tsx';
import { TransfersPanel } from './transfers-panel.tsx';

/** What moves stock without a sale: its forms, what is on its way between branches, and what was written lately. */
export default function MovementsScreen() {
  const { t } = useTranslation();
  const [path] = useLocation();
  const { form, id } = readMovementPath(path);
  if (form === null) return <Overview product={id} />;
  return (
    <div className={styles.root}>
      <header className={styles.head}>
        <h1 className={styles.title}>
          {form === 'transfer-in' ? t('moves.way.enter') : t(`moves.form.${form}.title`)}
        </h1>
        <Button
          component={Link}
          href="/movements"
          variant="subtle"
          leftSection={<IconArrowLeft size={18} aria-hidden="true" />}
        >
          {t('moves.back')}
        </Button>
      </header>
      {form === 'transfer-in' ? (
        <TransferReceive key={id} transferId={id} />
      ) : (
        <MovementForm key={path} kind={form} product={id} />
      )}
    </div>
  );
}

function Overview({ product }: { product: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.root}>
      <header className={styles.head}>
        <div>
          <h1 className={styles.title}>{t('moves.title')}</h1>
          <p className={styles.soft}>{t('moves.lead')}</p>
        </div>
        <nav className={styles.starts} aria-label={t('moves.title')}>
          {MOVEMENT_FORMS.map((kind) => (
            <Button
              key={kind}
              component={Link}
              href={movementPath(kind)}
              variant={kind === 'receive' ? 'filled' : 'default'}
              data-testid={`start-${kind}`}
            >
              {t(`moves.start.${kind}`)}
            </Button>
          ))}
        </nav>
      </header>
      <TransfersPanel />
      <MovementList key={product} product={product === '' ? undefined : (product as ProductId)} />
    </div>
  );
}
