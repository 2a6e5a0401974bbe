import type { BenchResult, Summary } from './statistics.ts';

const [WIDTH, NAMES, ROW, TOP] = [720, 150, 36, 48] as const;
const BARS = WIDTH - NAMES - 170;

/** A result as a picture: one bar per contender as long as its median, a line to its p95, and our ratio to each peer. SVG text. */
export function chartOf({ name, unit, ours, peers, ratios }: BenchResult): string {
  const all: [string, Summary, number | undefined][] = [
    ['ours', ours, undefined],
    ...Object.entries(peers).map(([peer, figures]): [string, Summary, number | undefined] => [
      peer,
      figures,
      ratios[peer],
    ]),
  ];
  const most = Math.max(...all.map(([, { median, p95 }]) => Math.max(median, p95)), Number.MIN_VALUE);
  const height = TOP + all.length * ROW + 12;
  const rows = all.map(([label, figures, ratio], index) =>
    bar(TOP + index * ROW, { label, ...figures, ratio, most, unit }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="13">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="12" y="28" font-size="16" fill="#16211f">${plainText(name)}, ${unit}: median, and a line to p95</text>`,
    ...rows,
    '</svg>',
  ].join('\n');
}

interface Bar extends Summary {
  readonly label: string;
  readonly ratio: number | undefined;
  readonly most: number;
  readonly unit: string;
}

function bar(y: number, { label, median, p95, ratio, most }: Bar): string {
  const length = (value: number) => Math.max(1, Math.round((value / most) * BARS));
  const said = ratio === undefined ? '' : `, ours is ${ratio} of it`;
  const end = NAMES + Math.max(length(median), length(p95)) + 8;
  return [
    `<text x="${NAMES - 8}" y="${y + 17}" text-anchor="end" fill="#16211f">${plainText(label)}</text>`,
    `<rect x="${NAMES}" y="${y + 4}" width="${length(median)}" height="18" fill="${ratio === undefined ? '#0b6e63' : '#9aa8a5'}"/>`,
    `<line x1="${NAMES}" x2="${NAMES + length(p95)}" y1="${y + 13}" y2="${y + 13}" stroke="#16211f"/>`,
    `<text x="${end}" y="${y + 17}" fill="#16211f">${median}${plainText(said)}</text>`,
  ].join('\n');
}

function plainText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
