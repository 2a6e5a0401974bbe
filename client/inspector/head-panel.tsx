import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import type { Inspection } from '../device/device.ts';
import { Facts } from '../ui/facts.tsx';
import { Panel } from '../ui/panel.tsx';
import styles from './inspector-screen.module.css';

/** Characters of a hash that tell two apart at a glance. */
const HASH_SHOWN = 10;

/** Who this device is, where its chain stands here and at the server, and the server's newest sequences. */
export function HeadPanel({ inspection }: { inspection: Inspection | null }) {
  const { t } = useTranslation();
  const { identity } = useDevice();
  const head = (at: { seq: number; hash: string } | null | undefined) =>
    at ? `${at.seq} · ${at.hash.slice(0, HASH_SHOWN)}` : '–';
  const sequences = Object.entries(inspection?.serverSequence ?? {}).map(([scope, seq]) => `${scope} ${seq}`);
  const missing = inspection?.serverHead ? inspection.ownHead.seq - inspection.serverHead.seq : null;
  return (
    <Panel title={t('inspector.device')}>
      <Facts
        facts={[
          { label: t('inspector.ownHead'), value: head(inspection?.ownHead) },
          { label: t('inspector.serverHead'), value: head(inspection?.serverHead) },
          { label: t('inspector.sequence'), value: sequences.join(', ') || '–' },
          {
            label: t('inspector.epoch'),
            value: inspection?.epoch ? `${inspection.epoch.n} · ${inspection.epoch.id}` : '–',
          },
          { label: t('inspector.outbox'), value: t(`inspector.outboxState.${inspection?.outbox ?? 'idle'}`) },
          {
            label: t('inspector.backedUp'),
            value: typeof inspection?.backedUp === 'number' ? t('inspector.upTo', { seq: inspection.backedUp }) : '–',
          },
          { label: t('inspector.deviceId'), value: identity.deviceId },
          { label: t('inspector.branch'), value: identity.branch },
          { label: t('inspector.role'), value: `${identity.till} · ${identity.role}` },
          { label: t('inspector.generation'), value: identity.generation },
        ]}
      />
      {missing !== null && (
        <p className={styles.verdict}>{missing > 0 ? t('inspector.behind', { missing }) : t('inspector.same')}</p>
      )}
    </Panel>
  );
}
