import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldConflict } from '../../schema/edit.ts';
import { differingKeys } from '../../schema/merge-by-key.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { OwnEdit } from '../device/device.ts';
import { type FieldWriter, whoWrote } from '../device/who-wrote.ts';
import { Panel } from '../ui/panel.tsx';
import styles from './conflicts-screen.module.css';
import { useDocName } from './use-doc-name.ts';
import { useFieldText } from './use-field-text.ts';

type Side = 'mine' | 'theirs';
type Choice = Readonly<Record<string, Side>>;

/** One conflict: each field with what it was, what was wished here and what the server has; a person chooses field by field. */
export function ConflictCard({ edit }: { edit: OwnEdit }) {
  const { t } = useTranslation();
  const { company } = useDevice();
  const docName = useDocName();
  const format = useFormat();
  const people = useLive(company.people);
  const conflicts = edit.verdict?.conflicts ?? [];
  const writers = useWriters(edit);
  const [choice, setChoice] = useState<Choice>({});
  const decide = useDecide(edit);
  const all = (side: Side) => Object.fromEntries(conflicts.map(({ field }) => [field, side]));
  const person = people.find((one) => one.person === edit.person)?.name ?? edit.person;
  return (
    <Panel title={docName.name(edit)} testId="conflict">
      <p className={styles.soft}>{t('office.conflicts.who', { person, date: format.dateTime(edit.at) })}</p>
      {conflicts.map((conflict) => (
        <FieldChoice
          key={conflict.field}
          conflict={conflict}
          writer={writers?.get(conflict.field)}
          chosen={choice[conflict.field] ?? null}
          onChoose={(side) => setChoice({ ...choice, [conflict.field]: side })}
        />
      ))}
      <div className={styles.buttons}>
        <Button
          disabled={conflicts.some(({ field }) => choice[field] === undefined)}
          onClick={() => void decide(choice)}
          data-testid="decide"
        >
          {t('office.conflicts.decide')}
        </Button>
        <Button variant="default" onClick={() => void decide(all('mine'))} data-testid="keep-mine">
          {t('office.conflicts.keepMine')}
        </Button>
        <Button variant="default" onClick={() => void decide(all('theirs'))} data-testid="take-theirs">
          {t('office.conflicts.takeTheirs')}
        </Button>
      </div>
    </Panel>
  );
}

/** Who wrote what the server has, by field; asked again when the connection is back. */
function useWriters({ editId, docId, verdict }: OwnEdit): ReadonlyMap<string, FieldWriter> | undefined {
  const { masterData, sync } = useDevice();
  const { connection } = useLive(sync.status);
  return useLoaded(() => whoWrote(masterData.auditNow, docId, verdict?.conflicts ?? []), `${editId} ${connection}`);
}

/** Decides, and says what became of it or why not. */
function useDecide(edit: OwnEdit): (choice: Choice) => Promise<void> {
  const { t } = useTranslation();
  const { office } = useDevice();
  const say = useSay();
  return async (choice) => {
    const answer = await office.settleConflict(edit.editId, choice);
    if (answer.ok)
      say({ tone: 'info', text: t(answer.value === null ? 'office.conflicts.took' : 'office.conflicts.sent') });
    else if (answer.error !== 'no-conflict') say({ tone: 'warning', text: t(`office.products.fault.${answer.error}`) });
  };
}

interface FieldChoiceProps {
  readonly conflict: FieldConflict;
  /** Undefined where nobody can tell. */
  readonly writer: FieldWriter | undefined;
  readonly chosen: Side | null;
  readonly onChoose: (side: Side) => void;
}

function FieldChoice({ conflict: { field, ...values }, writer, chosen, onChoose }: FieldChoiceProps) {
  const { t } = useTranslation();
  const fieldText = useFieldText();
  const [base, mine, theirs] = differingKeys(field, [values.base, values.mine, values.theirs]);
  return (
    <Radio.Group
      className={styles.field ?? ''}
      label={fieldText.name(field)}
      description={t('office.conflicts.was', { value: fieldText.value(field, base) })}
      value={chosen}
      onChange={(value) => onChoose(value as Side)}
    >
      <div className={styles.sides}>
        {(['mine', 'theirs'] as const).map((side) => (
          <Radio.Card key={side} value={side} className={styles.side ?? ''} data-testid={`${side}-${field}`}>
            <span className={styles.mark}>
              <Radio.Indicator aria-hidden="true" />
              <span>
                <span className={styles.soft}>{t(`office.conflicts.${side}`)}</span>
                <b className="num">{fieldText.value(field, side === 'mine' ? mine : theirs)}</b>
                {side === 'theirs' && writer && <Writer writer={writer} field={field} />}
              </span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}

function Writer({ writer: { person, till, at }, field }: { writer: FieldWriter; field: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const people = useLive(useDevice().company.people);
  const name = people.find((one) => one.person === person)?.name ?? person;
  return (
    <span className={`${styles.soft} num`} data-testid={`writer-${field}`}>
      {t('office.conflicts.writer', { person: name, till, date: format.dateTime(at) })}
    </span>
  );
}
