/**
 * Remembers what has the focus, before a window takes it. Gives the way to give it back: at once, and again in the next frame where it was
 * held by something that could not take it yet.
 */
export function holdFocus(): () => void {
  const from = document.activeElement;
  return () => {
    if (!(from instanceof HTMLElement) || from === document.body) return;
    from.focus({ preventScroll: true });
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) from.focus({ preventScroll: true });
    });
  };
}
