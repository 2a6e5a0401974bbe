import { useTranslation } from 'react-i18next';
import type { EntryId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { SafetyMark } from '../ui/safety-mark.tsx';

/** Where this entry is safe now; changes by itself when the server acknowledges it. */
export function ReceiptSafety({ id }: { id: EntryId }) {
  const { t } = useTranslation();
  const { till } = useDevice();
  useLive(till.version);
  const safety = till.safety(id);
  return (
    <SafetyMark safety={safety} text={t(safety === 'server' ? 'till.receipt.safeServer' : 'till.receipt.safeHere')} />
  );
}
