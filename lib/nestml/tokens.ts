import type { Span } from './source';

/** Words that are no names. */
export const keywords = [
  ...['model', 'state', 'parameters', 'internals', 'equations', 'input', 'output', 'update'],
  ...['function', 'onReceive', 'onCondition', 'if', 'elif', 'else', 'for'],
  ...['while', 'in', 'step', 'return', 'inline', 'recordable', 'kernel', 'integer', 'real'],
  ...['string', 'boolean', 'void', 'spike', 'continuous', 'inhibitory', 'excitatory', 'and', 'or'],
  ...['not', 'inf'],
] as const;
export type Keyword = (typeof keywords)[number];

export const booleans: ReadonlySet<string> = new Set(['true', 'True', 'false', 'False']);

const known: ReadonlySet<string> = new Set([...keywords, ...booleans]);

/** Whether a word is one of the language, which names nothing. */
export const isKeyword = (word: string): boolean => known.has(word);

/** Signs; of those that begin alike the longer ones come first. */
export const signs = [
  ...['...', '[[', ']]', '<-', '<<', '>>', '<=', '>=', '==', '!=', '<>', '+=', '-=', '*=', '/='],
  ...['**', '::', '(', ')', '[', ']', '+', '-', '*', '/', '%', '~', '|', '^', '&', '<', '>', '='],
  ...[',', '?', ':', ';', "'", '@'],
] as const;
export type Sign = (typeof signs)[number];

/** What a token is: a word or sign of the language, or one of these. */
export type TokenKind =
  | Keyword
  | Sign
  | 'name'
  | 'integer literal'
  | 'real literal'
  | 'boolean literal'
  | 'string literal'
  /** What is none; it has been told. */
  | 'unreadable'
  /** A comma behind which the line ends: what follows goes on with it. */
  | 'joining comma'
  | 'end of line'
  | 'indent'
  | 'dedent'
  | 'end of text';

export interface Token extends Span {
  readonly kind: TokenKind;
  /** As it is written. */
  readonly text: string;
  /** Whether the indentation of its line has a tab. */
  readonly isTabbed: boolean;
}

/** Columns between places that a tab goes to. */
export const TAB = 8;

/** Behind what is said of indentations where one of them has a tab. */
export const tabsText = `; tabs count as ${TAB} columns`;

/** How an error names a token. */
export function tokenText({ kind, text }: Token): string {
  if (kind === 'end of line' || kind === 'end of text') return `the ${kind}`;
  if (kind === 'indent') return 'a line that is indented further';
  if (kind === 'dedent') return 'the end of the block';
  return `'${text}'`;
}
