import { Button, FileButton, Group } from '@mantine/core';
import { IconPhoto, IconPhotoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Hash } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { IMAGE_TYPES } from '../../schema/protocol/image.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { ProductThumb } from '../ui/product-thumb.tsx';
import { shrinkPicture } from './shrink-picture.ts';

/** A product's picture, and the ways to another or none. The file goes to the server at once; that the product shows it is an edit. */
export function ProductPicture({ product, mayEdit }: { product: Product; mayEdit: boolean }) {
  const { t } = useTranslation();
  const { office } = useDevice();
  const say = useSay();
  const set = async (image: Hash | '', back?: Hash | '') => {
    const answer = await office.editProduct(product.id, { image });
    if (!answer.ok) return say({ tone: 'warning', text: t(`office.products.fault.${answer.error}`) });
    if (back === undefined) return say({ tone: 'info', text: t('manage.undone') });
    const undo = { label: t('manage.undo'), act: () => void set(back) };
    say({ tone: 'info', text: t(image === '' ? 'manage.saved' : 'sell.image.saved'), action: undo });
  };
  const former = product.image ?? '';
  const choose = async (file: File | null) => {
    if (file === null) return;
    const bytes = await shrinkPicture(file);
    if (bytes === null) return say({ tone: 'warning', text: t('sell.image.fault.unreadable') });
    const put = await office.putImageNow(bytes);
    if (!put.ok) return say({ tone: 'warning', text: t(`sell.image.fault.${put.error}`) });
    await set(put.value, former);
  };
  return (
    <Group gap="sm">
      <ProductThumb product={product} />
      <FileButton
        onChange={(file) => void choose(file)}
        accept={IMAGE_TYPES.join(',')}
        disabled={!mayEdit}
        inputProps={{ 'aria-label': t('sell.image.choose') }}
      >
        {(props) => (
          <Button
            {...props}
            variant="default"
            leftSection={<IconPhoto size={20} aria-hidden="true" />}
            disabled={!mayEdit}
            data-testid="picture-choose"
          >
            {t('sell.image.choose')}
          </Button>
        )}
      </FileButton>
      {product.image && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconPhotoOff size={20} aria-hidden="true" />}
          onClick={() => void set('', former)}
          disabled={!mayEdit}
        >
          {t('sell.image.remove')}
        </Button>
      )}
    </Group>
  );
}
