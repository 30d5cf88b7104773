import { quoted } from '../suggest';
import type { CheckedModel } from './checked-model';
import { keyOf, kindText, type NamedThing, type Scope } from './scope';
import type { Equation, Expression, Variable } from './syntax';
import { dimensionOf, isNumeric, perTime, quantityOf, REAL, type Type, typeName } from './types';
import { expressionsIn, expressionsOfBlocks } from './walk';

type Kernel = Equation & { readonly is: 'kernel' };

/** A kernel: functions of the time since a spike, or equations that are solved together. */
export function checkKernel(model: CheckedModel, kernel: Kernel): void {
  const equations = kernel.parts.filter(({ variable }) => variable.order > 0);
  const own = equations.length > 0 ? ownStates(model, equations) : undefined;
  for (const { variable, value } of kernel.parts) {
    if (variable.order === 0) checkFunction(model, value);
    else checkEquation(model, variable, value, own!);
    checkDelta(model, value, variable.order === 0);
  }
}

/** Why a kernel cannot depend on something: it is one function for all spikes. */
const refuses = (thing: NamedThing): string | undefined => {
  if (['parameter', 'internal', 'constant'].includes(thing.kind)) return undefined;
  return `A kernel cannot depend on '${thing.name}', ${kindText(thing.kind)}.`;
};

function checkFunction(model: CheckedModel, value: Expression): void {
  const given = model.types.check(value, model.around('kernel', { refuses }));
  const isPlain = given === undefined || given.is === 'real' || given.is === 'integer';
  if (isPlain) return;
  const says =
    given.is === 'quantity' ? 'has no unit, which is written at convolve' : 'is a number';
  model.problems.error(value, `A kernel ${says}; this is ${typeName(given)}.`);
}

/** delta is no value: it is the kernel. */
function checkDelta({ problems }: CheckedModel, value: Expression, isFunction: boolean): void {
  for (const tree of expressionsIn(value)) {
    if (tree.is !== 'call' || tree.name.text !== 'delta') continue;
    if (isFunction && tree === value) continue;
    problems.error(
      tree,
      'delta is all of a kernel: k = delta(t); factors are written at convolve.',
    );
  }
}

/** The states of a kernel are values within it; those that are missing are told. */
function ownStates(model: CheckedModel, equations: Kernel['parts']): Scope {
  const { problems, scope } = model;
  const inner = model.innerScope();
  const seen = new Set<string>();
  for (const { variable } of equations) {
    const name = variable.name.text;
    if (seen.has(name)) {
      problems.error(variable, `'${name}' has an equation already.`);
      continue;
    }
    seen.add(name);
    const keys = Array.from({ length: variable.order }, (_, order) =>
      keyOf({ name: variable.name, order }),
    );
    const missing = keys.filter((key) => scope.find(key) === undefined);
    if (missing.length > 0 && !problems.unread.has(name)) {
      const values = `initial value${missing.length > 1 ? 's' : ''}`;
      const names = missing.map((key) => `${quoted(key)}`).join(', ');
      problems.error(
        variable,
        `The kernel '${name}' needs the ${values} ${names} among the states.`,
      );
    }
    // Of several, others than those that are convolved can have a unit.
    const base = equations.length > 1 ? (scope.find(name)?.type ?? REAL) : REAL;
    keys.forEach((key, order) => {
      const type = perTime(base, order);
      checkInitial(model, scope.find(key), type);
      inner.declare({ name: key, kind: 'local', type, isVector: false, declared: undefined });
    });
  }
  return inner;
}

function checkInitial(
  { problems }: CheckedModel,
  initial: NamedThing | undefined,
  wanted: Type,
): void {
  if (initial?.declared === undefined || initial.type === undefined) return;
  const { name, type, isVector, declared } = initial;
  if (isVector) {
    problems.error(declared, `${name} is of a kernel, which is no vector.`);
  } else if (typeName(type) !== typeName(wanted)) {
    const types = `${typeName(wanted)}; it is declared as ${typeName(type)}`;
    problems.error(declared, `${name} of a kernel is ${types}.`);
  }
}

function checkEquation(
  model: CheckedModel,
  variable: Variable,
  value: Expression,
  scope: Scope,
): void {
  const around = model.around('kernel', {
    scope,
    refuses: (thing) => {
      if (thing.kind === 'local') return undefined;
      const isTime = thing.kind === 'constant' && thing.name === 't';
      return isTime ? "An equation of a kernel cannot depend on 't', the time." : refuses(thing);
    },
  });
  const base = scope.find(variable.name.text)?.type;
  const wanted = base && perTime(base, variable.order);
  const given = model.types.check(value, around);
  if (wanted === undefined || given === undefined) return;
  if (isNumeric(given) && typeName(quantityOf(dimensionOf(given))) === typeName(wanted)) return;
  model.problems.error(
    value,
    `${keyOf(variable)} is ${typeName(wanted)}; this is ${typeName(given)}.`,
  );
}

/** Warns of kernels that nothing is convolved with. */
export function checkKernelUse(model: CheckedModel): void {
  const used = new Set<string>();
  for (const tree of expressionsOfBlocks(model.text.blocks)) {
    if (tree.is !== 'call' || tree.name.text !== 'convolve') continue;
    const [kernel] = tree.arguments;
    if (kernel?.is === 'variable') used.add(kernel.name.text);
  }
  for (const equation of model.equations) {
    if (equation.is !== 'kernel') continue;
    const isSystem = equation.parts.some(({ variable }) => variable.order > 0);
    const names = equation.parts.map(({ variable }) => variable.name.text);
    if (isSystem && names.some((name) => used.has(name))) continue;
    for (const { variable } of isSystem ? equation.parts.slice(0, 1) : equation.parts) {
      const name = variable.name.text;
      if (used.has(name)) continue;
      model.problems.warning(variable, `The kernel '${name}' is not used: no convolve takes it.`);
    }
  }
}
