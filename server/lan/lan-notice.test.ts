import { expect, test } from 'vitest';
import { lanNotice } from './lan-notice.ts';

const notice = {
  trustUrl: 'http://192.168.1.5:4780/trust',
  httpsUrl: 'https://192.168.1.5:4781',
  fingerprint: Array.from({ length: 32 }, (_, place) => (place + 16).toString(16).toUpperCase()).join(':'),
  isTerminal: false,
};

test('[LAN13] the terminal shows a code, both addresses and the whole fingerprint', async () => {
  const text = await lanNotice(notice);
  expect(text).toContain(notice.trustUrl);
  expect(text).toContain(notice.httpsUrl);
  expect(text.match(/[█▀▄]/g)?.length).toBeGreaterThan(150);
  expect(text.replace(/\n {2}(?=[0-9A-F]{2}:)/g, ':')).toContain(notice.fingerprint);
});

test('[LAN13] a terminal gets the code dark on white, a log file without colours', async () => {
  expect(await lanNotice(notice)).not.toContain('\u001b');
  const lines = (await lanNotice({ ...notice, isTerminal: true })).split('\n').filter((line) => /[█▀▄]/.test(line));
  for (const line of lines) expect(line.startsWith('\u001b[30;107m') && line.endsWith('\u001b[0m')).toBe(true);
});
