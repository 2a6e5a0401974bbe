/** About what a line of a sale takes as JSON, and what stands around the lines. */
const [LINE_BYTES, HEAD_BYTES] = [260, 900];

/** About what a sale of so many lines takes on the disk. */
export const saleBytes = (lines: number) => HEAD_BYTES + lines * LINE_BYTES;
