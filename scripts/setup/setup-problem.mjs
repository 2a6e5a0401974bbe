/** Something that a person has to put right. Its message is one or two plain sentences, shown without a stack. */
export class SetupProblem extends Error {
  /** @override */
  name = 'SetupProblem';
}
