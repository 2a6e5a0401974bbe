/** A document with an id, and whatever else it holds: no validator runs on either side. */
export const BENCH_SCHEMA = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 60 } },
};
