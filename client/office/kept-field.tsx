import { TextInput, type TextInputProps } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { isKey } from '../app/keys.ts';

interface KeptFieldProps extends Pick<TextInputProps, 'className' | 'label' | 'inputMode' | 'maxLength' | 'disabled'> {
  /** What it says while nobody types. */
  readonly text: string;
  readonly name: string;
  /** Why what is typed cannot be kept; null where it can. */
  readonly fault: (typed: string) => string | null;
  readonly keep: (typed: string) => Promise<unknown>;
  readonly testId?: string;
}

/** A field that is kept when it is left, or with Enter. What others change shows in it, but never under the hands of whoever types. */
export function KeptField({ text, name, fault, keep, testId, ...input }: KeptFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const error = typed === null ? null : fault(typed);
  const leave = () => {
    if (typed === null || error !== null) return;
    // What was typed since stays.
    void keep(typed).then(() => setTyped((now) => (now === typed ? null : now)));
  };
  const press = (event: KeyboardEvent) => {
    if (!isKey('take', event)) return;
    event.preventDefault();
    leave();
  };
  return (
    <TextInput
      {...input}
      aria-label={name}
      value={typed ?? text}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={leave}
      onKeyDown={press}
      autoComplete="off"
      error={error}
      data-testid={testId}
    />
  );
}
