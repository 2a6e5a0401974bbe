import { Button, FileButton, Group, Modal, Progress, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBusy } from '../app/busy.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import type { BadRow, ImportPlan } from '../sheet/plan-import.ts';
import styles from './settings-screen.module.css';
import { type ImportState, useImport } from './use-import.ts';

/** Bad lines shown, and changes: more nobody reads. */
const BAD_SHOWN_MAX = 100;
const CHANGES_SHOWN_MAX = 5;

/** Takes a table of products in: what it will do is shown first, then it is done, with the way back. */
export function ImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const flow = useImport();
  const { state } = flow;
  const isBusy = state.step === 'reading' || state.step === 'writing';
  useBusy(isBusy);
  const close = () => {
    if (isBusy) return;
    flow.begin();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('catalogue.import.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack gap="sm" data-testid="import-dialog">
        {state.step === 'begin' && <p className={styles.soft}>{t('catalogue.import.help')}</p>}
        {state.step === 'begin' && <FileChoice onChoose={flow.read} />}
        {state.step === 'reading' && <p role="status">{t('catalogue.import.reading', { name: state.name })}</p>}
        {state.step === 'fault' && <p role="alert">{t(state.text)}</p>}
        {state.step === 'planned' && <PlanView plan={state.plan} onWrite={flow.write} />}
        {state.step === 'writing' && <WritingView state={state} onStop={flow.stop} />}
        {state.step === 'written' && <WrittenView state={state} onUndo={flow.undo} />}
        {(state.step === 'fault' || state.step === 'planned' || state.step === 'written') && (
          <FileChoice onChoose={flow.read} again />
        )}
      </Stack>
    </Modal>
  );
}

function FileChoice({ onChoose, again = false }: { onChoose: (file: File) => void; again?: boolean }) {
  const { t } = useTranslation();
  const label = t(again ? 'catalogue.import.again' : 'catalogue.import.choose');
  return (
    <Group>
      <FileButton
        onChange={(file) => file && onChoose(file)}
        accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        inputProps={{ 'aria-label': label }}
      >
        {(props) => (
          <Button {...props} variant={again ? 'default' : 'filled'} data-testid="import-choose">
            {label}
          </Button>
        )}
      </FileButton>
    </Group>
  );
}

function PlanView({ plan, onWrite }: { plan: ImportPlan; onWrite: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { catalogue } = useDevice();
  const counts = { made: plan.made, changed: plan.changed, same: plan.same, bad: plan.bad.length };
  const count = plan.changes.length;
  return (
    <>
      <Group gap="lg" data-testid="import-counts">
        {Object.entries(counts).map(([name, number]) => (
          <span key={name}>
            {t(`catalogue.import.${name as keyof typeof counts}`)} <b className="num">{format.count(number)}</b>
          </span>
        ))}
      </Group>
      {count === 0 && <p>{t('catalogue.import.nothing')}</p>}
      {count > 0 && <b>{t('catalogue.import.first')}</b>}
      <ul>
        {plan.changes.slice(0, CHANGES_SHOWN_MAX).map(({ id, patch, make }) => (
          <li key={id}>
            {String(patch.name ?? catalogue.product(id)?.name ?? id)} {make && `(${t('catalogue.import.isNew')})`}
          </li>
        ))}
      </ul>
      <BadRows bad={plan.bad} />
      {count > 0 && (
        <Button onClick={onWrite} data-testid="import-write">
          {t('catalogue.import.write', { count, formatted: format.count(count) })}
        </Button>
      )}
    </>
  );
}

function BadRows({ bad }: { bad: readonly BadRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (bad.length === 0) return null;
  const title = t('catalogue.import.badTitle');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section aria-label={title} className={styles.scroll} tabIndex={0}>
      <b>{title}</b>
      <ul data-testid="import-bad">
        {bad.slice(0, BAD_SHOWN_MAX).map(({ line, fault, value }) => (
          <li key={line}>
            {t('catalogue.import.line', { line, reason: t(`catalogue.import.fault.${fault}`, { value }) })}
          </li>
        ))}
      </ul>
      {bad.length > BAD_SHOWN_MAX && (
        <p>{t('catalogue.import.badMore', { formatted: format.count(bad.length - BAD_SHOWN_MAX) })}</p>
      )}
    </section>
  );
}

type StepOf<Step extends ImportState['step']> = Extract<ImportState, { step: Step }>;

function WritingView({ state, onStop }: { state: StepOf<'writing'>; onStop: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { done, all } = state;
  return (
    <>
      <Progress value={(done / all) * 100} aria-label={t('catalogue.import.title')} />
      <p role="status" className="num">
        {t('catalogue.import.writing', { done: format.count(done), all: format.count(all) })}
      </p>
      <Button variant="default" onClick={onStop}>
        {t('catalogue.import.stop')}
      </Button>
    </>
  );
}

function WrittenView({ state, onUndo }: { state: StepOf<'written'>; onUndo: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { done, all, fault, bad } = state;
  const counts = { done: format.count(done), all: format.count(all) };
  return (
    <>
      <p role="status" data-testid="import-done">
        {fault === null && t('catalogue.import.done', { count: done, formatted: format.count(done) })}
        {fault === 'stopped' && t('catalogue.import.stopped', counts)}
        {fault !== null &&
          fault !== 'stopped' &&
          t('catalogue.import.failed', { ...counts, why: t(`manage.fault.${fault}`) })}
      </p>
      <BadRows bad={bad} />
      {done > 0 && (
        <Button variant="default" onClick={onUndo} data-testid="import-undo">
          {t('catalogue.import.undo')}
        </Button>
      )}
    </>
  );
}
