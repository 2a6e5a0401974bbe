const ENGINES = ['webkit', 'firefox'] as const;
export type Engine = (typeof ENGINES)[number];

/** The engines that the arguments name, all when they name none. Throws with a sentence for one that is not known. */
export function enginesAsked(args: readonly string[]): readonly Engine[] {
  const unknown = args.find((name) => !(ENGINES as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`There is no engine ${unknown}; there are ${ENGINES.join(' and ')}.`);
  return ENGINES.filter((name) => args.length === 0 || args.includes(name));
}
