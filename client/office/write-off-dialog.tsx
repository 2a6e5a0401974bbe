import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import type { Holder } from './limited-product.tsx';

/** Asks once more before what a till holds is given to others. */
export function WriteOffDialog(props: {
  product: ProductId;
  holder: Holder | null;
  quantity: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { shares } = useDevice();
  const say = useSay();
  const { holder, quantity } = props;
  const writeOff = async () => {
    if (!holder) return;
    const answer = await shares.writeOffNow(holder.deviceId, props.product);
    props.onClose();
    const text = t(answer.ok ? 'shares.limited.offDone' : 'shares.limited.failed');
    say({ tone: answer.ok ? 'info' : 'warning', text });
    props.onDone();
  };
  return (
    <Modal
      opened={holder !== null}
      onClose={props.onClose}
      title={t('shares.limited.offTitle', { till: holder?.till ?? '' })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack>
        <Text>{t('shares.limited.offHelp', { quantity })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('shares.limited.cancel')}
          </Button>
          <Button color="red" onClick={() => void writeOff()} data-testid="write-off-now">
            {t('shares.limited.off')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
