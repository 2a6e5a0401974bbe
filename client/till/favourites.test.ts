import { expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { FAVOURITES_MAX, openFavourites } from './favourites.ts';

function createTexts() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const id = (name: string) => name as ProductId;

test('[CAT6] favourites keep their order over a reload, each device its own; a second mark takes the first away', () => {
  const texts = createTexts();
  const marked = openFavourites({ texts, slot: 'K1' });
  for (const name of ['teh', 'kopi', 'teh', 'air']) marked.toggle(id(name));
  expect(openFavourites({ texts, slot: 'K1' }).products.get()).toEqual(['kopi', 'air']);
  expect(openFavourites({ texts, slot: 'K2' }).products.get()).toEqual([]);
});

test('[CAT6] there are no more than a few screens of them, and what cannot be read is none', () => {
  const texts = createTexts();
  const marked = openFavourites({ texts, slot: 'K1' });
  const answers = Array.from({ length: FAVOURITES_MAX + 1 }, (_, index) => marked.toggle(id(`p${index}`)));
  expect(answers.filter(Boolean)).toHaveLength(FAVOURITES_MAX);
  for (const text of ['{', '{"a":1}', '[1]', 'null']) {
    texts.setItem('laci.favourites.K3', text);
    expect(openFavourites({ texts, slot: 'K3' }).products.get()).toEqual([]);
  }
});
