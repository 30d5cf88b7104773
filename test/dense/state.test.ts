// States of dense components: what is made of them goes on as the component would have.
import {
  LIFCell,
  MSTDPETSynapse,
  random,
  REINFORCESynapse,
  RewardErrorCell,
  TraceSTDPSynapse,
  VarTrace,
} from '../../lib';

interface Component {
  toState(): Uint8Array;
  reset(): void;
}

interface Case {
  readonly name: string;
  make(): Component;
  from(bytes: Uint8Array): Component;
  /** A step with numbers drawn for it. */
  step(component: Component, draw: (n: number) => Float64Array): void;
}

function caseOf<C extends Component>(
  name: string,
  make: () => C,
  from: (bytes: Uint8Array) => C,
  step: (component: C, draw: (n: number) => Float64Array) => void,
): Case {
  return { name, make, from, step: step };
}

const spikes = (numbers: Float64Array): Float64Array => numbers.map((x) => Number(x < 0.3));
const mask = [
  [1, 0],
  [1, 1],
  [0, 1],
];

const cases: readonly Case[] = [
  caseOf(
    'LIFCell',
    () => new LIFCell({ n_units: 4, tau_m: 20, one_spike: true, batch_size: 2, seed: 3 }),
    (bytes) => LIFCell.fromState(bytes),
    (cell, draw) => {
      cell.j = draw(8).map((x) => 40 * x);
      cell.advance(0.5);
    },
  ),
  caseOf(
    'VarTrace',
    () => new VarTrace({ n_units: 5, tau_tr: 10, a_delta: 0.5, n_nearest_spikes: 2 }),
    (bytes) => VarTrace.fromState(bytes),
    (trace, draw) => {
      trace.inputs = spikes(draw(5));
      trace.advance(1);
    },
  ),
  caseOf(
    'RewardErrorCell',
    () => new RewardErrorCell({ alpha: 0.1, n_units: 2 }),
    (bytes) => RewardErrorCell.fromState(bytes),
    (cell, draw) => {
      cell.reward = draw(2);
      cell.advance();
      if (draw(1)[0]! < 0.2) cell.evolve();
    },
  ),
  caseOf(
    'TraceSTDPSynapse',
    () =>
      new TraceSTDPSynapse({
        ...{ shape: [3, 2], A_plus: 0.1, A_minus: 0.05, mu: 1, tau_w: 100 },
        ...{ weight_mask: mask, p_conn: 0.8, weight_init: ['normal', 0.5, 0.1], batch_size: 2 },
      }),
    (bytes) => TraceSTDPSynapse.fromState(bytes),
    (synapse, draw) => {
      synapse.inputs = draw(6);
      synapse.preSpike = spikes(draw(6));
      synapse.postSpike = spikes(draw(4));
      synapse.preTrace = draw(6);
      synapse.postTrace = draw(4);
      synapse.advance(1);
      synapse.evolve(1);
      synapse.eta *= 0.99;
    },
  ),
  ...[0, 1].map((mu) =>
    caseOf(
      `MSTDPETSynapse, mu = ${mu}`,
      () =>
        new MSTDPETSynapse({
          ...{ shape: [3, 2], A_plus: 0.1, A_minus: 0.05, tau_elg: 20, mu },
          ...{ weight_mask: mask, weight_init: [0.1, 0, 0.3, 0.4, 0, 0.6] },
        }),
      (bytes) => MSTDPETSynapse.fromState(bytes),
      (synapse, draw) => {
        synapse.preSpike = spikes(draw(3));
        synapse.postSpike = spikes(draw(2));
        synapse.preTrace = draw(3);
        synapse.postTrace = draw(2);
        synapse.modulator = draw(1);
        synapse.evolve(1);
        if (draw(1)[0]! < 0.5) void synapse.dWeights;
      },
    ),
  ),
  caseOf(
    'REINFORCESynapse',
    () =>
      new REINFORCESynapse({
        ...{ shape: [3, 2], eta: 0.1, act_fx: 'tanh', p_conn: 0.7, w_bound: 2, seed: 9 },
        ...{ mu_out_min: -1, mu_out_max: Infinity },
      }),
    (bytes) => REINFORCESynapse.fromState(bytes),
    (synapse, draw) => {
      // In an odd number of steps it ends between advance and evolve.
      synapse.rewards = draw(1);
      if (synapse.step_count >= 0 && draw(1)[0]! < 2 && synapse.outputs.some((x) => x !== 0)) {
        synapse.evolve();
      }
      synapse.inputs = draw(3);
      synapse.advance();
    },
  ),
];

/** Numbers that are the same for all that draw from the same seed. */
function drawFrom(seed: number): (n: number) => Float64Array {
  const draws = random.stream(seed);
  return (n) => Float64Array.from({ length: n }, () => draws.uniform());
}

describe.each(cases)('$name', (one) => {
  const make = () => one.make();
  const from = (bytes: Uint8Array) => one.from(bytes);
  const step: Case['step'] = (component, draw) => {
    one.step(component, draw);
  };

  it.each([0, 1, 7])('goes on after %i steps as if it had not been saved', (steps) => {
    const component = make();
    const draw = drawFrom(steps + 1);
    for (let i = 0; i < steps; i++) step(component, draw);
    const bytes = component.toState();
    const other = from(bytes);
    expect(Buffer.compare(other.toState(), bytes)).toBe(0);
    const [a, b] = [drawFrom(99), drawFrom(99)];
    for (let i = 0; i < 9; i++) {
      step(component, a);
      step(other, b);
    }
    expect(Buffer.compare(other.toState(), component.toState())).toBe(0);
    component.reset();
    other.reset();
    expect(Buffer.compare(other.toState(), component.toState())).toBe(0);
  });

  it('refuses what is no state of one', () => {
    const bytes = Buffer.from(make().toState());
    const reasonOf = (change: (all: Buffer) => Uint8Array): unknown => {
      try {
        from(change(Buffer.from(bytes)));
      } catch (error) {
        const { name, reason } = error as Error & { reason?: string };
        return name === 'BadStateFile' ? reason : error;
      }
      return 'not refused';
    };
    expect(reasonOf(() => Buffer.from('no state'))).toBe('foreign');
    expect(reasonOf(() => Buffer.alloc(0))).toBe('foreign');
    expect(reasonOf((all) => (all.writeUInt32LE(2, 8), all))).toBe('newer');
    for (const n of [9, 13, 40, bytes.length - 1]) {
      expect(reasonOf((all) => all.subarray(0, n))).toBe('truncated');
    }
    for (let at = 30; at < bytes.length; at += 37) {
      expect(reasonOf((all) => (all.writeUInt8(all[at]! ^ 4, at), all))).toMatch(
        /^(?:corrupted|truncated)$/,
      );
    }
    expect(() => from('text' as never)).toThrow(
      expect.objectContaining({ name: 'TypeMismatch' }) as Error,
    );
    const other = make() instanceof VarTrace ? cases[0]! : cases[1]!;
    expect(reasonOf(() => other.make().toState())).toBe('foreign');
  });
});
