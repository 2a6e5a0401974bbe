import { Button } from '@mantine/core';
import { IconCloudCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import type { WaitingEntry } from '../device/waiting.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { useDevice } from './contexts.ts';
import styles from './sync-screen.module.css';
import { useFormat } from './use-format.ts';
import { useLive } from './use-live.ts';
import { useLoaded } from './use-loaded.ts';
import { useNow } from './use-now.ts';
import { useWhy } from './use-why.ts';
import { useWishText } from './use-wish-text.ts';

/** Entries on the screen; the number says how many there are. */
const ROWS_MAX = 100;
const NOW_REFRESH_MS = 60_000;

/** All of this device that the server does not have, each with why. There is no way to delete any of it. */
export function WaitingPanel() {
  const { t } = useTranslation();
  const { till, sync } = useDevice();
  const format = useFormat();
  const version = useLive(till.version);
  const { waitingEntries, waitingEdits, waitingDrafts } = useLive(sync.status);
  const waiting = useLoaded(() => sync.waiting(ROWS_MAX), `${version} ${waitingEntries}`) ?? [];
  const isStuck = waiting.some(({ why }) => why !== 'next');
  if (waitingEntries + waitingEdits + waitingDrafts === 0) return <NothingWaits />;
  return (
    <Panel title={t('sync.waiting')} flush testId="waiting-panel">
      <p className={styles.padded}>{t('sync.waitingText')}</p>
      {isStuck && (
        <div className={styles.padded}>
          <Button variant="default" onClick={() => void sync.offerAgain()} data-testid="offer-again">
            {t('state.why.offerAgain')}
          </Button>
        </div>
      )}
      <ul className={styles.list}>
        {waiting.map((entry) => (
          <WaitingRow key={entry.id} entry={entry} />
        ))}
      </ul>
      {waiting.length < waitingEntries && (
        <p className={styles.padded}>
          {t('sync.waitingMore', { shown: format.count(waiting.length), count: waitingEntries })}
        </p>
      )}
      {waitingEdits > 0 && <WaitingEdits />}
      {waitingDrafts > 0 && <WaitingCarts />}
    </Panel>
  );
}

function NothingWaits() {
  const { t } = useTranslation();
  return (
    <Panel title={t('sync.waiting')} flush testId="waiting-panel">
      <EmptyState icon={<IconCloudCheck size={40} />} title={t('sync.waitingNone')} help={t('sync.waitingNoneHelp')} />
    </Panel>
  );
}

function WaitingRow({ entry }: { entry: WaitingEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const whyOf = useWhy();
  const now = useNow(NOW_REFRESH_MS);
  return (
    <li className={styles.entry} data-testid="waiting-entry" data-why={entry.why}>
      <span>
        <b>{t(`sync.kind.${entry.kind}`)}</b> <span className="num">{entry.receipt ?? ''}</span>
      </span>
      <span className={`${styles.soft} num`}>{format.moment(entry.at, now)}</span>
      <span className="num">{entry.due === undefined ? '' : format.money(entry.due)}</span>
      <span className={entry.why === 'next' ? styles.why : styles.stuck}>{whyOf(entry)}</span>
    </li>
  );
}

/** Wishes to change products, oldest first: they go in this order. */
function WaitingEdits() {
  const { t } = useTranslation();
  const { office, catalogue } = useDevice();
  const format = useFormat();
  const now = useNow(NOW_REFRESH_MS);
  const whyOf = useWhy();
  const wishText = useWishText();
  const edits = useLive(office.edits)
    .filter(({ verdict }) => verdict === null)
    .toReversed();
  return (
    <section aria-label={t('state.why.edits')}>
      <h3 className={styles.subhead}>{t('state.why.edits')}</h3>
      <ul className={styles.list}>
        {edits.slice(0, ROWS_MAX).map((edit) => (
          <li key={edit.editId} className={styles.entry} data-testid="waiting-edit">
            <b>{catalogue.product(edit.docId as ProductId)?.name ?? edit.docId}</b>
            <span className={`${styles.soft} num`}>{format.moment(edit.at, now)}</span>
            <span className={styles.soft}>{wishText(edit)}</span>
            <span className={styles.why}>{whyOf({ why: 'next', reason: '' })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Changes of held carts, counted per cart. */
function WaitingCarts() {
  const { t } = useTranslation();
  const { sync, drafts } = useDevice();
  const whyOf = useWhy();
  const held = new Map(useLive(drafts.list).map((cart) => [String(cart.id), cart]));
  return (
    <section aria-label={t('state.why.carts')}>
      <h3 className={styles.subhead}>{t('state.why.carts')}</h3>
      <ul className={styles.list}>
        {sync.waitingCarts().map(({ id, changes }) => (
          <li key={id} className={styles.entry} data-testid="waiting-cart">
            <b>{held.get(id)?.name || t('state.why.cart')}</b>
            <span />
            <span className={styles.soft}>{t('state.why.changes', { count: changes })}</span>
            <span className={styles.why}>{whyOf({ why: 'next', reason: '' })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
