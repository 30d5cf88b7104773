// Random calls of the dense components.
import * as nest from '../../lib';
import type { Draws } from './draws';

/** A component of any class. */
export type Component = Record<string, unknown>;

type Values = Record<string, unknown>;

const stdp = { shape: [3, 2], A_plus: 1, A_minus: 1 };
/** The classes: what they need, what they may be given, and their compartments. */
const classes: Readonly<Record<string, { needs: Values; options: Values; arrays: string[] }>> = {
  TraceSTDPSynapse: {
    needs: stdp,
    options: {
      ...{ eta: 0.1, mu: 1, pretrace_target: 0.1, tau_w: 10, w_bound: 2, w_min: -1, p_conn: 0.5 },
      ...{ weight_init: ['normal', 0, 1], weight_mask: 1, batch_size: 2, seed: 3 },
      ...{ g_conduct_factor: 2, enforce_weight_mask: false },
    },
    arrays: [
      ...['inputs', 'outputs', 'weights', 'dWeights'],
      ...['preSpike', 'postSpike', 'preTrace', 'postTrace'],
    ],
  },
  MSTDPETSynapse: {
    needs: stdp,
    options: {
      ...{ tau_elg: 20, elg_decay: 0.5, outmask_initial: 0, reset_modulator: false, mu: 1, eta: 2 },
      ...{ weight_init: [1, 2, 3, 4, 5, 6], batch_size: 3, w_bound: 9, tau_w: 5 },
    },
    arrays: [
      ...['inputs', 'weights', 'dWeights', 'modulator', 'outmask', 'eligibility'],
      ...['preSpike', 'postSpike', 'preTrace', 'postTrace'],
    ],
  },
  REINFORCESynapse: {
    needs: { shape: [2, 3] },
    options: {
      ...{ eta: 0.1, decay: 0.5, act_fx: 'softmax', mu_act_fx: 'tanh', mu_out_min: -1 },
      ...{ mu_out_max: 1, scalar_stddev: 0.5, p_conn: 0.5, w_bound: 3, log_std_w_max: 2 },
      ...{ batch_size: 2, seed: 7, reset_seed: 1, learning_mask_initial: 0 },
      ...{ clip_without_learning: true, sample_in_evolve: true, weight_init: ['constant', 0.1] },
    },
    arrays: [
      ...['inputs', 'outputs', 'noise', 'rewards', 'weights', 'dWeights'],
      'accumulated_gradients',
    ],
  },
  VarTrace: {
    needs: { n_units: 3, tau_tr: 10, a_delta: 1 },
    options: { P_scale: 2, gamma_tr: 0.5, decay_type: 'lin', n_nearest_spikes: 2, batch_size: 2 },
    arrays: ['inputs', 'trace'],
  },
  RewardErrorCell: {
    needs: { alpha: 0.5 },
    options: { n_units: 2, ema_window_len: 3, use_online_predictor: false, batch_size: 2 },
    arrays: ['reward', 'mu', 'rpe', 'accum_reward'],
  },
  LIFCell: {
    needs: { n_units: 3, tau_m: 10 },
    options: {
      ...{ resist_m: 2, thr: -50, v_min: -80, refract_time: 0, tau_theta: 0, theta_plus: 1 },
      ...{ one_spike: true, max_one_spike: true, integration_type: 'rk2', batch_size: 2, seed: 5 },
    },
    arrays: ['j', 'v', 's', 'rfr', 'thr_theta', 'tols'],
  },
};
const names = Object.keys(classes);

const classOf = (component: Component): (typeof classes)[string] => {
  const found = classes[component.constructor.name];
  if (!found) throw new Error('no component');
  return found;
};

/** Everything of a component that can be read, as text. */
export function textOf(component: Component): string {
  const { arrays } = classOf(component);
  const scalars = ['eta', 'learning_mask', 'step_count', 'objective', 't', 'n_ep_steps'];
  // Without a method of the array, which may be transferred.
  const text = (value: unknown): string =>
    value instanceof Float64Array
      ? Array.from({ length: value.length }, (_, i) => String(value[i])).join()
      : String(value);
  // What a program adds to an object that has no such property is not the component's.
  const own = [...arrays, ...scalars].filter((name) => name in Object.getPrototypeOf(component));
  return own.map((name) => `${name} ${text(component[name])}`).join('\n');
}

const constructors = nest as unknown as Record<string, new (given: unknown) => Component>;

/** One of each class. */
export const all = (): Component[] =>
  Object.entries(classes).map(([name, { needs }]) => new constructors[name]!(needs));

/** What makes a component, mostly a valid one. `wrong`: a value for any place. */
export function made(d: Draws, wrong: () => unknown): { args: unknown[]; make: () => Component } {
  const name = d.pick(names);
  const { needs, options } = classes[name]!;
  const given: Values = { ...needs };
  for (const [key, value] of Object.entries(options)) if (d.chance(0.25)) given[key] = value;
  // Not of sizes: what there is memory for is the matter of other tests.
  const others = Object.keys({ ...needs, ...options }).filter(
    (key) => !/shape|n_units|batch_size/.test(key),
  );
  if (d.chance(0.3)) given[d.pick(others)] = wrong();
  if (d.chance(0.05)) given[d.pick(['shape', 'n_units', 'batch_size'])] = d.pick([0, -1, 1.5, '2']);
  if (d.chance(0.05)) given[d.pick(['foo', '__proto__', 'Eta'])] = 1;
  const args = [d.chance(0.05) ? wrong() : given];
  return { args, make: () => new constructors[name]!(args[0]) };
}

/** A call of a component's. */
export function called(
  d: Draws,
  component: Component,
  wrong: () => unknown,
): { args: unknown[]; call: () => unknown } {
  const { arrays } = classOf(component);
  const name = d.pick([...arrays, 'eta', 'learning_mask', 'foo']);
  const array = component[name];
  const list = (n: number): number[] => d.list(n, () => d.pick([0, 1, 0.5, -2]));
  const value = d.pick<() => unknown>([
    () => d.between(-1, 1),
    () => list(array instanceof Float64Array ? array.length : 3),
    () => Float64Array.from(list(array instanceof Float64Array ? array.length : 3)),
    () => list(d.below(8)),
    () => d.list(3, () => list(2)),
    wrong,
  ])();
  const step = d.pick<() => unknown>([() => undefined, () => 1, () => 0.5, wrong])();
  const method = d.pick(['advance', 'advance', 'evolve', 'evolve', 'reset']);
  return d.pick<() => { args: unknown[]; call: () => unknown }>([
    () => ({ args: [name, value], call: () => Reflect.set(component, name, value) }),
    () => ({ args: [name, value], call: () => Reflect.set(component, name, value) }),
    () => ({
      args: [method, step],
      call: () => (component[method] as ((dt: unknown) => void) | undefined)?.call(component, step),
    }),
    () => ({
      args: [name, 'written into'],
      call: () => {
        if (array instanceof Float64Array) array[d.below(array.length)] = d.pick([1, 2, NaN]);
      },
    }),
    () => ({
      args: [name, 'transferred'],
      call: () => {
        if (!(array instanceof Float64Array) || !d.chance(0.2)) return;
        // What was transferred already cannot be again.
        if (array.length > 0) structuredClone(array, { transfer: [array.buffer as ArrayBuffer] });
      },
    }),
  ])();
}
