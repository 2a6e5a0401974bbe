/** Where the open cart of a slot is kept: one cart per device of this browser. */
export function cartKey(slot: string): string {
  return `laci.cart.${slot}`;
}
