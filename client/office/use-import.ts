import { useRef, useState } from 'react';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import type { EditFault, ProductChange } from '../device/master-data.ts';
import type { BadRow, FileFault, ImportPlan } from '../sheet/plan-import.ts';
import { askSheet } from './ask-sheet.ts';
import { branchesIn } from './use-branches.ts';
import { changesBack, writeChanges } from './write-changes.ts';

/** Where an import stands. */
export type ImportState =
  | { readonly step: 'begin' }
  | { readonly step: 'reading'; readonly name: string }
  | { readonly step: 'fault'; readonly text: `catalogue.import.file.${FileFault}` | 'catalogue.import.broken' }
  | { readonly step: 'planned'; readonly plan: ImportPlan }
  | { readonly step: 'writing'; readonly done: number; readonly all: number }
  | {
      readonly step: 'written';
      readonly done: number;
      readonly all: number;
      readonly fault: EditFault | 'stopped' | null;
      readonly bad: readonly BadRow[];
      /** What takes it back; null for what was taken back. */
      readonly back: readonly ProductChange[] | null;
    };

/** An import from the file to the edits, and back. */
export function useImport() {
  const { masterData, catalogue, company } = useDevice();
  const rules = useLive(company.rules);
  const [state, setState] = useState<ImportState>({ step: 'begin' });
  const stopped = useRef(false);
  /** What is read counts up to here: an answer to an earlier file, or one that nobody waits for any more, is none. */
  const reading = useRef(0);
  const begin = () => {
    reading.current += 1;
    setState({ step: 'begin' });
  };
  const read = async (file: File) => {
    if (rules === undefined) return;
    reading.current += 1;
    const turn = reading.current;
    setState({ step: 'reading', name: file.name });
    const answer = await askSheet({
      what: 'plan',
      bytes: new Uint8Array(await file.arrayBuffer()),
      products: catalogue.all(),
      currency: rules.currency,
      taxes: rules.taxes.map(({ id, name }) => ({ id, name })),
      taxId: rules.taxes[0]?.id ?? '',
      idStem: masterData.newId(),
      branches: branchesIn(company.all.get()).map(({ branch }) => branch),
    });
    if (turn !== reading.current) return;
    if (answer?.what === 'plan') setState({ step: 'planned', plan: answer.plan });
    else if (answer?.what === 'fault') setState({ step: 'fault', text: `catalogue.import.file.${answer.fault}` });
    else setState({ step: 'fault', text: 'catalogue.import.broken' });
  };
  const apply = async (
    changes: readonly ProductChange[],
    back: readonly ProductChange[] | null,
    bad: readonly BadRow[],
  ) => {
    const all = changes.length;
    stopped.current = false;
    setState({ step: 'writing', done: 0, all });
    const written = await writeChanges(
      masterData,
      changes,
      (done) => setState({ step: 'writing', done, all }),
      () => stopped.current,
    );
    setState({ step: 'written', ...written, all, bad, back: back?.slice(0, written.done) ?? null });
  };
  return {
    state,
    begin,
    read: (file: File) => void read(file),
    write: () => {
      if (state.step !== 'planned') return;
      const { changes, bad } = state.plan;
      void apply(changes, changesBack(changes, catalogue.edited), bad);
    },
    stop: () => {
      stopped.current = true;
    },
    undo: () => {
      if (state.step === 'written' && state.back) void apply(state.back, null, []);
    },
  };
}
