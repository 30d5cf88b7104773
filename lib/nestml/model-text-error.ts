import { ModelTextError } from '../errors';
import type { ModelTextProblem } from '../model-text-problem';
import { errorsFirst, type Problem, problemsText } from './source';

/** A text, and what is wrong with it. */
export interface FaultyText {
  /** The file that it comes from. */
  readonly file?: string;
  /** What it is called; default: by its file. */
  readonly origin?: string | undefined;
  /** In the order of the text. */
  readonly problems: readonly Problem[];
}

/**
 * The error for texts that cannot be loaded, with all that is wrong with them, warnings too. Its
 * message tells the errors of a text first, its problems are in the order of the text.
 * @internal
 */
export function modelTextError(texts: readonly FaultyText[]): ModelTextError {
  const faulty = texts.filter(({ problems }) => problems.length > 0);
  const [first, ...others] = faulty;
  return new ModelTextError(
    faulty
      .map(({ problems, file, origin = file }) => problemsText(errorsFirst(problems), origin))
      .join('\n'),
    {
      problems: faulty.flatMap(({ problems, file }) =>
        problems.map((problem) => publicProblem(problem, file)),
      ),
      file: others.length === 0 ? first?.file : undefined,
    },
  );
}

function publicProblem(
  { start, end, level, message, suggestion }: Problem,
  file: string | undefined,
): ModelTextProblem {
  return {
    ...(file === undefined ? {} : { file }),
    ...{ line: start.line, column: start.column, endLine: end.line, endColumn: end.column },
    ...{ level, message },
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
