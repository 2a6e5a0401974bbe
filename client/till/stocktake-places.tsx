import { ActionIcon, Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../schema/ids.ts';
import type { Result } from '../../schema/result.ts';
import type { CountedLine, CountResult } from '../../schema/stock/stocktake.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLive } from '../app/use-live.ts';
import type { HoldFault } from '../device/drafts.ts';
import type { Sheet, SheetPlace } from '../device/stocktakes.ts';
import { SHEET_NOTES_MAX, SHEET_PLACE_MAX } from '../drafts/sheet-draft.ts';
import styles from './stocktake-screen.module.css';
import { useSayFault } from './use-say-fault.ts';

/** Where is counted and by whom, notes, and the end of the sheet. What others change meanwhile joins it. */
interface StocktakePlacesProps {
  readonly sheet: Sheet;
  readonly results: readonly CountResult[];
  readonly onGone: () => void;
}

export function StocktakePlaces({ sheet, results, onGone }: StocktakePlacesProps) {
  const { t } = useTranslation();
  const { stocktakes } = useDevice();
  const say = useSay();
  const told = useTold();
  const discard = async () => {
    if (!(await told(stocktakes.discard(sheet.id)))) return;
    const action = { label: t('stocktake.undo'), act: () => void told(stocktakes.restore(sheet.id)) };
    say({ tone: 'info', text: t('stocktake.discarded'), action });
    onGone();
  };
  return (
    <div className={styles.part}>
      <AddPlace sheet={sheet} />
      {sheet.places.length > 0 && (
        <ul className={`${styles.card} ${styles.list}`}>
          {sheet.places.map((place) => (
            <PlaceRow key={place.key} sheet={sheet} place={place} counts={countsAt(results, place.name)} />
          ))}
        </ul>
      )}
      <Notes key={sheet.notes} sheet={sheet} />
      <div className={styles.buttons}>
        <Button
          variant="default"
          onClick={() => void told(stocktakes.setClosed(sheet.id, sheet.closed === null))}
          data-testid="sheet-close"
        >
          {t(sheet.closed ? 'stocktake.reopen' : 'stocktake.close')}
        </Button>
        <Button variant="default" color="red" onClick={() => void discard()}>
          {t('stocktake.discard')}
        </Button>
      </div>
    </div>
  );
}

/** What all devices counted at a place, as far as they met. */
function countsAt(results: readonly CountResult[], name: string): readonly CountedLine[] {
  return results.flatMap(({ counts }) => counts).filter(({ place }) => place === name);
}

/** True when it was written; otherwise says why not. */
function useTold(): (done: Promise<Result<null, HoldFault>>) => Promise<boolean> {
  const sayFault = useSayFault();
  return async (done) => {
    const written = await done;
    if (!written.ok) sayFault(written.error);
    return written.ok;
  };
}

function AddPlace({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation();
  const { stocktakes } = useDevice();
  const told = useTold();
  const [name, setName] = useState('');
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '' && (await told(stocktakes.addPlace(sheet.id, name)))) setName('');
  };
  return (
    <form className={styles.foot} onSubmit={(event) => void add(event)} noValidate>
      <TextInput
        label={t('stocktake.placeName')}
        value={name}
        maxLength={SHEET_PLACE_MAX}
        onChange={(event) => setName(event.currentTarget.value)}
        size="lg"
        autoComplete="off"
        data-testid="place-name"
      />
      <Button type="submit" size="lg" data-testid="place-add">
        {t('stocktake.addPlace')}
      </Button>
    </form>
  );
}

interface PlaceRowProps {
  readonly sheet: Sheet;
  readonly place: SheetPlace;
  readonly counts: readonly CountedLine[];
}

function PlaceRow({ sheet, place, counts }: PlaceRowProps) {
  const { t } = useTranslation();
  const { stocktakes, company } = useDevice();
  const say = useSay();
  const told = useTold();
  const people = useLive(company.people);
  const counters = [
    ...new Set(counts.map(({ person }) => people.find((one) => one.person === person)?.name ?? person)),
  ];
  const remove = async () => {
    if (!(await told(stocktakes.removePlace(sheet.id, place.key)))) return;
    const action = { label: t('stocktake.undo'), act: () => void told(stocktakes.addPlace(sheet.id, place.name)) };
    say({ tone: 'info', text: t('stocktake.removed', { name: place.name }), action });
  };
  return (
    <li className={styles.row} data-testid="place">
      <span className={styles.what}>
        {place.name}
        <span className={`${styles.soft} num`} data-testid="place-progress">
          {t('stocktake.progress', { count: counts.length })}
          {counts.length > 0 && ` · ${counters.join(', ')}`}
        </span>
      </span>
      <NativeSelect
        aria-label={`${t('stocktake.who')}: ${place.name}`}
        data={[
          { value: '', label: t('stocktake.nobody') },
          ...people.map(({ person, name }) => ({ value: person, label: name })),
        ]}
        value={place.person ?? ''}
        onChange={(event) => {
          const person = event.currentTarget.value as PersonId | '';
          void told(stocktakes.assign(sheet.id, place.key, person === '' ? null : person));
        }}
      />
      <ActionIcon aria-label={t('stocktake.removePlace', { name: place.name })} onClick={() => void remove()}>
        <IconX size={20} />
      </ActionIcon>
    </li>
  );
}

function Notes({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation();
  const { stocktakes } = useDevice();
  const say = useSay();
  const told = useTold();
  const [text, setText] = useState(sheet.notes);
  const save = async () => {
    if (await told(stocktakes.note(sheet.id, text))) say({ tone: 'info', text: t('stocktake.notesSaved') });
  };
  return (
    <div className={styles.notes}>
      <Textarea
        label={t('stocktake.notes')}
        value={text}
        maxLength={SHEET_NOTES_MAX}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
      />
      <Button variant="default" onClick={() => void save()} disabled={text === sheet.notes}>
        {t('stocktake.saveNotes')}
      </Button>
    </div>
  );
}
