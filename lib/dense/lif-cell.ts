import { guardReceivers } from '../receivers';
import { native, type NativeLif, type NativeLifRule } from '../native';
import {
  allocate,
  badValue,
  checkAllPresent,
  Compartment,
  type CompartmentInput,
} from './compartment';
import {
  checkStep,
  count,
  finite,
  notNegative,
  OptionReader,
  positive,
  seedRange,
} from './options';
import {
  countOf,
  type DenseParts,
  keptOptions,
  numberOf,
  packState,
  putArrays,
  unpackState,
} from './state';

/** Parameters of {@link LIFCell}; names and defaults are those of ngc-learn. */
export interface LIFOptions {
  /** Number of cells. */
  readonly n_units: number;
  /** Time constant of the membrane, ms. */
  readonly tau_m: number;
  /** Factor of the input current. Default 1. */
  readonly resist_m?: number;
  /** Factor of the leak. Default 1. */
  readonly conduct_leak?: number;
  /** Threshold without adaptation, mV. Default −52. */
  readonly thr?: number;
  /** Resting potential, mV. Default −65. */
  readonly v_rest?: number;
  /** Potential after a spike, mV. Default −60. */
  readonly v_reset?: number;
  /** Floor of the potential, mV. Default: none. */
  readonly v_min?: number;
  /** Refractory period, ms: the input is cut, the leak goes on. Default 5. */
  readonly refract_time?: number;
  /** Time constant of the threshold's adaptation, ms; 0: none. Default 1e7. */
  readonly tau_theta?: number;
  /** What a spike adds to the threshold, mV. Default 0.05. */
  readonly theta_plus?: number;
  /** Whether of several cells that reach the threshold in a step only one spikes, drawn at random. Default false. */
  readonly one_spike?: boolean;
  /** The same, but the one with the highest potential before the step. Default false. */
  readonly max_one_spike?: boolean;
  /** `euler`, or `rk2` (explicit midpoint). Default `euler`. */
  readonly integration_type?: 'euler' | 'rk2';
  /** Samples side by side. Default 1, the only one that ngc-learn knows. */
  readonly batch_size?: number;
  /** Seed of one_spike. Default 42. */
  readonly seed?: number;
}

const options: readonly (keyof LIFOptions)[] = [
  'n_units',
  'tau_m',
  'resist_m',
  'conduct_leak',
  'thr',
  'v_rest',
  'v_reset',
  'v_min',
  'refract_time',
  'tau_theta',
  'theta_plus',
  'one_spike',
  'max_one_spike',
  'integration_type',
  'batch_size',
  'seed',
];

/**
 * Leaky integrate-and-fire cells with an adaptive threshold. `advance(dt)` computes
 *
 *     v += dt / tau_m · (conduct_leak · (v_rest − v) + resist_m · j · [rfr ≥ refract_time])
 *     s = [v > thr + thr_theta],   rfr = (rfr + dt) · (1 − s),   v = v_reset where s
 *     thr_theta = thr_theta · e^(−dt/tau_theta) + theta_plus · s,   tols = t where s
 *
 * where t is the time at which the step begins. Cells are not refractory at first.
 *
 * Behaviour of ngc-learn 3.2. Compartments are Float64Arrays of batch_size × n_units; getters give
 * the live array, setters copy into it.
 */
export class LIFCell {
  /** Number of cells. */
  readonly n_units: number;
  /** Samples side by side. */
  readonly batch_size: number;
  readonly #native: NativeLif;
  readonly #rest: number;
  readonly #refractoryTime: number;
  readonly #j: Compartment;
  readonly #v: Compartment;
  readonly #s: Compartment;
  readonly #rfr: Compartment;
  readonly #thrTheta: Compartment;
  readonly #tols: Compartment;
  readonly #options: Readonly<Record<string, unknown>>;
  #t = 0;
  #step = 0;

