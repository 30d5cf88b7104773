import { guardReceivers } from '../receivers';
import { native, type NativeMstdpet } from '../native';
import { allocate, checkAllPresent, Compartment, type CompartmentInput } from './compartment';
import { checkStep, finite, notNegative, OptionReader } from './options';
import { type DenseParts, flagOf, unpackState } from './state';
import { StdpCable, type StdpOptions, stdpOptions } from './stdp-cable';

/** Parameters of {@link MSTDPETSynapse}. */
export interface MSTDPETOptions extends StdpOptions {
  /** Time constant of the eligibility trace, ms; 0: none (MSTDP). Default 0. */
  readonly tau_elg?: number;
  /** Further factor of the eligibility's decay in every step. Default 1. */
  readonly elg_decay?: number;
  /** What `outmask` holds before the first `reset`. Default 1; ngc-learn: 0, so that nothing is learnt. */
  readonly outmask_initial?: number;
  /** Whether `reset` clears the modulator. Default true; ngc-learn: false. */
  readonly reset_modulator?: boolean;
}

const options: readonly (keyof MSTDPETOptions)[] = [
  ...stdpOptions,
  'tau_elg',
  'elg_decay',
  'outmask_initial',
  'reset_modulator',
];

/**
 * A dense synaptic cable that learns by modulated STDP (MSTDP), with eligibility traces if tau_elg
 * is set (MSTDPET). One `evolve(dt)` does, in this order,
 *
 *     E = E · e^(−dt/tau_elg) · elg_decay + dWeights / tau_elg        (tau_elg = 0: E = dWeights)
 *     W' = W + (Σ over the batch of E · modulator) · eta · outmask − W / tau_w
 *     dWeights = A_plus (w_bound − W)^mu (preTrace − pretrace_target)ᵀ postSpike
 *              − A_minus (W − w_min)^mu preSpikeᵀ postTrace
 *     W = clip(W', w_min, w_bound)
 *
 * so that the modulator meets the pairings up to the step before, as in Florian's equations. Every
 * sample of a batch has an eligibility, pairings and a modulator of its own; their changes are
 * summed.
 *
 * Source of the rule: R. V. Florian, Neural Computation 19 (2007), in the form of ngc-learn 3.2.
 * Other than there: `outmask` starts as 1, `reset` clears the modulator, `weight_mask` holds during
 * learning (each with a switch back: outmask_initial, reset_modulator, enforce_weight_mask), p_conn
 * makes a sparse cable, and batches are allowed.
 */
export class MSTDPETSynapse extends StdpCable {
  /** @internal */
  protected override readonly native: NativeMstdpet;
  readonly #modulator: Compartment;
  readonly #outmask: Compartment;
  readonly #eligibility: Compartment;
  readonly #clearsModulator: boolean;
  /** Activity of the last step: for mu = 0 the pairings are formed from it when needed. */
  readonly #last: Float64Array;
  readonly #weightDependent: boolean;
  #dWeights: Compartment | undefined;
  /** Whether #dWeights holds the pairings of the last step. */
  #formed: boolean;

