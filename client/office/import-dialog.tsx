import { Button, FileButton, Group, Loader, Modal, Progress, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBusy } from '../app/busy.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import type { BadRow, ImportPlan } from '../sheet/plan-import.ts';
import styles from './settings-screen.module.css';
import { useChangeText } from './use-change-text.ts';
import { type ImportState, useImport } from './use-import.ts';

/** Bad lines shown, and changes: more nobody reads. */
const BAD_SHOWN_MAX = 100;
const CHANGES_SHOWN_MAX = 5;

/** Takes a table of products in: what it will do is shown first, then it is done, with the way back. */
export function ImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const flow = useImport();
  const { state } = flow;
  useBusy(state.step === 'reading' || state.step === 'writing', 'list');
  const close = () => {
    // What is being written is stopped by its own button, which says how far it came.
    if (state.step === 'writing') return;
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
        {state.step === 'reading' && <ReadingView name={state.name} onStop={flow.begin} />}
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

/** A large workbook takes seconds; nothing is written meanwhile. */
function ReadingView({ name, onStop }: { name: string; onStop: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Group gap="sm">
        <Loader size="sm" />
        <p role="status">{t('catalogue.import.reading', { name })}</p>
      </Group>
      <Button variant="default" onClick={onStop} data-testid="import-stop">
        {t('catalogue.import.stop')}
      </Button>
    </>
  );
}

function PlanView({ plan, onWrite }: { plan: ImportPlan; onWrite: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { catalogue } = useDevice();
  const changeText = useChangeText();
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
            <b>{catalogue.edited(id)?.name ?? String(patch.name ?? id)}</b> {make && `(${t('catalogue.import.isNew')})`}{' '}
            <span className="num">{changeText(catalogue.edited(id), { patch, make: make === true })}</span>
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
      <Button variant="default" onClick={onStop} data-testid="import-stop">
        {t('catalogue.import.stop')}
      </Button>
    </>
  );
}

function WrittenView({ state, onUndo }: { state: StepOf<'written'>; onUndo: () => void }) {
  const { t } = useTranslation();
  const { done, bad, back } = state;
  const doneText = useDoneText();
  return (
    <>
      <p role="status" data-testid="import-done">
        {doneText(state)}
      </p>
      <BadRows bad={bad} />
      {back !== null && done > 0 && (
        <Button variant="default" onClick={onUndo} data-testid="import-undo">
          {t('catalogue.import.undo')}
        </Button>
      )}
    </>
  );
}

/** How far writing, or taking back, came; and why no further. */
function useDoneText(): (state: StepOf<'written'>) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ done, all, fault, back }) => {
    const counts = { done: format.count(done), all: format.count(all) };
    if (back === null) return fault === null ? t('catalogue.bulk.undone') : t('catalogue.import.backHalf', counts);
    if (fault === null) return t('catalogue.import.done', { count: done, formatted: format.count(done) });
    if (fault === 'stopped') return t('catalogue.import.stopped', counts);
    return t('catalogue.import.failed', { ...counts, why: t(`manage.fault.${fault}`) });
  };
}
