import { Textarea } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { holdsCardNumber } from '../../schema/card-number.ts';
import { isKey } from '../app/keys.ts';

interface NoteFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (note: string) => void;
  readonly lengthMax: number;
  readonly autoFocus?: boolean;
}

/** Free text. A card number in it is told while it stands there, and the form does not take it. */
export function NoteField({ label, value, onChange, lengthMax, autoFocus }: NoteFieldProps) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={pressNote}
      maxLength={lengthMax}
      autosize
      minRows={1}
      maxRows={4}
      size="md"
      error={holdsCardNumber(value) ? t('sell.fault.card') : null}
      data-autofocus={autoFocus || undefined}
      data-testid="note"
    />
  );
}

/** Enter takes the note, as in every other field; with Shift it begins another line. */
function pressNote(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (!isKey('take', event) || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
