import type { CheckedModel } from './checked-model';
import { predefinedFunctions } from './functions';
import { keyOf, type SymbolKind, typeIn } from './scope';
import type { Declaration, Equation, Port } from './syntax';
import { RATE, REAL, type Type } from './types';

const kinds = { state: 'state', parameters: 'parameter', internals: 'internal' } as const;

/** Functions that NESTML 5 had not yet. */
const sinceNestml6: ReadonlySet<string> = new Set([
  ...['ceil', 'floor', 'round', 'sin', 'cos', 'tan', 'random_poisson', 'timestep'],
]);

/** Declares all names of a model, in the order of its text. */
export function declareAll(model: CheckedModel): void {
  for (const block of model.text.blocks) {
    switch (block.is) {
      case 'state':
      case 'parameters':
      case 'internals':
        for (const one of block.declarations) declareVariables(model, kinds[block.is], one);
        break;
      case 'equations':
        for (const one of block.equations) declareEquation(model, one);
        break;
      case 'input':
        for (const one of block.ports) declarePort(model, one);
        break;
      case 'function':
        declareFunction(model, block);
        break;
      default:
    }
  }
}

function declareVariables(model: CheckedModel, of: SymbolKind, declared: Declaration): void {
  const type = valueType(model, declared.type);
  for (const variable of declared.variables) {
    // States of a kernel hold its initial values.
    const kind = model.kernelsWithEquations.has(variable.name.text) ? 'kernel' : of;
    model.declare({
      ...{ name: keyOf(variable), kind, type, declared: variable },
      ...{ isVector: variable.index !== undefined, size: variable.index },
    });
  }
}

/** A type that values have: not `void`. */
export function valueType(model: CheckedModel, text: Declaration['type']): Type | undefined {
  const type = typeIn(text, model.problems);
  if (type?.is !== 'void') return type;
  model.problems.error(text, 'Only a function can be void; a variable has a type.');
  return undefined;
}

function declareEquation(model: CheckedModel, equation: Equation): void {
  if (equation.is === 'inline') {
    const { name } = equation;
    const type = valueType(model, equation.type);
    model.declare({ name: name.text, kind: 'inline', type, isVector: false, declared: name });
  }
  if (equation.is === 'kernel') {
    for (const { variable } of equation.parts) {
      // One that has equations is among the states with its initial values.
      if (variable.order > 0) continue;
      const name = variable.name.text;
      model.declare({ name, kind: 'kernel', type: REAL, isVector: false, declared: variable });
    }
  }
}

function declarePort(model: CheckedModel, port: Port): void {
  const isSpike = port.kind === 'spike';
  const given = port.type && valueType(model, port.type);
  // In NESTML 5 a port of spikes has a type of its own; that a newer one has is told by itself.
  const isTold = model.text.keyword === 'model';
  const ofSpikes = port.type === undefined ? RATE : isTold ? undefined : given;
  model.declare({
    ...{ name: port.name.text, kind: isSpike ? 'spike port' : 'continuous port' },
    ...{ type: isSpike ? ofSpikes : given },
    ...{ isVector: port.size !== undefined, size: port.size, declared: port.name },
  });
}

function declareFunction(
  model: CheckedModel,
  declared: CheckedModel['text']['blocks'][number] & { readonly is: 'function' },
): void {
  const name = declared.name.text;
  const isTaken = model.functions.has(name);
  // What came later can be of a model that is older.
  const isOfLanguage =
    Object.hasOwn(predefinedFunctions, name) &&
    (model.text.keyword === 'model' || !sinceNestml6.has(name));
  if (isTaken || isOfLanguage) {
    const whose = isTaken ? 'the model' : 'the language';
    model.problems.error(declared.name, `There is a function '${name}' of ${whose} already.`);
    return;
  }
  model.functions.set(name, {
    parameters: declared.parameters.map((parameter) => ({
      name: parameter.name.text,
      type: valueType(model, parameter.type),
    })),
    returns: declared.returns ? typeIn(declared.returns, model.problems) : { is: 'void' },
  });
}
