import type { CheckedModel } from '../checked-model';
import { keyOf } from '../scope';
import type { Span } from '../source';

/**
 * What the comments say that stand behind declarations, in their last line: by the names of the
 * variables, inline expressions and ports.
 */
export function descriptionsOf(model: CheckedModel, text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n');
  const commentBehind = ({ end }: Span): string => {
    const rest = (lines[end.line - 1] ?? '').slice(end.column - 1);
    return /^[^#]*#+\s*(.*?)\s*$/.exec(rest)?.[1] ?? '';
  };
  const declarations = [...model.declarations('state'), ...model.declarations('parameters')];
  const inlines = model.equations.filter((equation) => equation.is === 'inline');
  return new Map([
    ...declarations.flatMap((one) =>
      one.variables.map((variable) => [keyOf(variable), commentBehind(one)] as const),
    ),
    ...[...inlines, ...model.ports].map((one) => [one.name.text, commentBehind(one)] as const),
  ]);
}
