import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import type { Inspection } from '../device/device.ts';
import { Panel } from '../ui/panel.tsx';
import table from '../ui/table.module.css';
import styles from './inspector-screen.module.css';

/** Characters of a hash that tell two apart at a glance. */
const HASH_SHOWN = 10;

/** How far the server holds the journal of every device of the branch. */
export function HeadsPanel({ inspection }: { inspection: Inspection | null }) {
  const { t } = useTranslation();
  const devices = useLive(useDevice().company.devices);
  const heads = Object.entries(inspection?.heads ?? {});
  const tillOf = (id: string) => devices.find(({ device }) => device === id)?.till ?? '–';
  return (
    <Panel title={t('inspector.heads')} flush testId="heads">
      {heads.length === 0 ? (
        <p className={styles.text}>{t('inspector.headsNone')}</p>
      ) : (
        <div className={table.wrap}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('goods.explain.till')}</th>
                <th scope="col">{t('inspector.deviceId')}</th>
                <th scope="col" className={table.number}>
                  {t('inspector.seq')}
                </th>
                <th scope="col">{t('inspector.hash')}</th>
              </tr>
            </thead>
            <tbody>
              {heads.map(([device, { seq, hash }]) => (
                <tr key={device}>
                  <th scope="row">{tillOf(device)}</th>
                  <td className={table.mono}>{device}</td>
                  <td className={table.number}>{seq}</td>
                  <td className={table.mono} title={hash}>
                    {hash.slice(0, HASH_SHOWN)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
