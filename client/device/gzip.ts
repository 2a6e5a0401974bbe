/** A text in UTF-8, compressed by the platform (Compression Streams, in every browser since 2023 and in Node). */
export async function gzipText(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The same where the platform has it. */
export function platformGzip(): { readonly gzip?: typeof gzipText } {
  return typeof CompressionStream === 'undefined' ? {} : { gzip: gzipText };
}
