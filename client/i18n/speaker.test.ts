import { createInstance } from 'i18next';
import { createElement, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../schema/protocol/error.ts';
import { asI18n } from './as-i18n.ts';
import { createWords, loadMoreWords } from './create-words.ts';
import { words as en } from './en/words.ts';
import { words as id } from './id/words.ts';
import { createSpeaker, type WordTree } from './speaker.ts';

const WORDS: Readonly<Record<Language, object>> = { en, id };

function keysOf(words: WordTree, path = ''): string[] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string' ? [`${path}${name}`] : keysOf(value, `${path}${name}.`),
  );
}

function speaking(language: Language) {
  const speaker = createSpeaker(language, async (wanted) => WORDS[wanted]);
  speaker.add(language, WORDS[language]);
  return speaker;
}

/** A text that tries what a text can, as a name that somebody typed. */
const TYPED = '$& {{name}} $t(shell.skip) <b>&amp;</b> 🍜';

const FILLED = ['Sari', 1_000, 'K1', 0, '', undefined, null];

test.each(LANGUAGES)(
  '[LANG6] each text is what i18next makes of it, whatever fills its places: %s',
  async (language) => {
    const theirs = createInstance();
    await theirs.init({
      lng: language,
      resources: { [language]: { words: WORDS[language] as never } },
      ...{ fallbackLng: false, defaultNS: 'words', ns: ['words'], returnNull: false },
      // What is filled in is not read as words again.
      interpolation: { escapeValue: false, skipOnVariables: true },
      nsSeparator: false,
    });
    const { speak } = speaking(language);
    const places = ['name', 'amount', 'till', 'quantity', 'formatted', 'age', 'date'];
    const keys = keysOf(WORDS[language] as WordTree);
    const asked = [...keys, ...keys.map((key) => key.replace(/_(one|other)$/, '')), 'no.such.key'];
    for (const key of new Set(asked))
      for (const count of [undefined, 0, 1, 2, 1.5, 21, 20_000]) {
        const filled = Object.fromEntries(places.map((place, at) => [place, FILLED[at]]));
        const values = count === undefined ? filled : { ...filled, count };
        expect([key, speak(key, values)]).toEqual([key, theirs.t(key as never, values as never)]);
      }
    expect(keys.length).toBeGreaterThan(2_000);
  },
);

test('[LANG6] what somebody typed is shown letter by letter', () => {
  const speaker = createSpeaker('en', async () => ({}));
  speaker.add('en', { bought: '{{name}} bought {{count}}, {{more}} and {{other}}.' });
  expect(speaker.speak('bought', { name: TYPED, count: 2, more: null })).toBe(`${TYPED} bought 2,  and {{other}}.`);
});

test('[LANG3] of two languages chosen one after the other the later stands, and one whose words do not come changes nothing', async () => {
  const coming = Promise.withResolvers<object>();
  const speaker = createSpeaker('en', (language) => (language === 'id' ? coming.promise : Promise.resolve(en)));
  speaker.add('en', en);
  let changes = 0;
  const stop = speaker.onChange(() => {
    changes += 1;
  });
  const late = speaker.change('id');
  await speaker.change('en');
  coming.resolve(id);
  await late;
  expect([speaker.language(), changes]).toEqual(['en', 0]);
  await speaker.change('id');
  stop();
  await speaker.change('en');
  expect([speaker.language(), changes]).toEqual(['en', 1]);
  const offline = createSpeaker('en', () => Promise.reject(new Error('offline')));
  await expect(offline.change('id')).rejects.toThrow('offline');
  expect(offline.language()).toBe('en');
});

function Greeting(): ReactNode {
  const { t, i18n } = useTranslation();
  return createElement('p', null, t('printing.more', { count: 2 }), i18n.language, String(i18n.exists('shell.skip')));
}

test('[LANG6] react-i18next speaks by it, in each language, the words that come later too', async () => {
  const words = asI18n(speaking('en'));
  const shown = () => renderToString(createElement(I18nextProvider, { i18n: words }, createElement(Greeting)));
  expect(shown().replaceAll('<!-- -->', ' ')).toBe('<p>and 2 more en true</p>');
  await words.changeLanguage('id');
  expect(shown()).toContain('id');
  expect(shown()).not.toContain('more');
  const began = await createWords('id');
  expect(began.exists('manage.promotions.sentence.all')).toBe(false);
  await loadMoreWords();
  expect(began.t('manage.promotions.sentence.all' as never)).toBe(
    asI18n(speaking('id')).t('manage.promotions.sentence.all' as never),
  );
});
