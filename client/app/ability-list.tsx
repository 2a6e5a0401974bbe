import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ABILITIES, type Ability, type BrowserReport, missing } from './abilities.ts';
import styles from './ability-list.module.css';

/** What is missing, each with what that means and what to do. */
export function MissingAbilities({ abilities }: { abilities: readonly Ability[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.list} data-testid="missing-abilities">
      {abilities.map((ability) => (
        <li key={ability} className={styles.missing} data-ability={ability}>
          <strong>
            {t(`abilities.name.${ability}`)}: {t('abilities.cannot')}
          </strong>
          <span>{t(`abilities.without.${ability}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What this browser can do less than others, calmly; nothing where it can do everything. */
export function LesserAbilities({ report }: { report: BrowserReport }) {
  const { t } = useTranslation();
  const lesser = [...missing(report, 'wanted'), ...missing(report, 'comfort')];
  if (lesser.length === 0) return null;
  return (
    <details className={styles.details} data-testid="lesser-abilities">
      <summary>{t('abilities.less')}</summary>
      <MissingAbilities abilities={lesser} />
    </details>
  );
}

/** Everything that was tried, and whether it went. */
export function AbilityTable({ report: { found } }: { report: BrowserReport }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.list} data-testid="abilities">
      {ABILITIES.map((ability) => (
        <li key={ability} className={styles.row} data-ability={ability} data-found={found[ability]}>
          {found[ability] ? <IconCheck size={18} aria-hidden="true" /> : <IconMinus size={18} aria-hidden="true" />}
          <span>{t(`abilities.name.${ability}`)}</span>
          <span className={styles.found}>{t(found[ability] ? 'abilities.can' : 'abilities.cannot')}</span>
        </li>
      ))}
    </ul>
  );
}
