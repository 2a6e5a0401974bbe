import { useTranslation } from 'react-i18next';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { useDevice } from '../app/contexts.ts';
import { useLoaded } from '../app/use-loaded.ts';
import styles from './signature-mark.module.css';

/** Whether an entry is what its device signed; checked on this device. */
export function SignatureMark({ entry }: { entry: DeviceEntry }) {
  const { t } = useTranslation();
  const { reports } = useDevice();
  const mark = useLoaded(() => reports.checkSignature({ entry }), entry.hash) ?? 'checking';
  return (
    <span className={styles.mark} data-mark={mark} data-testid="signature">
      {t(`reports.z.${mark}`)}
    </span>
  );
}
