/** What is made when it is first asked for, and kept; what it was made of is let go. */
export type WhenAsked<Value> = () => Value;

export function whenAsked<Value>(make: () => Value): WhenAsked<Value> {
  let unmade: (() => Value) | null = make;
  let made: Value;
  return () => {
    if (unmade) {
      made = unmade();
      unmade = null;
    }
    return made;
  };
}
