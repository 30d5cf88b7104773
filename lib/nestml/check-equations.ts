import type { CheckedModel } from './checked-model';
import { keyOf, kindText, type NamedThing } from './scope';
import type { Equation } from './syntax';
import { dimensionOf, isNumeric, quantityOf, REAL, type Type, typeName } from './types';
import { powerOf, productOf, unitNamed } from './units';

type Ode = Equation & { readonly is: 'ode' };
type Inline = Equation & { readonly is: 'inline' };
type Kernel = Equation & { readonly is: 'kernel' };

const TIME = unitNamed('ms')!.dimension;

/** The type of a derivative. */
const perTime = (type: Type, order: number): Type =>
  quantityOf(productOf(dimensionOf(type), powerOf(TIME, order), -1));

/** The equations block: each equation by itself, and what they need besides. */
export function checkEquations(model: CheckedModel): void {
  const seen = new Set<string>();
  for (const equation of model.equations) {
    if (equation.is === 'ode') checkOde(model, equation, seen);
    else if (equation.is === 'inline') checkInline(model, equation);
    else checkKernel(model, equation);
  }
}

function checkOde(model: CheckedModel, { variable, value }: Ode, seen: Set<string>): void {
  const { problems, scope } = model;
  const name = variable.name.text;
  if (seen.has(name)) problems.error(variable, `'${name}' has an equation already.`);
  seen.add(name);
  if (variable.order === 0) {
    problems.error(variable, `An equation is of a derivative: ${name}' = ….`);
  }
  const state = scope.find(name);
  if (state !== undefined && state.kind !== 'state') {
    problems.error(variable, `'${name}' is ${kindText(state.kind)}; only states have equations.`);
  }
  const needed = Array.from({ length: Math.max(variable.order, 1) }, (_, order) => order);
  for (const order of needed) {
    const key = keyOf({ name: variable.name, order });
    if (scope.find(key) !== undefined) continue;
    problems.error(
      variable,
      `The equation of '${keyOf(variable)}' needs '${key}' among the states.`,
    );
  }
  const given = model.types.check(value, model.around('equation', { equationOf: name }));
  if (given === undefined || state?.type === undefined || !isNumeric(state.type)) return;
  const wanted = perTime(state.type, variable.order);
  const isRight = isNumeric(given) && typeName(wanted) === typeName(quantityOf(dimensionOf(given)));
  if (isRight) return;
  problems.error(value, `${keyOf(variable)} is ${typeName(wanted)}; this is ${typeName(given)}.`);
}

function checkInline(model: CheckedModel, { name, value }: Inline): void {
  const type = model.scope.find(name.text)?.type;
  model.checkValue(name.text, type, value, model.around('equation'));
}

/** Why a kernel cannot depend on something: it is one function for all spikes. */
const kernelRefuses = (thing: NamedThing): string | undefined => {
  const isFixed = ['parameter', 'internal', 'constant'].includes(thing.kind);
  if (isFixed) return undefined;
  return `A kernel cannot depend on '${thing.name}', ${kindText(thing.kind)}.`;
};

function checkKernel(model: CheckedModel, { parts }: Kernel): void {
  for (const { variable, value } of parts) {
    if (variable.order > 0) {
      checkKernelEquation(model, parts, variable, value);
      continue;
    }
    const given = model.types.check(value, model.around('kernel', { refuses: kernelRefuses }));
    const isPlain = given === undefined || given.is === 'real' || given.is === 'integer';
    if (isPlain) continue;
    model.problems.error(
      value,
      `A kernel has no unit, which is written at convolve; this is ${typeName(given)}.`,
    );
  }
}

/** Its own states, and those of the equations it stands with, are values within it. */
function checkKernelEquation(
  model: CheckedModel,
  parts: Kernel['parts'],
  variable: Kernel['parts'][number]['variable'],
  value: Kernel['parts'][number]['value'],
): void {
  checkKernelStates(model, variable);
  const inner = model.innerScope();
  for (const part of parts) {
    for (let order = 0; order < part.variable.order; order++) {
      const key = keyOf({ name: part.variable.name, order });
      inner.declare({
        name: key,
        kind: 'local',
        type: perTime(REAL, order),
        isVector: false,
        declared: undefined,
      });
    }
  }
  const isOwn = (thing: NamedThing): boolean => thing.kind === 'local';
  const around = model.around('kernel', {
    scope: inner,
    refuses: (thing) => (isOwn(thing) ? undefined : kernelRefuses(thing)),
  });
  model.checkValue(keyOf(variable), perTime(REAL, variable.order), value, around);
}

/** The initial values of a kernel's equation. */
function checkKernelStates(
  { problems, scope }: CheckedModel,
  variable: Kernel['parts'][number]['variable'],
): void {
  const name = variable.name.text;
  for (let order = 0; order < variable.order; order++) {
    const key = keyOf({ name: variable.name, order });
    const wanted = perTime(REAL, order);
    const initial = scope.find(key);
    if (initial === undefined) {
      problems.error(
        variable,
        `The kernel '${name}' needs the initial value '${key}' among the states.`,
      );
    } else if (initial.type !== undefined && typeName(initial.type) !== typeName(wanted)) {
      const types = `${typeName(wanted)}; it is declared as ${typeName(initial.type)}`;
      problems.error(initial.declared ?? variable, `${key} of a kernel is ${types}.`);
    }
  }
}
