/** A document as it came over the wire and passed its shape: fields that this version does not know are kept. */
export type PulledDoc = Readonly<Record<string, unknown>>;
