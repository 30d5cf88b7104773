import { quoted } from '../suggest';
import { constantOf, type Values } from './constants';
import { kindText, type NamedThing } from './scope';
import type { Problems } from './source';
import type { Variable } from './syntax';

// Vectors, and one of their elements.

/** Why a variable cannot stand as it is written, with or without an index. */
export function elementRefusal(
  { kind, isVector }: NamedThing,
  { name, index }: Variable,
  { elements }: { readonly elements?: NamedThing },
): string | undefined {
  if (isVector && index === undefined && elements === undefined) {
    return `'${name.text}' is a vector; one of it is ${name.text}[0], say.`;
  }
  if (isVector || index === undefined) return undefined;
  return `'${name.text}' is ${kindText(kind)} and no vector; it has no index.`;
}

/** Checks that there is such an element, and that vectors of one equation are of one size. */
export function checkElements(
  { name, size }: NamedThing,
  tree: Variable,
  around: {
    readonly elements?: NamedThing;
    readonly problems: Problems;
    readonly values: Values;
  },
): void {
  const { elements, problems, values } = around;
  const count = values.sizeOf(size);
  if (count === undefined) return;
  if (tree.index === undefined) {
    const wanted = values.sizeOf(elements?.size);
    if (wanted === undefined || wanted === count) return;
    const sizes = `${quoted(name)} has ${count} elements, and ${quoted(elements!.name)} has ${wanted}`;
    problems.error(tree, `Vectors of one equation are of one size; ${sizes}.`);
    return;
  }
  const index = constantOf(tree.index);
  if (typeof index !== 'number' || !Number.isInteger(index)) return;
  if (index >= 0 && index < count) return;
  const allowed = count === 1 ? '0' : `0 to ${count - 1}`;
  problems.error(tree.index, `${quoted(name)} has no element ${index}, only ${allowed}.`);
}
