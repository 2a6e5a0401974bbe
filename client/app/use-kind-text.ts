import { useTranslation } from 'react-i18next';
import type { DeviceEntryKind } from '../../schema/entry/entry.ts';

/** An entry's kind in words; one that only a later version knows is shown as it names itself. */
export function useKindText(): (kind: string) => string {
  const { t, i18n } = useTranslation();
  return (kind) => (i18n.exists(`sync.kind.${kind}`) ? t(`sync.kind.${kind as DeviceEntryKind}`) : kind);
}
