// Texts that were changed at random give errors, never anything else, whatever they are.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { check } from '../../lib/nestml/check';
import { type Place, Problems } from '../../lib/nestml/source';
import { keywords, signs } from '../../lib/nestml/tokens';
import { seeds, timeout } from '../fuzz/budget';

const texts = ['texts', 'models'].flatMap((folder) =>
  readdirSync(path.join(__dirname, folder)).map((name) =>
    readFileSync(path.join(__dirname, folder, name), 'utf8'),
  ),
);

/** Numbers in [0, below), the same for a seed (Lehmer's generator). */
function numbers(seed: number): (below: number) => number {
  let state = (seed % 2_147_483_646) + 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const pieces = [
  ...keywords,
  ...signs,
  '\n',
  '\n    ',
  '\\\n',
  '"',
  '"""',
  '#',
  '§',
  '0',
  '1e9',
  'x',
];

/** A text with some of it taken away, doubled, or put in. */
function changed(draw: (below: number) => number): string {
  let text = texts[draw(texts.length)]!;
  for (let changes = 1 + draw(6); changes > 0; changes--) {
    const at = draw(text.length);
    const to = Math.min(text.length, at + draw(20));
    const piece = draw(2) === 0 ? pieces[draw(pieces.length)]! : text.slice(at, to);
    text = text.slice(0, at) + piece + text.slice(draw(3) === 0 ? at : to);
  }
  return text;
}

const isAfter = (a: Place, b: Place): boolean =>
  a.line > b.line || (a.line === b.line && a.column > b.column);

test(
  'are read or refused',
  () => {
    for (const seed of seeds('changed NESTML texts')) {
      const text = changed(numbers(seed));
      const problems = new Problems();
      const models = check(text, problems);
      const lines = text.split('\n').map((line) => line.length);
      for (const { start, end, message } of problems.all) {
        const isWithin = start.line <= lines.length && start.column <= lines[start.line - 1]! + 1;
        if (!isWithin || isAfter(start, end) || !/[.?]$/.test(message)) {
          throw new Error(`seed ${seed}: ${JSON.stringify({ start, end, message })}\n${text}`);
        }
      }
      expect(models.length).toBeLessThanOrEqual(text.split(/model|neuron|synapse/).length);
    }
  },
  timeout,
);

test('however deep or long they are', () => {
  const deep = Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i + 4)}if a:\n`).join('');
  const long = `model m:\n  update:\n${'    x = 1 + 2 * (3 - y)\n'.repeat(20_000)}`;
  const wide = `model m:\n  update:\n    x = 1${' + 1'.repeat(20_000)}\n`;
  const signed = `model m:\n  update:\n    x = ${'- '.repeat(20_000)}1\n`;
  const many = (of: string, line: (i: number) => string): string =>
    `model m:\n  ${of}:\n${Array.from({ length: 10_000 }, (_, i) => `    ${line(i)}\n`).join('')}`;
  const units = ['**2', '*mV', '/(ms'].map((more) => `x mV${more.repeat(20_000)} = 1`);
  const texts = [
    ...[`model m:\n  update:\n${deep}`, long, wide, signed, '('.repeat(50_000)],
    ...units.map((unit) => `model m:\n  state:\n    ${unit}\n`),
    many('state', () => `x${"'".repeat(200)} real = 1`),
    // Chains and circles of as many names as there are lines.
    many('parameters', (i) => `p${i} real = p${i + 1}`),
    many('internals', (i) => `p${i} real = p${(i + 1) % 10_000}`),
    many('equations', (i) => `inline p${i} real = p${i + 1}`),
    many('input', (i) => `p${i % 9_999} <- ${i % 2 === 0 ? 'excitatory ' : ''}spike`),
  ];
  for (const text of texts) {
    const problems = new Problems();
    expect(() => check(text, problems)).not.toThrow();
    expect(problems.hasErrors).toBe(true);
  }
});
