import { Button, Group, Modal, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RescueFault } from '../device/rescue.ts';
import type { RescueContents } from '../device/rescue-contents.ts';
import { Facts } from '../ui/facts.tsx';
import { RescueOutcomeList } from './rescue-outcome.tsx';
import styles from './sync-screen.module.css';
import { useFormat } from './use-format.ts';
import { type HandInState, useHandIn } from './use-hand-in.ts';

/** What a rescue file holds, then how far it is, then what became of each entry. */
export function RescueDialog({ file, onClose }: { file: File; onClose: () => void }) {
  const { t } = useTranslation();
  const { state, go } = useHandIn(file);
  return (
    <Modal
      opened
      onClose={onClose}
      title={state.at === 'asked' ? t('sync.rescue.ask', { till: state.contents.till }) : t('sync.rescue.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      data-testid="rescue-dialog"
    >
      <div className={styles.stack}>
        <Body state={state} onGo={(contents) => void go(contents)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shell.close')}
          </Button>
          {state.at === 'asked' && (
            <Button onClick={() => void go(state.contents)} data-autofocus data-testid="rescue-go">
              {t('sync.rescue.go')}
            </Button>
          )}
        </Group>
      </div>
    </Modal>
  );
}

function Body({ state, onGo }: { state: HandInState; onGo: (contents: RescueContents) => void }) {
  const { t } = useTranslation();
  switch (state.at) {
    case 'reading':
      return <p role="status">{t('sync.rescue.reading')}</p>;
    case 'fault':
      return <Fault fault={state.fault} contents={state.contents} onGo={onGo} />;
    case 'asked':
      return <Contents contents={state.contents} />;
    case 'sending':
      return (
        <div role="status" aria-label={t('sync.rescue.busy')}>
          <p>{t('sync.rescue.progress', { done: state.done, total: state.total })}</p>
          <Progress value={(100 * state.done) / Math.max(1, state.total)} aria-label={t('sync.rescue.busy')} />
        </div>
      );
    case 'done':
      return <RescueOutcomeList outcome={state.outcome} />;
  }
}

function Fault(props: {
  fault: RescueFault;
  contents: RescueContents | null;
  onGo: (contents: RescueContents) => void;
}) {
  const { t } = useTranslation();
  const { fault, contents, onGo } = props;
  return (
    <>
      <p className={styles.warn} role="alert" data-testid="rescue-fault">
        {t(`sync.rescue.${fault}`)}
      </p>
      {contents && (
        <Button variant="default" onClick={() => onGo(contents)}>
          {t('sync.rescue.again')}
        </Button>
      )}
    </>
  );
}

function Contents({ contents }: { contents: RescueContents }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { till, entries, receipts, sum, firstReceipt, lastReceipt, span, madeAt, carts, altered } = contents;
  const receiptsText =
    receipts === 0
      ? format.count(0)
      : t('sync.rescue.receiptsOf', { count: receipts, first: firstReceipt ?? '', last: lastReceipt ?? '' });
  return (
    <div className={styles.stack} data-testid="rescue-contents">
      <p className={styles.soft}>{t('sync.rescue.askText')}</p>
      <Facts
        facts={[
          { label: t('sync.rescue.till'), value: till },
          { label: t('sync.rescue.entries'), value: format.count(entries) },
          { label: t('sync.rescue.receipts'), value: receiptsText },
          { label: t('sync.rescue.sum'), value: format.money(sum) },
          { label: t('held.rescue.count'), value: format.count(carts) },
          ...(span
            ? [{ label: t('sync.rescue.span'), value: `${format.dateTime(span.from)} – ${format.dateTime(span.to)}` }]
            : []),
          { label: t('sync.rescue.madeAt'), value: format.dateTime(madeAt) },
        ]}
      />
      {altered > 0 && <p className={styles.warn}>{t('sync.rescue.altered', { count: altered })}</p>}
    </div>
  );
}
