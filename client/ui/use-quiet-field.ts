import { type HTMLAttributes, useState } from 'react';

type QuietField = Required<Pick<HTMLAttributes<HTMLInputElement>, 'inputMode' | 'onPointerDown' | 'onBlur'>>;

/**
 * For a field that gets the focus by itself: no keyboard opens on the screen, over what could be touched instead, before a finger touches
 * the field. A real keyboard types into it at once.
 */
export function useQuietField(keyboard: 'numeric' | 'decimal' | 'search'): QuietField {
  const [touched, setTouched] = useState(false);
  return {
    inputMode: touched ? keyboard : 'none',
    onPointerDown: () => setTouched(true),
    onBlur: () => setTouched(false),
  };
}
