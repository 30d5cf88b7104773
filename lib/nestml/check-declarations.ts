import type { CheckedModel } from './checked-model';
import { keyOf, kindText, type NamedThing } from './scope';
import type { Declaration } from './syntax';

/** Values, guards and sizes of what a model declares. */
export function checkDeclarations(model: CheckedModel): void {
  for (const declared of model.declarations('state')) {
    checkDeclaration(model, declared);
    if (declared.value === undefined) {
      const names = declared.variables.map(keyOf).join(', ');
      model.problems.error(declared, `A state has an initial value: ${names} = …, say.`);
    }
  }
  for (const kind of ['parameters', 'internals'] as const) {
    for (const declared of model.declarations(kind)) {
      checkDeclaration(
        model,
        declared,
        fixedOnly(kind === 'parameters' ? 'parameter' : 'internal'),
      );
    }
  }
}

/** What is fixed before a simulation cannot depend on what comes during it. */
const fixedOnly =
  (kind: 'parameter' | 'internal') =>
  (thing: NamedThing): string | undefined => {
    const isFixed = ['parameter', 'internal'].includes(thing.kind);
    const isNumber = thing.kind === 'constant' && thing.name !== 't';
    if (isFixed || isNumber) return undefined;
    const other = thing.name === 't' ? 'the time' : kindText(thing.kind);
    return `The value of ${kindText(kind)} cannot depend on '${thing.name}', ${other}.`;
  };

/** @param refuses What its value cannot depend on. */
export function checkDeclaration(
  model: CheckedModel,
  { variables, value, guard }: Declaration,
  refuses?: (thing: NamedThing) => string | undefined,
  around = model.around('initial value', refuses && { refuses }),
): void {
  const [first] = variables;
  if (first === undefined) return;
  const thing = around.scope.find(keyOf(first));
  if (value !== undefined) model.checkValue(keyOf(first), thing?.type, value, around);
  if (guard !== undefined) model.checkCondition('A guard', guard, model.around('guard'));
  for (const variable of variables) {
    if (variable.index !== undefined) checkSize(model, variable.name.text, variable.index);
  }
}

/** A size is a whole number from the text, or a parameter or internal that is one. */
export function checkSize(
  model: CheckedModel,
  name: string,
  size: NonNullable<Declaration['variables'][number]['index']>,
): void {
  if (size.is === 'number') {
    const isSize = size.isInteger && size.value >= 1 && size.unit === undefined;
    if (!isSize) {
      model.problems.error(size, `The size of '${name}' is a whole number, at least 1.`);
    }
    return;
  }
  const thing = size.is === 'variable' ? model.scope.resolve(size) : undefined;
  if (size.is === 'variable' && thing === undefined) return;
  const isFixed = thing?.kind === 'parameter' || thing?.kind === 'internal';
  if (!isFixed || thing.type?.is !== 'integer') {
    model.problems.error(
      size,
      `The size of '${name}' is a whole number, or an integer parameter or internal.`,
    );
  }
}
