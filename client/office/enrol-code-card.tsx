import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { toString as qrSvg } from 'qrcode';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnrolCodeAnswer } from '../../schema/protocol/enrol.ts';
import { useDeps } from '../app/contexts.ts';
import { enrolLink } from '../app/enrol-check.ts';
import { useFormat } from '../app/use-format.ts';
import { useLoaded } from '../app/use-loaded.ts';
import styles from './devices-screen.module.css';

/** A fresh code: to type, to open, to scan. */
export function EnrolCodeCard({ made }: { made: EnrolCodeAnswer }) {
  const { t } = useTranslation();
  const { page } = useDeps();
  const format = useFormat();
  const [copied, setCopied] = useState('');
  const link = enrolLink(page.origin, made.till, made.code);
  const image = useLoaded(() => qrSvg(link, { type: 'svg', margin: 0 }), link);
  const copy = async () => {
    await page.copy(link);
    setCopied(link);
  };
  return (
    <div className={styles.made} data-testid="enrol-code-card">
      <p className={styles.soft}>
        {t('office.devices.code')} {made.till}
      </p>
      <output className={`${styles.code} num`} data-testid="new-code">
        {`${made.code.slice(0, 4)}-${made.code.slice(4)}`}
      </output>
      <p className={styles.soft}>{t('office.devices.until', { time: format.dateTime(made.expiresAt) })}</p>
      <p>{t('office.devices.how')}</p>
      {image && (
        <img
          className={styles.qr}
          src={`data:image/svg+xml,${encodeURIComponent(image)}`}
          alt={t('office.devices.qr')}
        />
      )}
      <a className={styles.link} href={link} data-testid="enrol-link">
        {link}
      </a>
      <Button variant="default" leftSection={<IconCopy size={18} aria-hidden="true" />} onClick={() => void copy()}>
        {t(copied === link ? 'office.devices.linkCopied' : 'office.devices.copy')}
      </Button>
    </div>
  );
}
