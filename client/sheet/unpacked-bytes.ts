/** Where a zip archive's list of files ends, and how each of them begins there (APPNOTE.TXT, 4.3). */
const [END, FILE] = [0x06054b50, 0x02014b50];
const [END_BYTES, FILE_BYTES] = [22, 46];
/** The comment behind the end has at most so many bytes. */
const COMMENT_BYTES_MAX = 65_535;

/**
 * What a zip archive says that its files come to, in bytes; null for what is none. A few kilobytes may come to gigabytes, and a browser that
 * makes room for them ends with everything in it. Nobody unpacks more of a file than stands here.
 */
export function unpackedBytes(bytes: Uint8Array<ArrayBuffer>): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  let [at, sum] = [view.getUint32(end + 16, true), 0];
  for (let n = 0; n < count; n += 1) {
    if (at + FILE_BYTES > end || view.getUint32(at, true) !== FILE) return null;
    sum += view.getUint32(at + 24, true);
    at += FILE_BYTES + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return sum;
}

function endOf(view: DataView): number | null {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= 0 && at >= last - COMMENT_BYTES_MAX; at -= 1)
    if (view.getUint32(at, true) === END) return at;
  return null;
}
