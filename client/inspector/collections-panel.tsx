import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';
import type { CollectionInspection, Inspection } from '../device/device.ts';
import { Panel } from '../ui/panel.tsx';
import table from '../ui/table.module.css';

/** Characters of a random tag that tell two apart at a glance. */
const TAG_SHOWN = 8;

/** Per collection and scope: how far this device has pulled, and how far behind that is. */
export function CollectionsPanel({ inspection }: { inspection: Inspection | null }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('inspector.collections')} flush>
      <div className={table.wrap}>
        <table className={table.table} data-testid="collections">
          <thead>
            <tr>
              <th scope="col">{t('inspector.collection')}</th>
              <th scope="col" className={table.number}>
                {t('inspector.documents')}
              </th>
              <th scope="col" className={table.number}>
                {t('inspector.server')}
              </th>
              <th scope="col" className={table.number}>
                {t('inspector.lag')}
              </th>
              <th scope="col">{t('inspector.scope')}</th>
              <th scope="col" className={table.number}>
                {t('inspector.seq')}
              </th>
              <th scope="col">{t('inspector.tag')}</th>
              <th scope="col">{t('inspector.grant')}</th>
              <th scope="col">{t('inspector.epoch')}</th>
            </tr>
          </thead>
          <tbody>
            {inspection?.collections.map((one) => (
              <CollectionRows key={one.collection} one={one} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** One row per scope of a collection; the collection's own figures stand in the first. */
function CollectionRows({ one }: { one: CollectionInspection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const scopes = Object.entries(one.checkpoint?.scopes ?? {});
  const count = (value: number | null) => (value === null ? '–' : format.count(value));
  return (scopes.length === 0 ? [null] : scopes).map((entry, index) => (
    <tr key={entry?.[0] ?? 'none'} data-testid={index === 0 ? `collection-${one.collection}` : undefined}>
      {index === 0 && (
        <>
          <th scope="row" rowSpan={Math.max(1, scopes.length)}>
            {one.collection}
          </th>
          <td rowSpan={Math.max(1, scopes.length)} className={table.number} data-testid="documents">
            {count(one.documents)}
          </td>
          <td rowSpan={Math.max(1, scopes.length)} className={table.number}>
            {count(one.serverTotal)}
          </td>
          <td rowSpan={Math.max(1, scopes.length)} className={table.number} data-testid="lag">
            {count(one.lag)}
          </td>
        </>
      )}
      {entry ? (
        <>
          <td>{entry[0]}</td>
          <td className={table.number}>{entry[1].seq}</td>
          <td className={table.mono} title={entry[1].tag}>
            {entry[1].tag.slice(0, TAG_SHOWN) || '–'}
          </td>
          <td className={table.mono}>{entry[1].grant || '–'}</td>
          <td className="num">{one.checkpoint?.epoch.n}</td>
        </>
      ) : (
        <td colSpan={5} className={table.soft}>
          {t('inspector.none')}
        </td>
      )}
    </tr>
  ));
}
