/** Answers by what was asked. Where there are `max` of them all go: what is asked for again is soon there again. */
export class Kept<Key, Value> {
  readonly #values = new Map<Key, Value>();
  readonly #max: number;
  /** Rises with everything that may make an answer under way an old one. */
  #changes = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** What is kept, or what `ask` says. */
  now(key: Key, ask: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined || this.#values.has(key)) return known as Value;
    const value = ask();
    this.set(key, value);
    return value;
  }

  async of(key: Key, ask: () => Promise<Value>): Promise<Value> {
    const known = this.#values.get(key);
    if (known !== undefined || this.#values.has(key)) return known as Value;
    const before = this.#changes;
    const value = await ask();
    if (before === this.#changes) this.set(key, value);
    return value;
  }

  get(key: Key): Value | undefined {
    return this.#values.get(key);
  }

  set(key: Key, value: Value): void {
    if (this.#values.size >= this.#max) this.#values.clear();
    this.#values.set(key, value);
  }

  /** Runs what changes an answer; then it is `next`, unless that is not known or more changed meanwhile. */
  async change<Done>(key: Key, act: () => Promise<Done>, next?: Value): Promise<Done> {
    this.drop(key);
    const before = this.#changes;
    const done = await act();
    if (next !== undefined && before === this.#changes) this.set(key, next);
    return done;
  }

  drop(key: Key): void {
    this.#changes += 1;
    this.#values.delete(key);
  }

  clear(): void {
    this.#changes += 1;
    this.#values.clear();
  }
}
