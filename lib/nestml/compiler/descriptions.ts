import type { CheckedModel } from '../checked-model';
import { keyOf } from '../scope';
import type { Span } from '../source';

/**
 * What comments say of declarations, by the names of the variables, inline expressions and ports: the
 * comment behind a declaration, in its last line; where there is none, those directly above it.
 */
export function descriptionsOf(model: CheckedModel, text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n');
  const commentOf = (span: Span): string => commentBehind(lines, span) || commentAbove(lines, span);
  const declarations = [...model.declarations('state'), ...model.declarations('parameters')];
  const inlines = model.equations.filter((equation) => equation.is === 'inline');
  return new Map([
    ...declarations.flatMap((one) =>
      one.variables.map((variable) => [keyOf(variable), commentOf(one)] as const),
    ),
    ...[...inlines, ...model.ports].map((one) => [one.name.text, commentOf(one)] as const),
  ]);
}

/** What the comments directly above a model say of it; nothing where there are none. */
export const descriptionOf = (model: CheckedModel, text: string): string =>
  commentAbove(text.split('\n'), model.text);

function commentBehind(lines: readonly string[], { end }: Span): string {
  const rest = (lines[end.line - 1] ?? '').slice(end.column - 1);
  return /^[^#]*#+\s*(.*?)\s*$/.exec(rest)?.[1] ?? '';
}

/** Of lines that are comments alone, without an empty line between. Rows of signs say nothing. */
function commentAbove(lines: readonly string[], { start }: Span): string {
  const found: string[] = [];
  for (let at = start.line - 2; at >= 0; at--) {
    const comment = /^\s*#+\s*(.*?)\s*$/.exec(lines[at]!)?.[1];
    if (comment === undefined) break;
    if (/[\p{L}\p{N}]/u.test(comment)) found.unshift(comment);
  }
  return found.join(' ');
}
