// Texts for tests of what is wrong with them, and what is told.
import { check } from '../../lib/nestml/check';
import { Problems, problemsText } from '../../lib/nestml/source';

/** What is told of a text, a line each. */
export function told(text: string): string {
  const problems = new Problems();
  check(text, problems);
  return problemsText(problems.all);
}

/** What there is in blocks that a test does not write. */
const surroundings: Readonly<Record<string, readonly string[]>> = {
  state: ['x real = 0', 'u mV = -70 mV', 'i integer = 0', 'ok boolean = true', 'v[3] real = 0'],
  parameters: ['q real = 2', 'tau ms = 10 ms', 'count integer = 3', 'E mV = -65 mV'],
  internals: ['P real = exp(-resolution() / tau)'],
  input: ['sp <- spike', 'many[2] <- spike', 'I pA <- continuous'],
  output: ['spike'],
};

/** A block: its name and its lines. */
export type BlockText = readonly [name: string, ...lines: readonly string[]];

export const blockText = ([name, ...lines]: BlockText): string =>
  `  ${name}:\n${lines.map((line) => `    ${line}\n`).join('')}`;

/** A model that begins with these blocks, the first from line 2 on; others are as above. */
export function modelText(...blocks: readonly BlockText[]): string {
  const given = new Set(blocks.map(([name]) => name));
  const others = Object.entries(surroundings).filter(([name]) => !given.has(name));
  const all = [...blocks, ...others.map(([name, lines]): BlockText => [name, ...lines])];
  return `model m_neuron:\n${all.map(blockText).join('')}`;
}

/** A text, or the blocks that it begins with. */
export type TextOf = string | readonly BlockText[];
/** A text, and the lines that are told of it. */
export type WrongText = readonly [text: TextOf, ...says: readonly string[]];

/** The lines that are told of a text. */
export function toldOf(text: TextOf): string[] {
  const says = told(typeof text === 'string' ? text : modelText(...text));
  return says === '' ? [] : says.split('\n');
}
