import { guardReceivers } from '../receivers';
import { native, type NativeTraceStdp } from '../native';
import { Compartment } from './compartment';
import { checkStep, OptionReader } from './options';
import { type DenseParts, unpackState } from './state';
import { StdpCable, type StdpOptions, stdpOptions } from './stdp-cable';

/** Parameters of {@link TraceSTDPSynapse}. */
export type TraceSTDPOptions = StdpOptions;

/**
 * A dense synaptic cable that learns by trace-based STDP. `evolve` computes
 *
 *     dWeights = A_plus (w_bound − W)^mu (preTrace − pretrace_target)ᵀ postSpike
 *              − A_minus (W − w_min)^mu preSpikeᵀ postTrace,        summed over the batch,
 *     W = clip(W + eta · dWeights − W / tau_w, w_min, w_bound)
 *
 * from what stands in the compartments: write this step's spikes and traces there before.
 *
 * Source of the rule: A. Morrison, A. Aertsen, M. Diesmann, Neural Computation 19 (2007), in the
 * form of ngc-learn 3.2. Other than there, p_conn makes a sparse cable.
 */
export class TraceSTDPSynapse extends StdpCable {
  /** @internal */
  protected override readonly native: NativeTraceStdp;
  readonly #dWeights: Compartment;

  static {
    guardReceivers(this, 'a TraceSTDPSynapse', (value) => #dWeights in value);
  }

  /**
   * @throws BadProperty, TypeMismatch, DimensionMismatch or UnaccessedDictionaryEntry naming the
   * parameter; OutOfMemory
   */
  constructor(options: TraceSTDPOptions) {
    super(new OptionReader('TraceSTDPSynapse', options, stdpOptions), 0, 1);
    this.#dWeights = new Compartment(this.owner, 'dWeights', this.shape);
    this.native = native.dense.traceStdp(this.rule, {
      ...this.arrays(),
      dWeights: this.dWeights,
    });
  }

  /** What the last `evolve` computed, without eta, inputs × outputs. */
  get dWeights(): Float64Array {
    return this.#dWeights.values;
  }

  /**
   * One step of learning.
   * @param dt length of the step, ms; does not enter.
   * @throws BadParameter for dt, BadProperty for spikes or traces that are not finite; nothing has
   * changed then
   */
  override evolve(dt = 1): void {
    checkStep(this.owner, dt);
    this.native.evolve(this.eta);
  }

  /**
   * A component as the one whose state it was, which goes on as that would have.
   * @throws TypeMismatch for what are no bytes; BadStateFile with its `reason`; OutOfMemory.
   */
  static fromState(bytes: Uint8Array): TraceSTDPSynapse {
    const state = unpackState('TraceSTDPSynapse', bytes);
    const synapse = new TraceSTDPSynapse(StdpCable.optionsOf(state));
    synapse.takeUp(state);
    return synapse;
  }

  /** @internal */
  protected override parts(): DenseParts {
    const { arrays, values } = super.parts();
    return { arrays: { ...arrays, dWeights: this.dWeights }, values };
  }

  override reset(): void {
    this.#dWeights.checkPresent();
    super.reset();
    this.dWeights.fill(0);
  }
}
