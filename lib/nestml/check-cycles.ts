import { quoted } from '../suggest';
import type { CheckedModel } from './checked-model';
import { functionKey } from './reading';
import { keyOf } from './scope';
import type { Span } from './source';

/** Names of a circle that are told. */
const LONGEST = 8;

/**
 * Tells of values that depend on themselves: initial values, parameters, internals, inline
 * expressions; and of functions that call themselves.
 */
export function checkCycles(model: CheckedModel): void {
  const places = placesOf(model);
  for (const cycle of model.reading.order.cycles) {
    const [first] = cycle;
    const at = places.get(first!)!;
    const names = cycle.map((name) => name.replace('()', ''));
    const long = names.length > LONGEST;
    const way = (long ? [...names.slice(0, LONGEST - 2), '…', names.at(-1)] : names).join(' → ');
    const isOfFunctions = cycle.every((name) => name.endsWith('()'));
    const says = isOfFunctions
      ? `The function '${first!.slice(0, -2)}' calls itself`
      : `The value of ${quoted(first!.replace('()', ''))} depends on itself`;
    model.problems.error(at, `${says}: ${way}.`);
  }
}

/** Where each name is that has a value, and each function. */
function placesOf(model: CheckedModel): Map<string, Span> {
  const places = new Map<string, Span>();
  for (const block of model.text.blocks) {
    if (block.is === 'function') places.set(functionKey(block.name.text), block.name);
    if (block.is === 'equations') {
      for (const one of block.equations) {
        if (one.is === 'inline') places.set(one.name.text, one.name);
      }
    }
    if (block.is !== 'state' && block.is !== 'parameters' && block.is !== 'internals') continue;
    for (const { variables } of block.declarations) {
      for (const variable of variables) places.set(keyOf(variable), variable.name);
    }
  }
  return places;
}
