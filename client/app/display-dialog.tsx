import { Button, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../schema/protocol/error.ts';
import { isLanguage, LANGUAGE_NAMES } from '../i18n/language.ts';
import { useDeps } from './contexts.ts';
import { useLive } from './use-live.ts';
import { useOpenDisplay } from './use-open-display.ts';

/** What the customer display is, its language, and the way to open it. */
export function DisplayDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { displayLanguage } = useDeps();
  const language = useLive(displayLanguage.chosen);
  const openDisplay = useOpenDisplay();
  const label = useId();
  const choices = LANGUAGES.map((one) => ({ value: one as string, label: LANGUAGE_NAMES[one] }));
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('display.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack>
        <Text c="var(--text-2)">{t('display.text')}</Text>
        <Stack gap="xs">
          <span id={label}>{t('display.language')}</span>
          <SegmentedControl
            orientation="vertical"
            aria-labelledby={label}
            value={language ?? ''}
            onChange={(chosen) => displayLanguage.choose(isLanguage(chosen) ? chosen : null)}
            data={[{ value: '', label: t('display.same') }, ...choices]}
          />
        </Stack>
        <Button
          size="lg"
          onClick={() => {
            onClose();
            openDisplay();
          }}
          data-testid="display-open"
        >
          {t('display.open')}
        </Button>
      </Stack>
    </Modal>
  );
}
