import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { TaxDoc } from '../../schema/company.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { contentKey } from './content-key.ts';
import { SettingsCompanyPanel } from './settings-company-panel.tsx';
import { SettingsRolesPanel } from './settings-roles-panel.tsx';
import { SettingsScalesPanel } from './settings-scales-panel.tsx';
import styles from './settings-screen.module.css';
import { SettingsShopPanel } from './settings-shop-panel.tsx';
import { SettingsSyncPanel } from './settings-sync-panel.tsx';
import { SettingsTaxesPanel } from './settings-taxes-panel.tsx';
import { useMayEdit } from './use-edit-company.ts';

/** The fields of each part: another part's change leaves what is typed here alone. Parts that nobody set say the same, so each key names its part. */
const SHOP_FIELDS = ['name', 'receiptHeader', 'receiptFooter', 'currency'];
const ROLE_FIELDS = ['cashierMay', 'discountMaxBasisPoints', 'creditLimit', 'lockAfterMs'];
const SYNC_FIELDS = ['sync', 'silentAfterMs'];
const COMPANY_FIELDS = ['reportsOfAll', 'verifyAt'];
const SCALE_FIELDS = ['scaleBarcodes'];

/** How the shop is set: each part a form of its own. What has a screen of its own stays there, and is named here. */
export default function SettingsScreen() {
  const { t } = useTranslation();
  const { company } = useDevice();
  const settings = useLive(company.settings);
  const branch = useLive(company.branch);
  const taxes = useLive(company.all).filter((doc): doc is TaxDoc => doc.kind === 'tax');
  const mayEdit = useMayEdit();
  if (!settings || !branch) {
    return <EmptyState icon={<Loader size="sm" color="var(--accent-ink)" />} title={t('manage.settings.title')} />;
  }
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('manage.settings.title')}</h1>
      <div className={styles.column}>
        {!mayEdit && <p className={styles.soft}>{t('manage.managersOnly')}</p>}
        <SettingsShopPanel
          key={contentKey(settings, SHOP_FIELDS) + contentKey(branch)}
          settings={settings}
          branch={branch}
        />
        <Elsewhere />
      </div>
      <div className={styles.column}>
        <SettingsRolesPanel key={`roles ${contentKey(settings, ROLE_FIELDS)}`} settings={settings} />
        <SettingsTaxesPanel taxes={taxes} />
        <SettingsCompanyPanel key={`company ${contentKey(settings, COMPANY_FIELDS)}`} settings={settings} />
      </div>
      <div className={styles.column}>
        <SettingsSyncPanel key={`sync ${contentKey(settings, SYNC_FIELDS)}`} settings={settings} />
        <SettingsScalesPanel key={`scales ${contentKey(settings, SCALE_FIELDS)}`} settings={settings} />
      </div>
    </div>
  );
}

function Elsewhere() {
  const { t } = useTranslation();
  return (
    <Panel title={t('manage.settings.elsewhere')}>
      <nav className={styles.links} aria-label={t('manage.settings.elsewhere')}>
        <Link href="/paying">{t('manage.settings.paying')}</Link>
        <Link href="/people">{t('manage.settings.people')}</Link>
        <Link href="/devices">{t('manage.settings.devices')}</Link>
      </nav>
    </Panel>
  );
}
