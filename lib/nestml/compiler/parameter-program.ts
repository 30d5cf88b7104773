import { Bodies } from './bodies';
import { ProgramBuilder, type Register } from './builder';
import { type Lowering, RESOLUTION, TICS } from './lower';

/** A program that works out what depends on parameters and the resolution alone. */
export class ParameterProgram {
  readonly builder = new ProgramBuilder();
  readonly bodies: Bodies;
  /** How many numbers it is given: parameters, the resolution, tics. */
  readonly given: number;
  readonly #lowering: Lowering;
  readonly #places: ReadonlyMap<string, number>;
  readonly #internals = new Map<string, Register>();

  /**
   * @param parameters Their names, in their order.
   * @param also What it is given besides.
   */
  constructor(lowering: Lowering, parameters: readonly string[], also: readonly string[] = []) {
    this.#lowering = lowering;
    const names = [...parameters, RESOLUTION, TICS, ...also];
    this.#places = new Map(names.map((name, place) => [name, place]));
    this.given = names.length;
    this.bodies = new Bodies(lowering, this.builder, (name) => this.#valueOf(name));
  }

  #valueOf(name: string): Register {
    const place = this.#places.get(name);
    if (place !== undefined) return this.builder.given('parameter', place);
    const known = this.#internals.get(name);
    if (known !== undefined) return known;
    const made = this.bodies.initial(this.#lowering.names.internals.get(name)!);
    this.#internals.set(name, made);
    return made;
  }
}
