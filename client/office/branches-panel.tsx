import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { BranchDoc } from '../../schema/company.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { Panel } from '../ui/panel.tsx';
import styles from './devices-screen.module.css';
import { type NamedBranch, useBranches } from './use-branches.ts';

/** The company's branches that this device has heard of, its own first; of another one it knows the name. */
export function BranchesPanel() {
  const { t } = useTranslation();
  const { company, identity } = useDevice();
  const all = useLive(company.all);
  const isOwn = ({ branch }: NamedBranch) => branch === identity.branch;
  const docs = all.filter((doc): doc is BranchDoc => doc.kind === 'branch');
  const branches = useBranches().toSorted((left, right) => Number(isOwn(right)) - Number(isOwn(left)));
  const whereOf = (branch: NamedBranch) => {
    const doc = docs.find((one) => one.branch === branch.branch);
    return [...(doc?.address ?? []), doc?.phone].filter(Boolean).join(', ');
  };
  return (
    <Panel title={t('manage.branches.title')}>
      <ul className={styles.list}>
        {branches.map((one) => (
          <li key={one.branch} data-testid="branch-row">
            <b>{one.name}</b> {isOwn(one) && t('manage.branches.own')}
            <span className={styles.soft}>{whereOf(one)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.soft}>
        <Link href="/settings">{t('manage.branches.edit')}</Link>
      </p>
      <p className={styles.soft}>{t('manage.branches.add')}</p>
    </Panel>
  );
}
