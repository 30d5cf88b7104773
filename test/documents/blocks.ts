import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.join(__dirname, '..', '..');

/** Documents for readers, from the package's root. */
export const documents: readonly string[] = [
  ...['README.md', 'CONTRIBUTING.md', 'benchmarks/RESULTS.md', 'benchmarks/SCALING.md'],
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name}`)
    .filter((name) => name.endsWith('.md'))
    .sort(),
];

export const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** A block of code in a document. */
export interface Block {
  readonly file: string;
  /** Line of the document, from 1, in which it begins. */
  readonly line: number;
  /** What stands behind the three ticks: `ts`, `ts continued`, `sh`, `text`. */
  readonly kind: string;
  readonly text: string;
}

export function blocksOf(file: string): Block[] {
  const text = textOf(file);
  return [...text.matchAll(/^```([^\n`]*)\n([^]*?)^```$/gm)].map((match) => ({
    file,
    line: text.slice(0, match.index).split('\n').length,
    kind: match[1]!.trim(),
    text: match[2]!,
  }));
}

/** A program that a document shows, and what the document says that it prints. */
export interface Program {
  /** `docs/api.md:48` */
  readonly name: string;
  readonly text: string;
  readonly prints: string;
}

/**
 * The programs of a document: `ts` begins one, `ts continued` goes on with it, `text` is what has
 * been printed since the text before.
 */
export function programsOf(file: string): Program[] {
  const programs: Program[] = [];
  for (const { kind, text, line } of blocksOf(file)) {
    const last = programs.at(-1);
    if (kind === 'ts') programs.push({ name: `${file}:${line}`, text, prints: '' });
    else if (!last) continue;
    else if (kind === 'ts continued') {
      programs.splice(-1, 1, { ...last, text: `${last.text}\n${text}` });
    } else if (kind === 'text') programs.splice(-1, 1, { ...last, prints: last.prints + text });
  }
  return programs;
}
