import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  LIFCell,
  MSTDPETSynapse,
  REINFORCESynapse,
  RewardErrorCell,
  TraceSTDPSynapse,
  VarTrace,
  type LIFOptions,
  type MSTDPETOptions,
  type REINFORCEOptions,
  type RewardErrorOptions,
  type VarTraceOptions,
} from '../../lib';

// Trajectories computed with ngc-learn 3.2.0 in double precision, see
// test/reference/data/README.md. Options that switch to the original's behaviour are given where
// the original's matters.

type Matrix = number[][];
type Nested = number | Nested[];

interface StdpInputs {
  readonly shape: readonly [number, number];
  readonly dt: number;
  readonly steps: number;
  readonly pre: readonly Matrix[];
  readonly post: readonly Matrix[];
  readonly modulator: readonly number[];
  readonly pre_trace: Omit<VarTraceOptions, 'n_units'>;
  readonly post_trace: Omit<VarTraceOptions, 'n_units'>;
  readonly w_init: Matrix;
  readonly params: Omit<MSTDPETOptions, 'shape'>;
  readonly outmask?: Matrix;
  readonly call_reset?: boolean;
  readonly cls?: 'trace';
}

interface ReinforceInputs {
  readonly shape: readonly [number, number];
  readonly batch: number;
  readonly steps: number;
  readonly dt: number;
  readonly inputs: readonly Matrix[];
  readonly rewards: readonly number[][];
  readonly learning_mask: readonly number[];
  readonly w_init: Matrix;
  readonly params: Omit<REINFORCEOptions, 'shape'>;
}

interface Case<I, R> {
  readonly inputs: I;
  readonly result: R;
}
type Cases<I, R> = Readonly<Record<string, Case<I, R>>>;
type Columns = Readonly<Record<string, readonly Nested[]>>;

interface Families {
  readonly mstdpet: Cases<StdpInputs, Columns>;
  readonly trace_stdp: Cases<StdpInputs, Columns>;
  readonly florian_like: Cases<StdpInputs, Columns>;
  readonly reinforce: Cases<ReinforceInputs, Columns>;
  readonly var_trace: Cases<
    { params: Omit<VarTraceOptions, 'n_units'>; dt: number; spikes: number[] },
    readonly number[]
  >;
  readonly reward_error: Cases<
    { params: RewardErrorOptions; reward: number[]; evolve_after: number[] },
    Columns
  >;
  readonly lif: Cases<
    { n: number; dt: number; params: Omit<LIFOptions, 'n_units'>; current: number[][] },
    Columns
  >;
}

const text = readFileSync(path.join(__dirname, '../reference/data/ngclearn.json'), 'utf8');
const { families } = JSON.parse(text) as { families: Families };

const tolerance = 1e-12;

function flat(values: Nested | Float64Array): number[] {
  if (typeof values === 'number') return [values];
  return values instanceof Float64Array ? [...values] : values.flatMap(flat);
}

/** Largest distance between what components hold and the row `s` of the recorded columns. */
function distance(
  component: object,
  recorded: Columns,
  s: number,
  names = Object.keys(recorded),
): number {
  let largest = 0;
  for (const name of names) {
    const got = flat((component as Record<string, Nested | Float64Array>)[name] ?? NaN);
    const wanted = flat(recorded[name]?.[s] ?? []);
    if (got.length !== wanted.length) return Infinity;
    for (const [i, x] of got.entries()) {
      const d = Math.abs(x - (wanted[i] ?? NaN));
      if (!(d <= largest)) largest = d;
    }
  }
  return largest;
}

const names = (cases: object): string[] => Object.keys(cases);

