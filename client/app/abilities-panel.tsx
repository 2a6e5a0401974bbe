import { useTranslation } from 'react-i18next';
import { Panel } from '../ui/panel.tsx';
import { missing } from './abilities.ts';
import { AbilityTable, MissingAbilities } from './ability-list.tsx';
import styles from './sync-screen.module.css';
import { useAbilities } from './use-abilities.ts';

/** What this browser can do for a till, as it was tried just now. */
export function AbilitiesPanel() {
  const { t } = useTranslation();
  const { report } = useAbilities();
  if (report === null) return null;
  const lacking = [...missing(report, 'needed'), ...missing(report, 'wanted'), ...missing(report, 'comfort')];
  return (
    <Panel title={t('abilities.title')} testId="abilities-panel">
      <div className={styles.stack}>
        {lacking.length === 0 ? (
          <p className={styles.soft}>{t('abilities.all')}</p>
        ) : (
          <MissingAbilities abilities={lacking} />
        )}
        <details>
          <summary>{t('abilities.show')}</summary>
          <AbilityTable report={report} />
        </details>
      </div>
    </Panel>
  );
}
