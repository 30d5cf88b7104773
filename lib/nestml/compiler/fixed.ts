import { calledIn, functionNamed, namesOutside } from './functions';
import { type Lowering, RESOLUTION, TICS, TIMESTEP } from './lower';
import { ABSOLUTE_ERROR, RELATIVE_ERROR } from './solver-names';
import { callsIn, hasDraws, symbolsIn, type Term } from './terms';

/** What is the same in all steps: parameters, internals, and what is made of these. */
export class Fixed {
  readonly #names: ReadonlySet<string>;
  readonly #functions: ReadonlySet<string>;

  /** @param own Names of numbers that differ from synapse to synapse whatever else does. */
  constructor({ model, names }: Lowering, own: readonly string[] = []) {
    const declared = [...names.parameters.map((one) => one.symbol), ...names.internals.keys()];
    const given = [RESOLUTION, TICS, TIMESTEP, ABSOLUTE_ERROR, RELATIVE_ERROR];
    this.#names = new Set([...declared.filter((name) => !own.includes(name)), ...given]);
    const isFixedName = (name: string): boolean => {
      const thing = model.scope.find(name);
      return thing?.kind === 'parameter' || thing?.kind === 'internal' || isConstant(name);
    };
    const known = new Map<string, boolean>();
    const isFixedFunction = (name: string): boolean => {
      const before = known.get(name);
      if (before !== undefined) return before;
      const declared = functionNamed(model, name)!;
      const isFixed =
        [...namesOutside(declared)].every(isFixedName) &&
        [...calledIn(declared.body, model)].every(isFixedFunction);
      known.set(name, isFixed);
      return isFixed;
    };
    this.#functions = new Set([...model.functions.keys()].filter(isFixedFunction));
  }

  has(term: Term): boolean {
    if (hasDraws(term)) return false;
    return (
      [...symbolsIn(term)].every((name) => this.#names.has(name)) &&
      [...callsIn(term)].every((name) => this.#functions.has(name))
    );
  }
}

const isConstant = (name: string): boolean => name === 'e' || name === 'pi';
