import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDevice } from './contexts.ts';

/** A full sync reads much: it is asked for twice. */
export function FullSyncDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { sync } = useDevice();
  const start = () => {
    onClose();
    void sync.fullSyncNow();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('inspector.fullAsk')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Text mb="md">{t('inspector.fullText')}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('shell.cancel')}
        </Button>
        <Button onClick={start} data-autofocus data-testid="full-sync-go">
          {t('inspector.fullGo')}
        </Button>
      </Group>
    </Modal>
  );
}