  static {
    guardReceivers(this, 'an MSTDPETSynapse', (value) => #modulator in value);
  }

  /**
   * @throws BadProperty, TypeMismatch, DimensionMismatch or UnaccessedDictionaryEntry naming the
   * parameter; OutOfMemory
   */
  constructor(given: MSTDPETOptions) {
    const reader = new OptionReader('MSTDPETSynapse', given, options);
    super(
      reader,
      reader.number('tau_elg', notNegative, 0),
      reader.number('elg_decay', notNegative, 1),
    );
    const [n, m] = this.shape;
    const batch = this.batch_size;
    this.#modulator = new Compartment(this.owner, 'modulator', [batch]);
    const outmask = reader.number('outmask_initial', finite, 1);
    this.#outmask = new Compartment(this.owner, 'outmask', [m], outmask);
    this.#eligibility = new Compartment(this.owner, 'eligibility', this.#synapses());
    this.#clearsModulator = reader.flag('reset_modulator', true);
    this.#last = allocate(2 * batch * (n + m), this.owner);
    this.#weightDependent = this.rule.mu > 0;
    this.#formed = this.#weightDependent;
    this.native = native.dense.mstdpet(this.rule, {
      ...this.arrays(),
      ...{ last: this.#last, modulator: this.modulator },
      ...{ outmask: this.outmask, eligibility: this.eligibility },
    });
  }

  /** The modulating signal (a reward), one number a sample. It stays until it is set again. */
  get modulator(): Float64Array {
    return this.#modulator.values;
  }
  set modulator(values: CompartmentInput) {
    this.#modulator.set(values);
  }

  /** Factor of the modulated change of all synapses of an output, one number an output. */
  get outmask(): Float64Array {
    return this.#outmask.values;
  }
  set outmask(values: CompartmentInput) {
    this.#outmask.set(values);
  }

  /** Eligibility traces, batch_size × inputs × outputs: those that the last `evolve` used. */
  get eligibility(): Float64Array {
    return this.#eligibility.values;
  }
  set eligibility(values: CompartmentInput) {
    this.#eligibility.set(values);
  }

  /**
   * Pairings of the last step without eta and modulator, batch_size × inputs × outputs. They are
   * formed when they are read: an array got before the last `evolve` may be older.
   */
  get dWeights(): Float64Array {
    const { values } = this.#pairings();
    if (!this.#formed) this.native.lastPairings(values);
    this.#formed = true;
    return values;
  }
  set dWeights(values: CompartmentInput) {
    this.#pairings().set(values);
    this.#formed = true;
  }

  /**
   * One step of learning.
   * @param dt length of the step, ms
   * @throws BadParameter for dt, BadProperty for spikes, traces, modulator or outmask that are not
   * finite; nothing has changed then
   */
  override evolve(dt = 1): void {
    checkStep(this.owner, dt);
    this.native.evolve(this.eta, dt, this.#formed ? this.#pairings().values : undefined);
    this.#formed = this.#weightDependent;
  }

  /**
   * A component as the one whose state it was, which goes on as that would have.
   * @throws TypeMismatch for what are no bytes; BadStateFile with its `reason`; OutOfMemory.
   */
  static fromState(bytes: Uint8Array): MSTDPETSynapse {
    const state = unpackState('MSTDPETSynapse', bytes);
    const synapse = new MSTDPETSynapse(StdpCable.optionsOf(state));
    if (state.arrays.dWeights) synapse.#pairings();
    synapse.takeUp(state);
    synapse.#formed = flagOf(state.values, 'formed');
    return synapse;
  }

  /** @internal */
  protected override parts(): DenseParts {
    const { arrays, values } = super.parts();
    const { modulator, outmask, eligibility } = this;
    const dWeights = this.#dWeights?.values;
    return {
      arrays: {
        ...{ ...arrays, modulator, outmask, eligibility, last: this.#last },
        ...(dWeights && { dWeights }),
      },
      values: { ...values, formed: this.#formed },
    };
  }

  /**
   * Inputs, outputs, spikes, traces, dWeights and eligibility become 0, the modulator too (unless
   * reset_modulator is false), outmask 1; weights stay.
   */
  override reset(): void {
    checkAllPresent([this.#eligibility, this.#outmask, this.#modulator]);
    this.#dWeights?.checkPresent();
    super.reset();
    this.eligibility.fill(0);
    this.#last.fill(0);
    this.#dWeights?.values.fill(0);
    this.outmask.fill(1);
    if (this.#clearsModulator) this.modulator.fill(0);
  }

  #pairings(): Compartment {
    this.#dWeights ??= new Compartment(this.owner, 'dWeights', this.#synapses());
    return this.#dWeights;
  }

  #synapses(): number[] {
    return this.batch_size === 1 ? [...this.shape] : [this.batch_size, ...this.shape];
  }
}
