/** Many clients push at once, each one batch after the other, by `push(rows)`; milliseconds until all have their answers. */
export async function timeStorm({ clients, waiting, rows, document }, push) {
  const batches = Array.from({ length: clients }, (_, client) => batchesOf(client, waiting, rows, document));
  const begun = performance.now();
  await Promise.all(
    batches.map(async (own) => {
      for (const batch of own) await push(batch);
    }),
  );
  return performance.now() - begun;
}

function batchesOf(client, waiting, rows, document) {
  const all = Array.from({ length: waiting }, (_, at) => ({ ...document, id: `client-${client}-${at}` }));
  return Array.from({ length: Math.ceil(waiting / rows) }, (_, at) => all.slice(at * rows, (at + 1) * rows));
}
