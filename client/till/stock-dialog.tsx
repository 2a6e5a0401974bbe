import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { StockExplanation } from './stock-explanation.tsx';

/** Why a product's stock is what it is. */
export function StockDialog({ product, onClose }: { product: ProductId | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const name = product === null ? '' : (catalogue.product(product)?.name ?? product);
  return (
    <Modal
      opened={product !== null}
      onClose={onClose}
      size="xl"
      title={t('goods.explain.title', { name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {product !== null && <StockExplanation product={product} />}
    </Modal>
  );
}
