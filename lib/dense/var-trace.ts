import { guardReceivers } from '../receivers';
import { native, type NativeTrace } from '../native';
import { checkAllPresent, Compartment, type CompartmentInput } from './compartment';
import {
  checkStep,
  count,
  finite,
  notNegative,
  OptionReader,
  positive,
  wholeNumber,
} from './options';
import { type DenseParts, keptOptions, packState, putArrays, unpackState } from './state';

/** Parameters of {@link VarTrace}; names and defaults are those of ngc-learn. */
export interface VarTraceOptions {
  /** Number of traces. */
  readonly n_units: number;
  /** Time constant, ms. */
  readonly tau_tr: number;
  /** What a spike adds; 0: a spike sets the trace to P_scale instead. */
  readonly a_delta: number;
  /** What a spike sets the trace to where a_delta is 0. Default 1. */
  readonly P_scale?: number;
  /** Further factor of the decay in every step. Default 1. */
  readonly gamma_tr?: number;
  /** Decay in a step: `exp` e^(−dt/tau_tr), `lin` 1 − dt/tau_tr, `step` 0. Default `exp`. */
  readonly decay_type?: 'exp' | 'lin' | 'step';
  /** k > 0: a spike adds a_delta − trace / k, which bounds the trace by k spikes; 0: unbounded. Default 0. */
  readonly n_nearest_spikes?: number;
  /** Samples side by side. Default 1. */
  readonly batch_size?: number;
}

const options: readonly (keyof VarTraceOptions)[] = [
  'n_units',
  'tau_tr',
  'a_delta',
  'P_scale',
  'gamma_tr',
  'decay_type',
  'n_nearest_spikes',
  'batch_size',
];

const decays = ['exp', 'lin', 'step'] as const;

/**
 * Traces of spikes. With the decay d and a spike s, `advance` makes of a trace z
 *
 *     gamma_tr · d · z + s · (a_delta − z / k)          with n_nearest_spikes k > 0,
 *     gamma_tr · d · z + a_delta · s                    with a_delta > 0,
 *     gamma_tr · d · z · (1 − s) + P_scale · s          otherwise.
 *
 * Behaviour of ngc-learn 3.2. Compartments are Float64Arrays of batch_size × n_units; getters give
 * the live array, setters copy into it.
 */
export class VarTrace {
  /** Number of traces. */
  readonly n_units: number;
  /** Samples side by side. */
  readonly batch_size: number;
  readonly #native: NativeTrace;
  readonly #options: Readonly<Record<string, unknown>>;
  readonly #inputs: Compartment;
  readonly #trace: Compartment;

  static {
    guardReceivers(this, 'a VarTrace', (value) => #inputs in value);
  }

  /** @throws BadProperty, TypeMismatch or UnaccessedDictionaryEntry naming the parameter */
  constructor(given: VarTraceOptions) {
    const reader = new OptionReader('VarTrace', given, options);
    this.#options = keptOptions(given);
    this.n_units = reader.number('n_units', count);
    this.batch_size = reader.number('batch_size', count, 1);
    const rule = {
      n: this.n_units * this.batch_size,
      tau_tr: reader.number('tau_tr', positive),
      a_delta: reader.number('a_delta', notNegative),
      p_scale: reader.number('P_scale', finite, 1),
      gamma_tr: reader.number('gamma_tr', finite, 1),
      decay: reader.choice('decay_type', decays, 'exp'),
      n_nearest_spikes: reader.number('n_nearest_spikes', wholeNumber, 0),
    };
    const shape = [this.batch_size, this.n_units];
    this.#inputs = new Compartment('VarTrace', 'inputs', shape);
    this.#trace = new Compartment('VarTrace', 'trace', shape);
    this.#native = native.dense.trace(rule, { inputs: this.inputs, trace: this.trace });
  }

  /** Spikes of this step. */
  get inputs(): Float64Array {
    return this.#inputs.values;
  }
  set inputs(values: CompartmentInput) {
    this.#inputs.set(values);
  }

  /** The traces. */
  get trace(): Float64Array {
    return this.#trace.values;
  }
  set trace(values: CompartmentInput) {
    this.#trace.set(values);
  }

  /**
   * One step: decay, then the spikes in `inputs`.
   * @param dt length of the step, ms
   * @throws BadParameter for dt, BadProperty for inputs that are not finite; nothing has changed then
   */
  advance(dt = 1): void {
    checkStep('VarTrace', dt);
    this.#native.advance(dt);
  }

  /** All that it is, as bytes; see docs/state-file.md. */
  toState(): Uint8Array {
    return packState('VarTrace', this.#options, this.#parts());
  }

  /**
   * A component as the one whose state it was, which goes on as that would have.
   * @throws TypeMismatch for what are no bytes; BadStateFile with its `reason`; OutOfMemory.
   */
  static fromState(bytes: Uint8Array): VarTrace {
    const { options: made, arrays } = unpackState('VarTrace', bytes);
    const trace = new VarTrace(made as unknown as VarTraceOptions);
    putArrays(trace.#parts().arrays, arrays);
    return trace;
  }

  #parts(): DenseParts {
    const { inputs, trace } = this;
    return { arrays: { inputs, trace }, values: {} };
  }

  /** Inputs and traces become 0. */
  reset(): void {
    checkAllPresent([this.#inputs, this.#trace]);
    this.inputs.fill(0);
    this.trace.fill(0);
  }
}
