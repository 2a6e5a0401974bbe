import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../device/disk-view.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { useDevice } from './contexts.ts';
import { useSay } from './messages.tsx';
import { RefusedEdits } from './refused-edits.tsx';
import styles from './sync-screen.module.css';
import { receiptOf, useFoundEntry } from './use-found-entry.ts';
import { useLive } from './use-live.ts';
import { useSaveRescue } from './use-save-rescue.ts';

/** Findings on the screen; with more of them the device is broken as a whole. */
const FINDINGS_MAX = 50;
const PLACES_MAX = 12;

/** What this device or the server found wrong, each with what to do. */
export function FindingsPanel() {
  const { t } = useTranslation();
  const { disk, office } = useDevice();
  const findings = useLive(disk.findings);
  const refused = useLive(office.edits).filter((edit) => edit.verdict?.verdict === 'refused' && !edit.decided);
  const damage = findings.filter(({ kind }) => kind === 'chain');
  const others = findings.filter(isNoDamage).slice(0, FINDINGS_MAX);
  return (
    <Panel title={t('sync.findings')} flush testId="findings">
      {findings.length === 0 && refused.length === 0 && (
        <EmptyState
          icon={<IconCircleCheck size={40} />}
          title={t('sync.findingsNone')}
          help={t('sync.findingsNoneHelp')}
        />
      )}
      {damage.length > 0 && <Damage findings={damage} />}
      {others.map((finding) => (
        <OneFinding key={finding.id} finding={finding} />
      ))}
      <RefusedEdits edits={refused} />
    </Panel>
  );
}

/** All but what is wrong with the own journal, which is dealt with as a whole. */
type OtherFinding = Finding & { readonly kind: Exclude<Finding['kind'], 'chain'> };

function isNoDamage(finding: Finding): finding is OtherFinding {
  return finding.kind !== 'chain';
}

function OneFinding({ finding }: { finding: OtherFinding }) {
  const { t } = useTranslation();
  const receipt = receiptOf(useFoundEntry(finding.about));
  const { disk } = useDevice();
  return (
    <article className={styles.finding} data-testid="finding" data-kind={finding.kind}>
      <FindingTitle text={t(`sync.finding.${finding.kind}`)} />
      <p>{t(`sync.what.${finding.kind}`)}</p>
      <p className={styles.about}>{t('sync.about', { what: receipt ?? finding.about })}</p>
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => void disk.settleFinding(finding.id)}>
          {t('sync.done')}
        </Button>
      </div>
    </article>
  );
}

function FindingTitle({ text }: { text: string }) {
  return (
    <h3 className={styles.findingTitle}>
      <IconAlertTriangle size={20} aria-hidden="true" />
      {text}
    </h3>
  );
}

/** A damaged journal, in two steps: a copy first, and only then it may be called repaired. */
function Damage({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation();
  const { disk } = useDevice();
  const say = useSay();
  const saveRescue = useSaveRescue();
  const [saved, setSaved] = useState(false);
  const placeText = useDamagePlaces();
  const repair = async () => {
    for (const { id } of findings) await disk.settleFinding(id);
    say({ tone: 'info', text: t('sync.damage.repaired') });
  };
  return (
    <article className={styles.finding} data-testid="finding" data-kind="chain">
      <FindingTitle text={t('sync.finding.chain')} />
      <p>{t('sync.damage.rows', { count: damagedEntries(findings) })}</p>
      <p className={styles.about}>{t('sync.damage.list', { places: placeText(findings) })}</p>
      <p>{t('sync.damage.step1')}</p>
      <div className={styles.buttons}>
        <Button onClick={() => void saveRescue('all').then(() => setSaved(true))} data-testid="save-copy">
          {t('sync.damage.save')}
        </Button>
      </div>
      <p>{t('sync.damage.step2')}</p>
      <div className={styles.buttons}>
        <Button variant="default" disabled={!saved} onClick={() => void repair()} data-testid="mark-repaired">
          {t('sync.damage.repair')}
        </Button>
      </div>
    </article>
  );
}

/** A hole counts for each entry that is missing in it. */
function damagedEntries(findings: readonly Finding[]): number {
  return findings.reduce((sum, { detail }) => {
    const { from, to } = detail as { from?: number; to?: number };
    return sum + (from === undefined || to === undefined ? 1 : to - from + 1);
  }, 0);
}

const FAULTS = ['gap', 'prev', 'hash', 'unreadable'] as const;

function useDamagePlaces(): (findings: readonly Finding[]) => string {
  const { t } = useTranslation();
  return (findings) => {
    const texts = findings.slice(0, PLACES_MAX).map(({ detail }) => {
      const fault = FAULTS.find((one) => one === detail.fault) ?? 'unreadable';
      return fault === 'gap' ? `${t('sync.damage.gap')} ${detail.seq}` : `${detail.seq} ${t(`sync.damage.${fault}`)}`;
    });
    return findings.length > PLACES_MAX ? `${texts.join(', ')} …` : texts.join(', ');
  };
}
