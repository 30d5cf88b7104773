import type { CheckedModel } from './checked-model';
import { keyOf } from './scope';
import type { Expression, Variable } from './syntax';
import { expressionsIn } from './walk';

/** What is computed from values, once: each by its name, with where it is declared. */
interface Computed {
  readonly at: Variable['name'];
  readonly value: Expression;
}

/** Tells of values that depend on themselves: initial values, internals, inline expressions. */
export function checkCycles(model: CheckedModel): void {
  const computed = new Map<string, Computed>();
  for (const kind of ['state', 'parameters', 'internals'] as const) {
    for (const { variables, value } of model.declarations(kind)) {
      for (const variable of variables) {
        if (value) computed.set(keyOf(variable), { at: variable.name, value });
      }
    }
  }
  for (const equation of model.equations) {
    if (equation.is !== 'inline') continue;
    computed.set(equation.name.text, { at: equation.name, value: equation.value });
  }
  const done = new Set<string>();
  for (const name of computed.keys()) visit(name, [], computed, done, model);
}

function visit(
  name: string,
  path: readonly string[],
  computed: ReadonlyMap<string, Computed>,
  done: Set<string>,
  model: CheckedModel,
): void {
  const one = computed.get(name);
  if (one === undefined || done.has(name)) return;
  if (path.includes(name)) {
    const cycle = [...path.slice(path.indexOf(name)), name].join(' → ');
    model.problems.error(one.at, `The value of '${name}' depends on itself: ${cycle}.`);
    for (const each of path) done.add(each);
    return;
  }
  for (const tree of expressionsIn(one.value)) {
    if (tree.is === 'variable') visit(keyOf(tree), [...path, name], computed, done, model);
  }
  done.add(name);
}