  static {
    guardReceivers(this, 'a LIFCell', (value) => #native in value);
  }

  /** @throws BadProperty, TypeMismatch or UnaccessedDictionaryEntry naming the parameter */
  constructor(given: LIFOptions) {
    const reader = new OptionReader('LIFCell', given, options);
    this.#options = keptOptions(given);
    this.n_units = reader.number('n_units', count);
    this.batch_size = reader.number('batch_size', count, 1);
    const one = reader.flag('one_spike', false);
    const highest = reader.flag('max_one_spike', false);
    if (one && highest) {
      throw badValue('LIFCell', 'max_one_spike', true, 'false where one_spike is true');
    }
    this.#rest = reader.number('v_rest', finite, -65);
    this.#refractoryTime = reader.number('refract_time', notNegative, 5);
    const rule: NativeLifRule = {
      units: this.n_units,
      batch: this.batch_size,
      tau_m: reader.number('tau_m', positive),
      resist_m: reader.number('resist_m', finite, 1),
      conduct_leak: reader.number('conduct_leak', finite, 1),
      thr: reader.number('thr', finite, -52),
      v_rest: this.#rest,
      v_reset: reader.number('v_reset', finite, -60),
      v_min: reader.has('v_min') ? reader.number('v_min', finite) : -Infinity,
      refract_time: this.#refractoryTime,
      tau_theta: reader.number('tau_theta', notNegative, 1e7),
      theta_plus: reader.number('theta_plus', finite, 0.05),
      midpoint: reader.choice('integration_type', ['euler', 'rk2'], 'euler') === 'rk2',
      winners: one ? 'random' : highest ? 'highest' : 'all',
      seed: reader.number('seed', seedRange, 42),
    };
    const compartment = (name: string, initial = 0): Compartment =>
      new Compartment('LIFCell', name, [this.batch_size, this.n_units], initial);
    this.#j = compartment('j');
    this.#v = compartment('v', this.#rest);
    this.#s = compartment('s');
    this.#rfr = compartment('rfr', this.#refractoryTime);
    this.#thrTheta = compartment('thr_theta');
    this.#tols = compartment('tols');
    const { j, v, s, rfr, thr_theta, tols } = this;
    const before = allocate(this.batch_size * this.n_units, 'LIFCell');
    this.#native = native.dense.lif(rule, { j, v, s, rfr, thr_theta, tols, before });
  }

  /** Input currents. */
  get j(): Float64Array {
    return this.#j.values;
  }
  set j(values: CompartmentInput) {
    this.#j.set(values);
  }

  /** Membrane potentials, mV. */
  get v(): Float64Array {
    return this.#v.values;
  }
  set v(values: CompartmentInput) {
    this.#v.set(values);
  }

  /** Spikes of the last step, 0 or 1. */
  get s(): Float64Array {
    return this.#s.values;
  }

  /** Times since the last spikes, ms; refract_time or more: not refractory. */
  get rfr(): Float64Array {
    return this.#rfr.values;
  }
  set rfr(values: CompartmentInput) {
    this.#rfr.set(values);
  }

  /** What adaptation adds to the thresholds, mV. */
  get thr_theta(): Float64Array {
    return this.#thrTheta.values;
  }
  set thr_theta(values: CompartmentInput) {
    this.#thrTheta.set(values);
  }

  /** Times of the last spikes, ms; 0 where there was none. */
  get tols(): Float64Array {
    return this.#tols.values;
  }

  /** The time that `advance` has reached since the last `reset`, ms. */
  get t(): number {
    return this.#t;
  }

  /**
   * One step.
   * @param dt length of the step, ms
   * @throws BadParameter for dt, BadProperty for currents that are not finite; nothing has changed
   * then
   */
  advance(dt = 1): void {
    checkStep('LIFCell', dt);
    this.#native.advance(this.#t, dt, this.#step);
    this.#t += dt;
    this.#step++;
  }

  /** All that it is, as bytes; see docs/state-file.md. */
  toState(): Uint8Array {
    return packState('LIFCell', this.#options, this.#parts());
  }

  /**
   * A component as the one whose state it was, which goes on as that would have.
   * @throws TypeMismatch for what are no bytes; BadStateFile with its `reason`; OutOfMemory.
   */
  static fromState(bytes: Uint8Array): LIFCell {
    const { options: made, arrays, values } = unpackState('LIFCell', bytes);
    const cell = new LIFCell(made as unknown as LIFOptions);
    putArrays(cell.#parts().arrays, arrays);
    cell.#t = numberOf(values, 't');
    cell.#step = countOf(values, 'step');
    return cell;
  }

  #parts(): DenseParts {
    const { j, v, s, rfr, thr_theta, tols } = this;
    return { arrays: { j, v, s, rfr, thr_theta, tols }, values: { t: this.#t, step: this.#step } };
  }

  /** Back to rest at time 0; the adaptation of thresholds stays, as in ngc-learn. */
  reset(): void {
    checkAllPresent([this.#j, this.#v, this.#s, this.#rfr, this.#tols]);
    this.j.fill(0);
    this.v.fill(this.#rest);
    this.s.fill(0);
    this.rfr.fill(this.#refractoryTime);
    this.tols.fill(0);
    this.#t = 0;
    this.#step = 0;
  }
}
