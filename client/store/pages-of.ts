/** Asked for with the first page, and taken apart a page at a time, so that no screen waits for all. */
export function* pagesOf<Doc>(documents: () => Iterable<Doc>, size: number): Iterable<readonly Doc[]> {
  let page: Doc[] = [];
  for (const document of documents()) {
    page.push(document);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
