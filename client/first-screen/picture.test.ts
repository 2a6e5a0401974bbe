import { expect, test } from 'vitest';
import { drawAgain } from './picture.ts';
import { takePicture } from './take-picture.ts';

/** As much of an element as pictures touch; there is no browser here. */
class FakeElement {
  readonly nodeType = 1;
  readonly localName: string;
  readonly childNodes: (FakeElement | TextNode)[];
  readonly given: Record<string, string>;

  constructor(localName: string, given: Record<string, string> = {}, ...childNodes: (FakeElement | TextNode)[]) {
    this.localName = localName;
    this.given = given;
    this.childNodes = childNodes;
  }

  get children(): FakeElement[] {
    return this.childNodes.filter((node) => node instanceof FakeElement);
  }
  get attributes() {
    return Object.entries(this.given).map(([name, value]) => ({ name, value }));
  }
  contains(other: unknown): boolean {
    return other === this || this.children.some((child) => child.contains(other));
  }
  hasAttribute(name: string): boolean {
    return name in this.given;
  }
  getAttribute(name: string): string | null {
    return this.given[name] ?? null;
  }
  setAttribute(name: string, value: string): void {
    this.given[name] = value;
  }
  append(...nodes: (FakeElement | TextNode)[]): void {
    this.childNodes.push(...nodes);
  }
}

interface TextNode {
  readonly nodeType: 3;
  readonly nodeValue: string;
}

const text = (nodeValue: string): TextNode => ({ nodeType: 3, nodeValue });
const fakeDocument = {
  createElement: (name: string) => new FakeElement(name),
  createElementNS: (_space: string, name: string) => new FakeElement(name),
  createTextNode: text,
} as unknown as Document;

const HOSTILE = '</span><img src=x onerror=alert(1)><style>*{display:none}</style>';

/** A screen of one tile, between a search and a bar of what passes. */
function takenScreen(name: string) {
  const stock = new FakeElement('span', { 'data-testid': 'stock', class: 'plain' }, text('Stock 54'));
  const add = new FakeElement(
    'button',
    { id: 'b1', 'data-product': 'p1', 'data-product-tile': '0', tabindex: '0', onclick: 'x()' },
    new FakeElement('span', { class: 'name' }, text(name)),
    stock,
  );
  const list = new FakeElement('ul', {}, new FakeElement('li', {}, add, new FakeElement('button', { class: 'info' })));
  const search = new FakeElement(
    'div',
    {},
    new FakeElement('input', { 'data-search-field': '', role: 'search', class: 'in' }),
  );
  const passing = new FakeElement('section', { 'data-passing': '' }, text('Offline'));
  const root = new FakeElement(
    'div',
    {},
    new FakeElement('style', {}, text(':root{}')),
    new FakeElement('div', {}, search, list, passing),
  );
  const message = new FakeElement('div', { 'aria-live': 'polite' }, text('said'));
  root.append(message);
  return takePicture({ root, list, pieces: () => 2 } as unknown as Parameters<typeof takePicture>[0]);
}

test('[LOAD10] a picture holds tiles that can be touched, and around them what can only be looked at', () => {
  const info = ['button', { class: 'info', tabindex: '-1' }];
  const add = [
    'button',
    { 'data-product': 'p1', tabindex: '0', 'data-testid': 'product-tile', 'data-pieces': '2' },
    ['span', { class: 'name' }, 'Kopi'],
    ['span', { class: 'plain' }, ['span', { class: 'num' }, '\u00a0']],
  ];
  expect(takenScreen('Kopi')).toEqual([
    ['style', {}, ':root{}'],
    [
      'div',
      {},
      ['div', { inert: '' }, ['input', { class: 'in' }]],
      ['ul', {}, ['li', {}, add, info]],
      ['section', { 'data-passing': '', inert: '' }],
    ],
  ]);
});

test('[LOAD10] a name that would be markup stays text, through the picture and what is drawn of it', () => {
  const kept = JSON.parse(JSON.stringify(takenScreen(HOSTILE))) as ReturnType<typeof takenScreen>;
  const drawn = kept.map((one) => drawAgain(fakeDocument, one) as unknown as FakeElement);
  const all = (node: FakeElement): FakeElement[] => [node, ...node.children.flatMap(all)];
  const elements = drawn.flatMap(all);
  expect(elements.map(({ localName }) => localName)).not.toContain('img');
  expect(elements.flatMap(({ given }) => Object.keys(given)).filter((name) => name.startsWith('on'))).toEqual([]);
  const name = elements.find(({ given }) => given.class === 'name');
  expect(name?.childNodes).toEqual([text(HOSTILE)]);
});
