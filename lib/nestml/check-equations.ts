import { quoted } from '../suggest';
import { checkKernel } from './check-kernels';
import type { CheckedModel } from './checked-model';
import { keyOf, kindText } from './scope';
import type { Equation, Expression } from './syntax';
import { dimensionOf, isNumeric, perTime, quantityOf, typeName } from './types';
import { expressionsOfBlocks } from './walk';

type Ode = Equation & { readonly is: 'ode' };
type Inline = Equation & { readonly is: 'inline' };

/** The equations block: each equation by itself, and what they need besides. */
export function checkEquations(model: CheckedModel): void {
  const seen = new Set<string>();
  for (const equation of model.equations) {
    if (equation.is === 'ode') checkOde(model, equation, seen);
    else if (equation.is === 'inline') checkInline(model, equation);
    else checkKernel(model, equation);
  }
  checkDelays(model);
}

function checkOde(model: CheckedModel, { variable, value }: Ode, seen: Set<string>): void {
  const { problems, scope } = model;
  const name = variable.name.text;
  if (seen.has(name)) problems.error(variable, `${quoted(name)} has an equation already.`);
  seen.add(name);
  if (variable.order === 0) {
    problems.error(variable, `An equation is of a derivative: ${name}' = ….`);
  }
  const state = scope.find(name);
  if (state !== undefined && state.kind !== 'state') {
    problems.error(
      variable,
      `${quoted(name)} is ${kindText(state.kind)}; only states have equations.`,
    );
  }
  if (variable.index !== undefined) {
    problems.error(variable, `An equation is of all elements of a vector: ${name}' = ….`);
  }
  const type = state?.type;
  if (type !== undefined && type.is !== 'real' && type.is !== 'quantity') {
    const says = 'what has an equation is real or a quantity';
    problems.error(variable, `${quoted(name)} is ${typeName(type)}; ${says}.`);
  }
  const needed = Array.from({ length: Math.max(variable.order, 1) }, (_, order) =>
    keyOf({ name: variable.name, order }),
  );
  const missing = needed.filter((key) => scope.find(key) === undefined);
  if (missing.length > 0 && !problems.unread.has(name)) {
    const keys = missing.map((key) => `${quoted(key)}`).join(', ');
    problems.error(
      variable,
      `The equation of ${quoted(keyOf(variable))} needs ${keys} among the states.`,
    );
  }
  checkSizes(model, variable, needed);
  const elements = state?.isVector ? { elements: state } : {};
  const around = model.around('equation', { equationOf: name, ...elements });
  const given = model.types.check(value, around);
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

/** A vector and its derivatives have the same elements. */
function checkSizes(
  model: CheckedModel,
  variable: Ode['variable'],
  needed: readonly string[],
): void {
  const things = needed.flatMap((key) => model.scope.find(key) ?? []);
  model.later(() => {
    const sizes = new Set(things.map(({ size }) => model.values.sizeOf(size)));
    if (sizes.size < 2) return;
    const keys = things.map(({ name }) => `${quoted(name)}`).join(', ');
    model.problems.error(variable, `${keys} are vectors of one size, or none is a vector.`);
  });
}

/** A state is looked back at over one delay. */
function checkDelays(model: CheckedModel): void {
  const delays = new Map<string, string>();
  for (const call of expressionsOfBlocks(model.blocks('equations'))) {
    if (call.is !== 'call' || model.functions.has(call.name.text)) continue;
    const [argument] = call.arguments;
    if (argument?.is !== 'binary' || argument.operator !== '-') continue;
    const name = call.name.text;
    if (model.scope.find(name)?.kind !== 'state') continue;
    const { right } = argument;
    const delay =
      right.is === 'number' ? `${right.value} ${right.unit?.name.text}` : keyOfName(right);
    if (delay === undefined) continue;
    const before = delays.get(name) ?? delay;
    delays.set(name, before);
    if (before === delay) continue;
    model.problems.error(right, `${quoted(name)} has one delay, which is ${before} already.`);
  }
}

const keyOfName = (tree: Expression): string | undefined =>
  tree.is === 'variable' ? keyOf(tree) : undefined;
