import { expression, type Operand, type Parameter } from './parameters';

/**
 * `then` where the condition is not 0, else `otherwise`; only the chosen one is drawn
 * (NEST: nest.logic.conditional).
 */
export function conditional(condition: Operand, then: Operand, otherwise: Operand): Parameter {
  return expression('conditional', condition, then, otherwise);
}
