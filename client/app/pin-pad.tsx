import { IconBackspace } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PIN_DIGITS } from '../../schema/pin.ts';
import styles from './pin-pad.module.css';

interface PinPadProps {
  /** Whose PIN, in words. */
  readonly label: string;
  /** Called with each whole PIN; what was typed is gone then. */
  readonly onPin: (pin: string) => void;
  /** True while nothing can be typed: it is being checked, or must wait. */
  readonly disabled: boolean;
}

/** Escape closes the window these keys stand in, and none behind it: Mantine's windows leave it alone where this says so. */
export const KEEPS_ESCAPE = { 'data-mantine-stop-propagation': 'true' } as const;

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', 'erase'] as const;

/** Six digits by touch or keyboard. What was typed is never shown, kept or offered to be remembered. */
export function PinPad({ label, onPin, disabled }: PinPadProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // The pad comes where a name was chosen, in an open window: nothing else moves the focus there.
  useEffect(() => field.current?.focus(), []);
  const take = (next: string) => {
    const digits = next.replace(/\D/g, '').slice(0, PIN_DIGITS);
    setTyped(digits.length === PIN_DIGITS ? '' : digits);
    if (digits.length === PIN_DIGITS) onPin(digits);
  };
  const takeKey = (event: KeyboardEvent<HTMLDivElement>) => {
    if (disabled || event.target instanceof HTMLInputElement) return;
    if (/^\d$/.test(event.key)) take(typed + event.key);
    if (event.key === 'Backspace') take(typed.slice(0, -1));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys typed while a digit's button has the focus count too.
    <div className={styles.root} onKeyDown={takeKey} data-testid="pin-pad">
      <label className={styles.label}>
        {label}
        <input
          {...KEEPS_ESCAPE}
          className={styles.field}
          value={typed}
          onChange={(event) => !disabled && take(event.currentTarget.value)}
          readOnly={disabled}
          inputMode="none"
          autoComplete="off"
          aria-label={`${label}. ${t('people.digit')}`}
          data-autofocus
          ref={field}
          data-testid="pin"
        />
      </label>
      <div className={styles.dots} aria-hidden="true">
        {Array.from({ length: PIN_DIGITS }, (_, place) => `dot-${place}`).map((dot, place) => (
          <span key={dot} className={place < typed.length ? styles.full : styles.dot} />
        ))}
      </div>
      <span className="visually-hidden" role="status">
        {typed === '' ? '' : t('people.entered', { count: typed.length })}
      </span>
      <div className={styles.keys}>
        {KEYS.map((key) => (
          <PadKey key={key} name={key} disabled={disabled} onPress={() => take(pressed(typed, key))} />
        ))}
      </div>
    </div>
  );
}

function pressed(typed: string, key: (typeof KEYS)[number]): string {
  return key === 'erase' ? typed.slice(0, -1) : typed + key;
}

interface PadKeyProps {
  readonly name: (typeof KEYS)[number];
  readonly disabled: boolean;
  readonly onPress: () => void;
}

function PadKey({ name, disabled, onPress }: PadKeyProps) {
  const { t } = useTranslation();
  if (name === '') return <span />;
  return (
    <button
      {...KEEPS_ESCAPE}
      type="button"
      className={styles.key}
      disabled={disabled}
      onClick={onPress}
      aria-label={name === 'erase' ? t('people.erase') : name}
    >
      {name === 'erase' ? <IconBackspace size={26} aria-hidden="true" /> : name}
    </button>
  );
}
