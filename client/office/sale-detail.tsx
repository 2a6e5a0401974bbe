import { Drawer } from '@mantine/core';
import { IconFlag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type DeviceEntry, deviceEntryShape } from '../../schema/entry/entry.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { BranchSale } from '../device/device.ts';
import { ReceiptView } from '../till/receipt-view.tsx';
import { SafetyMark } from '../ui/safety-mark.tsx';
import styles from './sale-detail.module.css';
import { SignatureMark } from './signature-mark.tsx';
import { useFlagText } from './use-flag-text.ts';

/** The whole receipt behind a row, with its flags in words. */
export function SaleDetail({ sale, onClose }: { sale: BranchSale | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={sale !== null}
      onClose={onClose}
      position="right"
      size="min(28rem, 100%)"
      title={sale?.receipt ?? sale?.kind ?? ''}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {sale && <Detail sale={sale} />}
    </Drawer>
  );
}

function Detail({ sale }: { sale: BranchSale }) {
  const { t } = useTranslation();
  const { office } = useDevice();
  const flagText = useFlagText();
  const version = useLive(office.version);
  const found = useLoaded(() => office.entry(sale.id), `${sale.id} ${version}`);
  const entry = readReceipt(found);
  return (
    <div className={styles.root} data-testid="sale-detail">
      <SafetyMark
        safety={sale.safety}
        text={t(sale.safety === 'server' ? 'till.receipt.safeServer' : 'till.receipt.safeHere')}
      />
      {sale.flags.length > 0 && (
        <div className={styles.flags}>
          <strong>{t('office.sales.flags')}</strong>
          <ul>
            {sale.flags.map((flag) => (
              <li key={flag}>
                <IconFlag size={16} aria-hidden="true" /> {flagText(flag)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {entry && <SignatureMark entry={entry} />}
      {entry ? <ReceiptView entry={entry} /> : <p className={styles.none}>{t('office.sales.notHeld')}</p>}
    </div>
  );
}

/** An own entry as it is, another till's out of what the server sent of it. */
function readReceipt(found: DeviceEntry | BranchEntry | undefined) {
  if (found === undefined) return null;
  const entry = 'body' in found ? found : deviceEntryShape.safeParse(found.entry).data;
  return entry?.kind === 'sale' || entry?.kind === 'refund' ? entry : null;
}
