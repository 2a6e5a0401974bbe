import { NativeSelect, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type BranchId, branchIdShape } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import styles from './reports-screen.module.css';
import { type NamedBranch, useBranches } from './use-branches.ts';

/** Whose sales are shown, and whether with what goods cost. */
export interface ReportScope {
  /** Undefined for the own branch. */
  readonly branch: BranchId | undefined;
  readonly costs: boolean;
}

/** Other branches whose reports managers of this one may read. */
export function useReadableBranches(): readonly NamedBranch[] {
  const { company, identity } = useDevice();
  const branches = useBranches();
  const mayRead = useLive(company.settings)?.reportsOfAll === true;
  return mayRead ? branches.filter(({ branch }) => branch !== identity.branch) : [];
}

interface ReportScopePickerProps {
  readonly scope: ReportScope;
  readonly onChoose: (scope: ReportScope) => void;
  /** Other branches to choose from. */
  readonly branches: readonly NamedBranch[];
  /** False where nobody can say what a line's goods cost. */
  readonly mayCost: boolean;
}

export function ReportScopePicker({ scope, onChoose, branches, mayCost }: ReportScopePickerProps) {
  const { t } = useTranslation();
  if (branches.length === 0 && !mayCost) return null;
  return (
    <div className={styles.period}>
      {branches.length > 0 && (
        <NativeSelect
          label={t('reports.branch')}
          value={scope.branch ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChoose({ ...scope, branch: value === '' ? undefined : branchIdShape.parse(value) })
          }
          data={[
            { value: '', label: t('manage.branches.own') },
            ...branches.map(({ branch, name }) => ({ value: branch, label: name })),
          ]}
          data-testid="report-branch"
        />
      )}
      {mayCost && (
        <Switch
          checked={scope.costs}
          onChange={(event) => onChoose({ ...scope, costs: event.currentTarget.checked })}
          label={t('reports.costs.show')}
          data-testid="report-costs"
        />
      )}
    </div>
  );
}
