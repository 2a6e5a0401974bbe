import { Button, Modal, Stack } from '@mantine/core';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import type { Favourites } from './favourites.ts';
import { StockExplanation } from './stock-explanation.tsx';

interface StockDialogProps {
  readonly product: ProductId | null;
  readonly favourites: Favourites;
  readonly onClose: () => void;
}

/** Why a product's stock is what it is, and whether it is one of this till's favourites. */
export const StockDialog = memo(function StockDialog({ product, favourites, onClose }: StockDialogProps) {
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
      {product !== null && (
        <Stack>
          <Star product={product} favourites={favourites} />
          <StockExplanation product={product} />
        </Stack>
      )}
    </Modal>
  );
});

function Star({ product, favourites }: { product: ProductId; favourites: Favourites }) {
  const { t } = useTranslation();
  const marked = useLive(favourites.products).includes(product);
  const Icon = marked ? IconStarFilled : IconStar;
  return (
    <Button
      variant="default"
      aria-pressed={marked}
      leftSection={<Icon size={20} aria-hidden="true" />}
      onClick={() => favourites.toggle(product)}
      data-testid="favourite"
    >
      {t(marked ? 'sell.favourites.unmark' : 'sell.favourites.mark')}
    </Button>
  );
}
