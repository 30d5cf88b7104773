import { elementRefusal } from './elements';
import type { Scope } from './scope';
import type { Problems, Span } from './source';
import type { Expression, StringLiteral, Variable } from './syntax';
import { expressionsIn } from './walk';

// Texts that are printed: a name in braces stands for its value.

/** Functions whose argument is such a text. */
export const printing: ReadonlySet<string> = new Set(['print', 'println', 'info', 'warning']);

/** A name with its primes, and its index in a vector. */
const named = /\{\s*([A-Za-z_$][\w$]*)('*)(?:\[(\d+)\])?\s*\}/g;

/** Tells of names in braces that there are not. */
export function checkText(
  tree: Expression,
  { scope, problems }: { readonly scope: Scope; readonly problems: Problems },
): void {
  for (const text of expressionsIn(tree)) {
    if (text.is !== 'string') continue;
    for (const { variable, braces } of variablesIn(text)) {
      const thing = scope.resolve({ ...variable, ...braces });
      const refusal = thing && elementRefusal(thing, variable, {});
      if (refusal !== undefined) problems.error(braces, refusal);
    }
  }
}

/** The names in braces of a text, as variables. */
function* variablesIn({ value, content }: StringLiteral): Generator<{
  readonly variable: Variable;
  readonly braces: Span;
}> {
  for (const { 0: whole, 1: name = '', 2: primes = '', 3: at, index } of value.matchAll(named)) {
    const { line, column } = content.start;
    const place = (offset: number): Span['start'] => ({ line, column: column + index + offset });
    const braces = { start: place(0), end: place(whole.length) };
    const element = { is: 'number', value: Number(at), isInteger: true, unit: undefined } as const;
    yield {
      braces,
      variable: {
        ...{ is: 'variable', name: { text: name, ...braces }, order: primes.length },
        ...{ index: at === undefined ? undefined : { ...element, ...braces }, ...braces },
      },
    };
  }
}
