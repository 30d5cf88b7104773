/** A place in a text: lines and columns count from 1, and columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A stretch of a text. */
export interface Span {
  readonly start: Place;
  /** Behind its last character. */
  readonly end: Place;
}

/** From where one begins to where another ends. */
export const spanOf = (first: Span, last: Span): Span => ({ start: first.start, end: last.end });

/** Something wrong with a text. */
export interface Problem extends Span {
  /** `warning`: the text can be loaded all the same. */
  readonly level: 'error' | 'warning';
  /** A sentence without the place. */
  readonly message: string;
  /** The name that was probably meant. */
  readonly suggestion?: string;
}

/** Most problems of a text that are told. */
const MOST = 20;

/** Collects what is wrong with a text, so that all of it is told at once. */
export class Problems {
  readonly #found: Problem[] = [];
  /** What has been told: the same is told once. */
  readonly #told = new Set<string>();
  /** Names that stand where something is declared, in lines that cannot be read. */
  readonly unread = new Set<string>();

  /** In the order of the text. */
  get all(): readonly Problem[] {
    const after = (a: Place, b: Place): number => a.line - b.line || a.column - b.column;
    return [...this.#found].sort((a, b) => after(a.start, b.start));
  }

  /** Whether there are so many that looking for what was meant would take long, and help nobody. */
  get areMany(): boolean {
    return this.#found.length >= MOST;
  }

  get hasErrors(): boolean {
    return this.#found.some(({ level }) => level === 'error');
  }

  error(span: Span, message: string, suggestion?: string): void {
    this.#add('error', span, message, suggestion);
  }

  warning(span: Span, message: string, suggestion?: string): void {
    this.#add('warning', span, message, suggestion);
  }

  #add(level: Problem['level'], { start, end }: Span, message: string, suggestion?: string): void {
    const said = `${start.line}:${start.column} ${level} ${message}`;
    if (this.#told.has(said)) return;
    this.#told.add(said);
    this.#found.push({ ...{ level, start, end, message }, ...(suggestion && { suggestion }) });
  }
}

/** Errors before warnings, each in their order. */
export const errorsFirst = (problems: readonly Problem[]): Problem[] => [
  ...problems.filter(({ level }) => level === 'error'),
  ...problems.filter(({ level }) => level === 'warning'),
];

/** `neuron.nestml:3:7: error: …`, a line each; where not all have room, errors have it first. */
export function problemsText(problems: readonly Problem[], file?: string): string {
  const shown = new Set(errorsFirst(problems).slice(0, MOST));
  const lines = problems
    .filter((one) => shown.has(one))
    .map(({ start, level, message }) => {
      const place = `${file === undefined ? '' : `${file}:`}${start.line}:${start.column}`;
      return `${place}: ${level}: ${message}`;
    });
  const left = problems.length - MOST;
  return [...lines, ...(left > 0 ? [`… and ${left} more`] : [])].join('\n');
}