function caseOf<I, R>(cases: Cases<I, R>, name: string): Case<I, R> {
  const found = cases[name];
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

function makeSynapse(inputs: StdpInputs, modulated: boolean): TraceSTDPSynapse | MSTDPETSynapse {
  const common = { ...inputs.params, shape: inputs.shape, weight_init: inputs.w_init };
  if (!modulated) return new TraceSTDPSynapse(common);
  const synapse = new MSTDPETSynapse({
    ...common,
    outmask_initial: 0,
    reset_modulator: false,
    enforce_weight_mask: false,
  });
  if (inputs.call_reset ?? true) synapse.reset();
  if (inputs.outmask) synapse.outmask = inputs.outmask;
  return synapse;
}

/** The largest distance over all steps. */
function runStdp({ inputs, result }: Case<StdpInputs, Columns>, modulated: boolean): number {
  const synapse = makeSynapse(inputs, modulated);
  const [n, m] = inputs.shape;
  const pre = new VarTrace({ ...inputs.pre_trace, n_units: n });
  const post = new VarTrace({ ...inputs.post_trace, n_units: m });
  let largest = distance(synapse, result, 0);
  for (let s = 0; s < inputs.steps; s++) {
    pre.inputs = inputs.pre[s] ?? [];
    post.inputs = inputs.post[s] ?? [];
    pre.advance(inputs.dt);
    post.advance(inputs.dt);
    synapse.inputs = pre.inputs;
    synapse.advance(inputs.dt);
    synapse.preSpike = pre.inputs;
    synapse.postSpike = post.inputs;
    synapse.preTrace = pre.trace;
    synapse.postTrace = post.trace;
    if (synapse instanceof MSTDPETSynapse) synapse.modulator = inputs.modulator[s] ?? NaN;
    synapse.evolve(inputs.dt);
    largest = Math.max(largest, distance(synapse, result, s + 1));
  }
  return largest;
}

test.each(names(families.mstdpet))('MSTDPETSynapse: %s', (name) => {
  expect(runStdp(caseOf(families.mstdpet, name), true)).toBeLessThanOrEqual(tolerance);
});

test.each(names(families.trace_stdp))('TraceSTDPSynapse: %s', (name) => {
  expect(runStdp(caseOf(families.trace_stdp, name), false)).toBeLessThanOrEqual(tolerance);
});

test.each(names(families.florian_like))("Florian's protocol: %s", (name) => {
  const found = caseOf(families.florian_like, name);
  expect(runStdp(found, found.inputs.cls !== 'trace')).toBeLessThanOrEqual(tolerance);
});

test.each(names(families.reinforce))('REINFORCESynapse with the recorded noise: %s', (name) => {
  const { inputs, result } = caseOf(families.reinforce, name);
  const bound = inputs.params.w_bound ?? 1;
  const synapse = new REINFORCESynapse({
    ...inputs.params,
    shape: inputs.shape,
    batch_size: inputs.batch,
    weight_init: inputs.w_init,
    sample_in_evolve: true,
    learning_mask_initial: 0,
    clip_without_learning: true,
    w_min: 0,
    log_std_w_min: 0,
    log_std_w_max: bound,
  });
  let largest = 0;
  for (let s = 0; s < inputs.steps; s++) {
    synapse.inputs = inputs.inputs[s] ?? [];
    synapse.rewards = inputs.rewards[s] ?? [];
    synapse.learning_mask = inputs.learning_mask[s] ?? NaN;
    synapse.noise = (result.noise?.[s + 1] ?? []) as Matrix;
    synapse.evolve(inputs.dt);
    largest = Math.max(largest, distance(synapse, result, s + 1));
  }
  expect(largest).toBeLessThanOrEqual(tolerance);
});

test.each(names(families.var_trace))('VarTrace: %s', (name) => {
  const { inputs, result } = caseOf(families.var_trace, name);
  const trace = new VarTrace({ ...inputs.params, n_units: 1 });
  const got = inputs.spikes.map((spike) => {
    trace.inputs = spike;
    trace.advance(inputs.dt);
    return trace.trace[0] ?? NaN;
  });
  expect(got).toHaveLength(result.length);
  const distances = got.map((z, i) => Math.abs(z - (result[i] ?? NaN)));
  expect(Math.max(...distances)).toBeLessThanOrEqual(tolerance);
});

test.each(names(families.reward_error))('RewardErrorCell: %s', (name) => {
  const { inputs, result } = caseOf(families.reward_error, name);
  const cell = new RewardErrorCell(inputs.params);
  let largest = 0;
  for (const [i, reward] of inputs.reward.entries()) {
    cell.reward = reward;
    cell.advance();
    if (inputs.evolve_after.includes(i + 1)) cell.evolve();
    largest = Math.max(largest, distance(cell, result, i));
  }
  expect(largest).toBeLessThanOrEqual(tolerance);
});

test.each(names(families.lif))('LIFCell: %s', (name) => {
  const { inputs, result } = caseOf(families.lif, name);
  const cell = new LIFCell({ ...inputs.params, n_units: inputs.n });
  let largest = distance(cell, result, 0);
  for (const [i, current] of inputs.current.entries()) {
    cell.j = current;
    cell.advance(inputs.dt);
    largest = Math.max(largest, distance(cell, result, i + 1));
  }
  expect(largest).toBeLessThanOrEqual(tolerance);
});

test('the cases are all there', () => {
  const counts = (Object.keys(families) as (keyof Families)[]).map((family) => [
    family,
    names(families[family]).length,
  ]);
  expect(Object.fromEntries(counts)).toEqual({
    mstdpet: 12,
    trace_stdp: 3,
    reinforce: 5,
    var_trace: 8,
    reward_error: 3,
    lif: 1,
    florian_like: 3,
  });
});
