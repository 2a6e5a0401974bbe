import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';
import type { Inspection, SyncCounters } from '../device/device.ts';
import { Facts } from '../ui/facts.tsx';
import { Panel } from '../ui/panel.tsx';

const COUNTERS: readonly (keyof SyncCounters)[] = [
  'requests',
  'failedRequests',
  'pushes',
  'entriesAcknowledged',
  'pullRounds',
  'liveChanges',
  'handedIn',
  'digests',
];

/** What sync did since the app was opened, in numbers. */
export function CountersPanel({ inspection }: { inspection: Inspection | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = COUNTERS.map((counter) => ({
    label: t(`inspector.counter.${counter}`),
    value: inspection ? format.count(inspection.counters[counter]) : '–',
  }));
  return (
    <Panel title={t('inspector.counters')} testId="counters">
      <Facts facts={facts} />
    </Panel>
  );
}
