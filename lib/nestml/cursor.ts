import { nearestName } from '../suggest';
import { type Problems, type Span, spanOf } from './source';
import { tabsText, type Token, type TokenKind, tokenText } from './tokens';

/** Deeper blocks would take the stack. */
const DEEPEST = 100;

/** Thrown where a line cannot be read any further; what is wrong has been told. */
class UnreadableLine extends Error {}

/** Goes through the tokens of a text. */
export class Cursor {
  readonly problems: Problems;
  readonly #tokens: readonly Token[];
  #at = 0;
  /** How many blocks are open. */
  #depth = 0;
  /** Whether it has been told that blocks have no `end`. */
  #hasEnds = false;

  constructor(tokens: readonly Token[], problems: Problems) {
    this.#tokens = tokens;
    this.problems = problems;
  }

  get token(): Token {
    return this.#tokens[this.#at]!;
  }

  get next(): Token {
    return this.#tokens[Math.min(this.#at + 1, this.#tokens.length - 1)]!;
  }

  /** The one that was taken last. */
  get last(): Token {
    return this.#tokens[Math.max(this.#at - 1, 0)]!;
  }

  is(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.token.kind);
  }

  take(): Token {
    const { token } = this;
    if (token.kind !== 'end of text') this.#at++;
    return token;
  }

  /** Takes the token if it is of that kind. */
  takeIf(kind: TokenKind): Token | undefined {
    return this.is(kind) ? this.take() : undefined;
  }

  /** @param what What is expected, in words; default: the kind itself. */
  expect(kind: TokenKind, what = `'${kind}'`): Token {
    return this.is(kind) ? this.take() : this.fail(`Expected ${what}`);
  }

  /** Ends the reading of this line with an error at the token. */
  fail(expected: string, { among }: { readonly among?: readonly string[] } = {}): never {
    const { token } = this;
    // What it is has been told.
    if (token.kind === 'unreadable') throw new UnreadableLine();
    const meant = among && token.kind === 'name' ? nearestName(token.text, among) : undefined;
    const tabs = token.kind === 'indent' ? this.#tabs() : '';
    const hint = meant === undefined ? `${tabs}.` : `; did you mean '${meant}'?`;
    this.refuse(token, `${expected}, found ${tokenText(token)}${hint}`, meant);
  }

  /** What is said of tabs where two lines are compared, the one before and this one. */
  #tabs(): string {
    return this.last.isTabbed || this.token.isTabbed ? tabsText : '';
  }

  /** Ends the reading of this line with an error. */
  refuse(span: Span, message: string, suggestion?: string): never {
    this.problems.error(span, message, suggestion);
    throw new UnreadableLine();
  }

  /** The span from a token to the one that was taken last. */
  spanFrom(first: Span): Span {
    return spanOf(first, this.last);
  }

  /** The end of the line, as long as nothing else is on it. */
  endLine(): void {
    if (this.takeIf('end of line') === undefined) this.fail('Expected the end of the line');
  }

  /**
   * The lines of a block: a colon, the end of the line, and what is indented further. Lines that
   * cannot be read are passed over, with what is indented below them.
   * @param what The block, in words.
   */
  block<Line>(what: string, line: () => Line): Line[] {
    if (this.is('end of line') && this.next.kind === 'indent') {
      // Nothing else is missing: what is indented below is read all the same.
      this.problems.error(this.token, `Expected ':' behind ${what}, found the end of line.`);
    } else {
      this.expect(':', `':' behind ${what}`);
    }
    this.endLine();
    if (this.takeIf('indent') === undefined) {
      this.refuse(
        this.last,
        `Nothing is indented below ${what}; a block has at least one line${this.#tabs()}.`,
      );
    }
    if (++this.#depth > DEEPEST) {
      this.refuse(this.last, `Blocks are nested more than ${DEEPEST} times.`);
    }
    const lines = this.lines('dedent', line);
    this.#depth--;
    this.take();
    return lines;
  }

  /** Reads lines up to a token, which is not taken. */
  lines<Line>(end: TokenKind, line: () => Line): Line[] {
    return [...this.eachLine(end, line)];
  }

  /** The same, one by one. */
  *eachLine<Line>(end: TokenKind, line: () => Line): Generator<Line, void, undefined> {
    /** Whether the branches that follow are of an `if` that cannot be read. */
    let isBroken = false;
    while (!this.is(end, 'end of text')) {
      if (this.#passOverEnd()) continue;
      const before = this.#at;
      const open = this.#depth;
      if (this.is('if')) isBroken = false;
      const isLost = isBroken && this.is('elif', 'else');
      try {
        if (isLost) throw new UnreadableLine();
        yield line();
      } catch (error) {
        if (!(error instanceof UnreadableLine)) throw error;
        isBroken ||= this.#tokens[before]!.kind === 'if';
        this.#depth = open;
        this.#passOverLine(before);
        this.#noteNames(before);
      }
    }
  }

  /** NESTML 5.0 to 5.2 closes every block by a word; that is told once. */
  #passOverEnd(): boolean {
    const { token, next } = this;
    if (token.text !== 'end' || token.kind !== 'name' || next.kind !== 'end of line') return false;
    if (!this.#hasEnds) {
      const says = "Since NESTML 5.3 blocks end where the indentation does, without 'end'.";
      this.problems.error(token, says);
    }
    this.#hasEnds = true;
    this.take();
    this.take();
    return true;
  }

  /** Passes over what is left of a line, and over the block below it. */
  #passOverLine(before: number): void {
    // A block may have been left within; its beginning says how deep.
    let depth = 0;
    for (let at = before; at < this.#at; at++) depth += this.#depthOf(at);
    const isBehind = this.#at > before && this.last.kind === 'end of line';
    if (isBehind && depth <= 0 && !this.is('indent')) return;
    while (!this.is('end of text')) {
      const isOuter = depth <= 0 && this.is('dedent');
      if (isOuter) return;
      depth += this.#depthOf(this.#at);
      const { kind } = this.take();
      const isOver = kind === 'end of line' || kind === 'dedent';
      if (isOver && depth <= 0 && !this.is('indent')) return;
    }
  }

  /** What is declared in lines that were passed over is no unknown name elsewhere. */
  #noteNames(before: number): void {
    let isLeft = true;
    for (const { kind, text } of this.#tokens.slice(before, this.#at)) {
      if (kind === 'end of line') isLeft = true;
      else if (['=', '<-', ':', '['].includes(kind)) isLeft = false;
      else if (isLeft && kind === 'name') this.problems.unread.add(text);
    }
  }

  #depthOf(at: number): number {
    const { kind } = this.#tokens[at]!;
    return kind === 'indent' ? 1 : kind === 'dedent' ? -1 : 0;
  }
}
