/** Does an act for each document, one after the other; milliseconds for each. */
export async function timeEach(documents, act) {
  const ms = [];
  for (const document of documents) {
    const begun = performance.now();
    await act(document);
    ms.push(performance.now() - begun);
  }
  return ms;
}
