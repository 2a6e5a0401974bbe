/** Moves the focus to the first field that says what is wrong with it, once that is drawn: on a phone it may be out of sight. */
export function focusFirstFault(form: HTMLElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
