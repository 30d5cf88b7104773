import { guardReceivers } from '../receivers';
import type { NativeStdpRule } from '../native';
import { badValue, checkAllPresent, Compartment, type CompartmentInput } from './compartment';
import {
  chance,
  checkNumber,
  checkStep,
  count,
  finite,
  notNegative,
  type OptionReader,
  seedRange,
} from './options';
import {
  type DenseParts,
  keptOptions,
  numberOf,
  packState,
  putArrays,
  type unpackState,
} from './state';
import { applyMask, drawMask, initialize, type WeightInit } from './weights';

/** Parameters that the dense STDP synapses share; names and defaults are those of ngc-learn. */
export interface StdpOptions {
  /** Numbers of inputs and outputs. */
  readonly shape: readonly [number, number];
  /** Strength of potentiation (pre before post). */
  readonly A_plus: number;
  /** Strength of depression (post before pre), positive; 0 or less: no depression. */
  readonly A_minus: number;
  /** Global learning rate; can be changed later. Default 1. */
  readonly eta?: number;
  /** Power of the weight dependence (w_bound − w)^mu and (w − w_min)^mu; 0: none. Default 0. */
  readonly mu?: number;
  /** Subtracted from presynaptic traces at postsynaptic spikes: depresses silent inputs. Default 0. */
  readonly pretrace_target?: number;
  /** Every step takes 1/tau_w of a weight away, whatever dt; 0: nothing. Default 0. */
  readonly tau_w?: number;
  /** Upper bound of weights. Default 1. */
  readonly w_bound?: number;
  /** Lower bound of weights. Default 0, the only one that ngc-learn knows. */
  readonly w_min?: number;
  /** Initial weights. Default `['uniform', 0.025, 0.8]`. */
  readonly weight_init?: WeightInit;
  /** 1 where there is a synapse, 0 elsewhere (inputs × outputs). Default: everywhere. */
  readonly weight_mask?: CompartmentInput;
  /** Chance of every synapse to exist, drawn once with `seed`. Default 1. */
  readonly p_conn?: number;
  /** Whether absent synapses stay absent while others learn. Default true. */
  readonly enforce_weight_mask?: boolean;
  /** Factor of the outputs. Default 1. */
  readonly g_conduct_factor?: number;
  /** Samples that are computed side by side with the same weights. Default 1. */
  readonly batch_size?: number;
  /** Seed of initial weights and of p_conn. Default 42. */
  readonly seed?: number;
}

/** @internal */
export const stdpOptions: readonly (keyof StdpOptions)[] = [
  'shape',
  'A_plus',
  'A_minus',
  'eta',
  'mu',
  'pretrace_target',
  'tau_w',
  'w_bound',
  'w_min',
  'weight_init',
  'weight_mask',
  'p_conn',
  'enforce_weight_mask',
  'g_conduct_factor',
  'batch_size',
  'seed',
];

/**
 * What the dense STDP synapses have in common: weights, the activity of both sides, and the way
 * from inputs to outputs.
 *
 * Matrices are inputs × outputs, vectors batch_size × inputs or batch_size × outputs, row by row
 * in one Float64Array. A getter gives that array itself, the same one every time; a setter copies a
 * number (for all entries), an array or a typed array into it and checks shape and numbers.
 */
export abstract class StdpCable {
  /** Numbers of inputs and outputs. */
  readonly shape: readonly [number, number];
  /** Samples side by side. */
  readonly batch_size: number;
  /** 1 where there is a synapse, 0 elsewhere; `undefined` where all are. */
  readonly weight_mask: Float64Array | undefined;
  /** The class that errors name. @internal */
  protected readonly owner: string;
  /** Constants as the core takes them. @internal */
  protected readonly rule: NativeStdpRule;
  readonly #inputs: Compartment;
  readonly #outputs: Compartment;
  readonly #weights: Compartment;
  readonly #preSpike: Compartment;
  readonly #postSpike: Compartment;
  readonly #preTrace: Compartment;
  readonly #postTrace: Compartment;
  readonly #options: Readonly<Record<string, unknown>>;
  #eta: number;

