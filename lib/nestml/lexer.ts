import type { Place, Problems, Span } from './source';
import type { Steps } from './steps';
import {
  booleans,
  isKeyword,
  type Keyword,
  type Sign,
  signs,
  TAB,
  tabsText,
  type Token,
  type TokenKind,
} from './tokens';

const patterns = {
  blank: /[ \t\r]+/y,
  comment: /#[^\n]*/y,
  continuation: /\\[ \t\r]*\n/y,
  word: /[A-Za-z_$][\w$]*/y,
  // `0...3` is a number and three dots; the e of `3 e` is a name.
  number: /(?:\d+\.(?!\.\.)\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?/y,
  string: /"(?:\\.|[^\\\n"])*"/y,
  documentation: /"""[^]*?"""/y,
  // Blanks of Unicode, and characters that show nothing.
  oddBlank: /((?! )[\f\v\p{Z}\p{Cf}])\1*/uy,
  joining: /,(?:[ \t\r]*(?:#[^\n]*)?\n)+/y,
};

/** How far a block is indented. */
interface Indent {
  readonly columns: number;
  /** Whether its first line has a tab there. */
  readonly isTabbed: boolean;
}

/** Words of lines below which others are indented. */
const blockWords: ReadonlySet<string> = new Set([
  ...['model', 'neuron', 'synapse', 'state', 'parameters', 'internals', 'equations', 'input'],
  ...['output', 'update', 'function', 'onReceive', 'onCondition', 'if', 'elif', 'else', 'for'],
  'while',
]);

/** Signs of other languages, and the words that stand for them. */
const words: Readonly<Record<string, Keyword>> = { '&&': 'and', '||': 'or', '!': 'not' };

/**
 * Cuts a text into tokens. Lines that are empty, or comments only, give none; others end with an
 * `end of line`, and `indent` and `dedent` stand where the indentation changes.
 */
export function tokensOf(text: string, problems: Problems): Steps<Token[]> {
  return new Lexer(text, problems).tokens();
}

class Lexer {
  readonly #text: string;
  readonly #problems: Problems;
  readonly #tokens: Token[] = [];
  /** Of the blocks that are open. */
  readonly #indents: Indent[] = [{ columns: 0, isTabbed: false }];
  /** Whether the indentation of the line has a tab. */
  #isTabbed = false;
  #at = 0;
  /** Whether a line begins here, and not one that goes on with another. */
  #isFresh = true;
  #line = 1;
  /** Where the line begins. */
  #lineStart = 0;
  /** Whether it has been told how comments begin. */
  #hasSlashes = false;

  constructor(text: string, problems: Problems) {
    // A mark of the byte order is no character of the text.
    this.#text = text.startsWith('\uFEFF') ? text.slice(1) : text;
    this.#problems = problems;
  }

  *tokens(): Steps<Token[]> {
    while (this.#at < this.#text.length) {
      if (this.#isFresh) {
        this.#beginLine();
        yield;
      } else {
        this.#token();
        // A line may be as long as the text.
        if (this.#tokens.length % 1000 === 0) yield;
      }
    }
    this.#endLine();
    const here = this.#spanFrom(this.#place());
    while (this.#indents.length > 1) {
      this.#indents.pop();
      this.#push('dedent', '', here);
    }
    this.#push('end of text', '', here);
    return this.#tokens;
  }

  #place(): Place {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  #spanFrom(start: Place): Span {
    return { start, end: this.#place() };
  }

  #push(kind: TokenKind, text: string, { start, end }: Span): void {
    this.#tokens.push({ kind, text, start, end, isTabbed: this.#isTabbed });
  }

  /** What the pattern finds here; it is behind it then. */
  #taken(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    const lines = found.split('\n').length - 1;
    if (lines > 0) {
      this.#line += lines;
      this.#lineStart = this.#at - (found.length - found.lastIndexOf('\n') - 1);
    }
    return found;
  }

  /** The indentation of a line that is neither empty nor a comment. */
  #beginLine(): void {
    const start = this.#place();
    const from = this.#at;
    do this.#taken(/[ \t]+/y);
    while (this.#oddBlank());
    const indentation = this.#text.slice(from, this.#at);
    const next = this.#text[this.#at];
    if (next === undefined) return;
    this.#isFresh = false;
    if (next === '\r' || next === '\n' || next === '#' || this.#slashes()) {
      this.#taken(/[^\n]*\n?/y);
      this.#isFresh = true;
      return;
    }
    this.#isTabbed = indentation.includes('\t');
    let columns = 0;
    for (const blank of indentation) columns += blank === '\t' ? TAB - (columns % TAB) : 1;
    this.#indent(columns, this.#spanFrom(start));
    this.#token();
  }

  #indent(columns: number, span: Span): void {
    const indents = this.#indents;
    if (columns > indents.at(-1)!.columns) {
      indents.push({ columns, isTabbed: this.#isTabbed });
      this.#push('indent', '', span);
      return;
    }
    while (columns < indents.at(-1)!.columns) {
      const inner = indents.pop()!;
      if (columns > indents.at(-1)!.columns) {
        this.#misplaced(columns, span, inner);
        // A line that has no lines below it is taken to go on with the block before it.
        if (!this.#beginsBlock()) {
          indents.push(inner);
          return;
        }
      }
      this.#push('dedent', '', span);
    }
  }

  #misplaced(columns: number, span: Span, inner: Indent): void {
    const allowed = this.#indents.map((one) => one.columns).join(', ');
    const isTabbed = this.#isTabbed || [...this.#indents, inner].some((one) => one.isTabbed);
    const is = `The line is indented by ${columns} columns, the blocks around it by ${allowed}`;
    this.#problems.error(span, `${is}${isTabbed ? tabsText : ''}.`);
  }

  #beginsBlock(): boolean {
    patterns.word.lastIndex = this.#at;
    return blockWords.has(patterns.word.exec(this.#text)?.[0] ?? '');
  }

  #endLine(): void {
    const last = this.#tokens.at(-1)?.kind;
    if (last === undefined || ['end of line', 'indent', 'dedent'].includes(last)) return;
    this.#push('end of line', '', this.#spanFrom(this.#place()));
  }

  #token(): void {
    if (this.#taken(patterns.blank) ?? this.#taken(patterns.comment)) return;
    if (this.#taken(patterns.continuation) ?? this.#slashes()) return;
    if (this.#oddBlank()) return;
    if (this.#text[this.#at] === '\n') {
      this.#endLine();
      this.#taken(/\n/y);
      this.#isFresh = true;
      return;
    }
    const start = this.#place();
    const token = this.#literal() ?? this.#word() ?? this.#sign();
    if (token === undefined) this.#refuse(start);
    else if (token.kind !== undefined) this.#push(token.kind, token.text, this.#spanFrom(start));
  }

  /** Blanks that are none of NESTML; what is around them is read all the same. */
  #oddBlank(): boolean {
    const start = this.#place();
    const found = this.#taken(patterns.oddBlank);
    if (found === undefined) return false;
    const says = `There is no ${codeText(found)} in NESTML; write a plain blank.`;
    this.#problems.error(this.#spanFrom(start), says);
    return true;
  }

  /** A comment as of other languages, up to the end of its line. */
  #slashes(): string | undefined {
    const start = this.#place();
    const sign = this.#taken(/\/\//y);
    if (sign === undefined) return undefined;
    const span = this.#spanFrom(start);
    if (!this.#hasSlashes) this.#problems.error(span, 'Comments begin with #, and not with //.');
    this.#hasSlashes = true;
    this.#taken(/[^\n]+/y);
    return sign;
  }

  #literal(): { readonly kind: TokenKind | undefined; readonly text: string } | undefined {
    // Models of NESTML before 8.1 have their documentation in front of them.
    const documentation = this.#taken(patterns.documentation);
    if (documentation !== undefined) return { kind: undefined, text: documentation };
    if (this.#text.startsWith('"""', this.#at)) return this.#openDocumentation();
    const string = this.#taken(patterns.string);
    if (string !== undefined) return { kind: 'string literal', text: string };
    const number = this.#taken(patterns.number);
    if (number === undefined) return undefined;
    return { kind: /^\d+$/.test(number) ? 'integer literal' : 'real literal', text: number };
  }

  /** A documentation that does not end takes all that follows. */
  #openDocumentation(): { readonly kind: TokenKind; readonly text: string } {
    const start = this.#place();
    this.#at += 3;
    this.#problems.error(this.#spanFrom(start), 'The text in """ does not end.');
    this.#taken(/[^]*/y);
    return { kind: 'unreadable', text: '' };
  }

  #word(): { readonly kind: TokenKind; readonly text: string } | undefined {
    const text = this.#taken(patterns.word);
    if (text === undefined) return undefined;
    if (booleans.has(text)) return { kind: 'boolean literal', text };
    return { kind: isKeyword(text) ? (text as Keyword) : 'name', text };
  }

  #sign(): { readonly kind: TokenKind; readonly text: string } | undefined {
    if (this.#taken(patterns.joining) !== undefined) return { kind: 'joining comma', text: ',' };
    const isHere = (one: string): boolean => this.#text.startsWith(one, this.#at);
    const sign = signs.find(isHere);
    const foreign = sign === '!=' ? undefined : Object.entries(words).find(([one]) => isHere(one));
    if (foreign !== undefined) return this.#foreign(...foreign);
    if (sign === undefined) return undefined;
    this.#at += sign.length;
    return { kind: sign satisfies Sign, text: sign };
  }

  /** A sign of another language, which is read as the word that stands for it. */
  #foreign(sign: string, word: Keyword): { readonly kind: TokenKind; readonly text: string } {
    const start = this.#place();
    this.#at += sign.length;
    const says = `There is no '${sign}' in NESTML; write ${word}.`;
    this.#problems.error(this.#spanFrom(start), says, word);
    return { kind: word, text: word };
  }

  #refuse(start: Place): void {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at)!);
    // Of several in a row the first tells enough.
    while (this.#text.startsWith(character, this.#at)) this.#at += character.length;
    if (character === '"') {
      this.#taken(/[^\n]*/y);
      this.#problems.error(this.#spanFrom(start), 'The text in quotes does not end in its line.');
      this.#push('unreadable', '', this.#spanFrom(start));
      return;
    }
    const hint =
      character === '\\' ? 'a line goes on in the next one only where it ends with \\' : undefined;
    this.#problems.error(
      this.#spanFrom(start),
      `There is no '${character}' in NESTML${hint === undefined ? '' : `; ${hint}`}.`,
    );
    this.#push('unreadable', character, this.#spanFrom(start));
  }
}

/** Characters that look like blanks, or like nothing. */
const blankNames: Readonly<Record<number, string>> = {
  ...{ 0x0b: 'vertical tab', 0x0c: 'form feed', 0xa0: 'no-break space', 0xad: 'soft hyphen' },
  ...{ 0x20_0b: 'zero-width space', 0x20_2f: 'narrow no-break space', 0x30_00: 'wide space' },
  ...{ 0xfe_ff: 'mark of the byte order' },
};

/** `U+00A0 (no-break space)` */
function codeText(text: string): string {
  const code = text.codePointAt(0)!;
  const name = blankNames[code];
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}${name ? ` (${name})` : ''}`;
}
