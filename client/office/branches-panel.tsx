import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { BranchDoc } from '../../schema/company.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { Panel } from '../ui/panel.tsx';
import styles from './devices-screen.module.css';

/** The branches that this device may read, its own first. */
export function BranchesPanel() {
  const { t } = useTranslation();
  const { company, identity } = useDevice();
  const isOwn = ({ branch }: BranchDoc) => branch === identity.branch;
  const branches = useLive(company.all)
    .filter((doc): doc is BranchDoc => doc.kind === 'branch')
    .sort((left, right) => Number(isOwn(right)) - Number(isOwn(left)) || (left.name < right.name ? -1 : 1));
  return (
    <Panel title={t('manage.branches.title')}>
      <ul className={styles.list}>
        {branches.map((doc) => (
          <li key={doc.id} data-testid="branch-row">
            <b>{doc.name}</b> {isOwn(doc) && t('manage.branches.own')}
            <span className={styles.soft}>{[...(doc.address ?? []), doc.phone].filter(Boolean).join(', ')}</span>
          </li>
        ))}
      </ul>
      <p className={styles.soft}>
        <Link href="/settings">{t('manage.branches.edit')}</Link>
      </p>
    </Panel>
  );
}
