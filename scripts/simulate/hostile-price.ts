/** A price that only a thief asks for. */
export const HOSTILE_PRICE = 666_666;