  static {
    guardReceivers(this, 'a dense STDP synapse', (value) => #inputs in value);
  }

  /** @internal */
  protected constructor(reader: OptionReader, tau_elg: number, elg_decay: number) {
    const { owner } = reader;
    this.owner = owner;
    this.#options = keptOptions(reader.all);
    this.shape = reader.shape();
    const [n, m] = this.shape;
    const batch = (this.batch_size = reader.number('batch_size', count, 1));
    this.#eta = reader.number('eta', finite, 1);
    const w_min = reader.number('w_min', finite, 0);
    const w_bound = reader.number('w_bound', finite, 1);
    if (w_bound <= w_min) throw badValue(owner, 'w_bound', w_bound, `> w_min = ${w_min}`);
    const rule = {
      ...{ inputs: n, outputs: m, batch },
      a_plus: reader.number('A_plus', finite),
      a_minus: Math.max(reader.number('A_minus', finite), 0),
      pretrace_target: reader.number('pretrace_target', finite, 0),
      mu: reader.number('mu', notNegative, 0),
      ...{ w_min, w_bound },
      tau_w: reader.number('tau_w', notNegative, 0),
      ...{ tau_elg, elg_decay },
      g_conduct_factor: reader.number('g_conduct_factor', finite, 1),
    };
    const seed = reader.number('seed', seedRange, 42);
    const p = reader.number('p_conn', chance, 1);
    const enforced = reader.flag('enforce_weight_mask', true);
    const compartment = (name: string, ...shape: number[]): Compartment =>
      new Compartment(owner, name, shape);
    this.#weights = compartment('weights', n, m);
    this.weight_mask = combinedMask(
      givenMask(owner, reader.raw('weight_mask'), this.shape),
      drawMask(owner, p, seed, n * m),
    );
    this.rule = { ...rule, enforce_weight_mask: enforced };
    initialize(owner, this.#weights, reader.raw('weight_init') ?? ['uniform', 0.025, 0.8], seed);
    applyMask(this.weights, this.weight_mask);
    this.#inputs = compartment('inputs', batch, n);
    this.#outputs = compartment('outputs', batch, m);
    this.#preSpike = compartment('preSpike', batch, n);
    this.#postSpike = compartment('postSpike', batch, m);
    this.#preTrace = compartment('preTrace', batch, n);
    this.#postTrace = compartment('postTrace', batch, m);
  }

  /** What `advance` transforms, batch_size × inputs. */
  get inputs(): Float64Array {
    return this.#inputs.values;
  }
  set inputs(values: CompartmentInput) {
    this.#inputs.set(values);
  }

  /** What `advance` computed, batch_size × outputs. */
  get outputs(): Float64Array {
    return this.#outputs.values;
  }

  /** Weights, inputs × outputs. What is set where `weight_mask` is enforced and 0 becomes 0. */
  get weights(): Float64Array {
    return this.#weights.values;
  }
  set weights(values: CompartmentInput) {
    this.#weights.set(values);
    if (this.rule.enforce_weight_mask) applyMask(this.weights, this.weight_mask);
  }

  /** Spikes of the inputs in this step, batch_size × inputs. */
  get preSpike(): Float64Array {
    return this.#preSpike.values;
  }
  set preSpike(values: CompartmentInput) {
    this.#preSpike.set(values);
  }

  /** Spikes of the outputs in this step, batch_size × outputs. */
  get postSpike(): Float64Array {
    return this.#postSpike.values;
  }
  set postSpike(values: CompartmentInput) {
    this.#postSpike.set(values);
  }

  /** Traces of the inputs, this step's spikes included as a rule, batch_size × inputs. */
  get preTrace(): Float64Array {
    return this.#preTrace.values;
  }
  set preTrace(values: CompartmentInput) {
    this.#preTrace.set(values);
  }

  /** Traces of the outputs, this step's spikes included as a rule, batch_size × outputs. */
  get postTrace(): Float64Array {
    return this.#postTrace.values;
  }
  set postTrace(values: CompartmentInput) {
    this.#postTrace.set(values);
  }

  /** Global learning rate. */
  get eta(): number {
    return this.#eta;
  }
  set eta(value: number) {
    this.#eta = checkNumber(this.owner, 'eta', value, finite);
  }

  /**
   * outputs = g_conduct_factor · inputs × weights.
   * @param dt length of the step, ms; does not enter.
   * @throws BadParameter for dt, BadProperty for inputs that are not finite
   */
  advance(dt = 1): void {
    checkStep(this.owner, dt);
    this.#inputs.check();
    this.native.forward();
  }

  /** All that it is, as bytes; see docs/state-file.md. */
  toState(): Uint8Array {
    return packState(this.owner, this.#options, this.parts());
  }

  /** Options of a cable whose state is there: its mask is among its arrays. @internal */
  protected static optionsOf({ options, arrays }: ReturnType<typeof unpackState>): never {
    const mask = options.weight_mask === undefined ? {} : { weight_mask: arrays.weight_mask };
    return { ...options, ...mask, weight_init: ['constant', 0] } as never;
  }

  /** Takes up what another cable of the same options was. @internal */
  protected takeUp({ arrays, values }: DenseParts): void {
    putArrays(this.parts().arrays, arrays);
    this.#eta = numberOf(values, 'eta');
  }

  /** What it is. @internal */
  protected parts(): DenseParts {
    const { weight_mask, ...arrays } = this.arrays();
    return {
      arrays: { ...arrays, ...(weight_mask && { weight_mask }) },
      values: { eta: this.#eta },
    };
  }

  /** What the core computes it with. @internal */
  protected abstract readonly native: { forward(): void };

  /** The arrays that all cables have. @internal */
  protected arrays() {
    const { weights, weight_mask, inputs, outputs, preSpike, postSpike, preTrace, postTrace } =
      this;
    return { weights, weight_mask, inputs, outputs, preSpike, postSpike, preTrace, postTrace };
  }

  /** Learns from what stands in the compartments: one step of `dt` ms. */
  abstract evolve(dt?: number): void;

  /** Inputs, outputs, spikes, traces and what was learnt from them become 0; weights stay. */
  reset(): void {
    checkAllPresent([
      ...[this.#inputs, this.#outputs],
      ...[this.#preSpike, this.#postSpike, this.#preTrace, this.#postTrace],
    ]);
    for (const values of [
      this.inputs,
      this.outputs,
      this.preSpike,
      this.postSpike,
      this.preTrace,
      this.postTrace,
    ]) {
      values.fill(0);
    }
  }
}

function givenMask(
  owner: string,
  mask: unknown,
  shape: readonly number[],
): Float64Array | undefined {
  if (mask === undefined) return undefined;
  const compartment = new Compartment(owner, 'weight_mask', shape);
  compartment.set(mask as CompartmentInput);
  const wrong = compartment.values.findIndex((x) => x !== 0 && x !== 1);
  if (wrong >= 0) {
    throw badValue(owner, `weight_mask[${wrong}]`, compartment.values[wrong], '0 or 1');
  }
  return compartment.values;
}

/** What both have, in the array of the first. */
function combinedMask(
  a: Float64Array | undefined,
  b: Float64Array | undefined,
): Float64Array | undefined {
  if (a && b) b.forEach((x, i) => (a[i] = x * (a[i] ?? 0)));
  return a ?? b;
}
