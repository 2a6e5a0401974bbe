import { Button, Code, Stack } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeps } from '../app/contexts.ts';
import styles from './devices-screen.module.css';

/** A secret that no later look can show again. */
export function ShownOnce({ label, secret, onSeen }: { label: string; secret: string; onSeen: () => void }) {
  const { t } = useTranslation();
  const { page } = useDeps();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await page.copy(secret);
    setCopied(true);
  };
  return (
    <Stack gap="sm" className={styles.made ?? ''} role="status" data-testid="shown-once">
      <b>{label}</b>
      <p>{t('integrations.once')}</p>
      <Code block className={styles.secret ?? ''} data-testid="secret">
        {secret}
      </Code>
      <Button leftSection={<IconCopy size={18} aria-hidden="true" />} onClick={() => void copy()}>
        {t(copied ? 'integrations.copied' : 'integrations.copy')}
      </Button>
      <Button variant="default" onClick={onSeen} data-testid="secret-seen">
        {t('integrations.seen')}
      </Button>
    </Stack>
  );
}
