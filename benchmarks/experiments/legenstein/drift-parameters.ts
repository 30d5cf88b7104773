// What simulation 3 of the paper is made of: six linear Poisson neurons, each of which learns what
// a target neuron does from rewards for how its spikes lie to those of the target.
import { sourced, type SourcedTable, valuesOf } from './sourced';

/** Factor between the eligibility of the published programs and that of the paper, nearly e. */
const PROGRAM_FACTOR = 2.77;

/** Numbers that all six have in common. */
export const commonTable = {
  extra: sourced(10, '', 'code', 'inputs of the target neuron that the learning one lacks'),
  w_init: sourced(0.5, 'w_max', 'code', 'mean initial weight'),
  w_init_sd: sourced(0.1, 'w_max', 'code', 'its standard deviation'),
  w_init_low: sourced(0.3, 'w_max', 'code', 'smallest initial weight'),
  w_init_high: sourced(0.7, 'w_max', 'code', 'largest initial weight'),
  delay: sourced(1, 'ms', 'code', 'delay of all synapses'),
  t_ref: sourced(0.2, 'ms', 'code', 'refractory time of learning and target neuron'),
  t_ref_input: sourced(0, 'ms', 'ours', 'refractory time of the inputs'),
  tau_c: sourced(400, 'ms', 'code', 'time constant of the eligibility, an alpha function'),
  gap: sourced(0.1, 'ms', 'code', 'pairs of spikes that are no farther apart do not count'),
  tau_kappa_2: sourced(4, 'ms', 'code', 'shorter time constant of kappa'),
  kappa_area: sourced(50, 'ms', 'code', 'area of the negative half of kappa, before it is cut'),
  kappa_cut: sourced(5, 't1', 'code', 'pairs of spikes that are farther apart give no reward'),
  kappa_gap: sourced(0.1, 'ms', 'code', 'nor do those whose shifted distance is no larger'),
  reward_delay: sourced(400, 'ms', 'code', 'from a pair of spikes to its reward'),
};
export const COMMON = valuesOf(commonTable);

/** Columns of the table of experiments. */
const COLUMNS = {
  inputs: ['', 'plastic inputs, N'],
  rate: ['1/s', 'rate of each input'],
  tau_eps: ['ms', 'time constant of a response to an input spike'],
  w_max: ['', 'largest weight: spikes that an input spike adds'],
  nu_0: ['1/s', 'rate of the learning neuron without input'],
  A_plus: ['', 'amplitude of LTP'],
  ratio: ['', 'amplitude of LTD over that of LTP'],
  tau: ['ms', 'time constant of both'],
  t1: ['ms', 'longer time constant of kappa'],
  alpha_k: ['', 'positive half of kappa over its negative half'],
  hours: ['h', 'duration'],
} as const;

type Column = keyof typeof COLUMNS;

/** One experiment's numbers. */
export type DriftSettings = Readonly<Record<Column, number>>;

/** In the order of the columns; amplitudes as in the published programs, before the factor. */
const ROWS: readonly (readonly number[])[] = [
  [100, 6, 10, 0.012, 10, 0.0005, 1.05, 20, 20, 1.07, 5],
  [100, 6, 7, 0.02, 5, 0.0002, 1.02, 15, 16, 1.1, 10],
  [100, 6, 20, 0.01, 6, 0.0002, 1.1, 25, 40, 1.08, 19.9],
  [100, 6, 7, 0.02, 5, 0.0002, 1.07, 25, 16, 1.12, 13],
  [100, 6, 10, 0.015, 6, 0.0005, 1.1, 25, 20, 1.2, 2],
  [200, 3, 25, 0.005, 3, 0.001, 1.01, 25, 20, 1.07, 18],
];

const columns = Object.keys(COLUMNS) as Column[];

/** The six experiments, the first of which is number 1. */
export const EXPERIMENTS: readonly DriftSettings[] = ROWS.map((row) => {
  const settings = Object.fromEntries(columns.map((name, i) => [name, row[i]!])) as DriftSettings;
  return { ...settings, A_plus: PROGRAM_FACTOR * settings.A_plus * settings.w_max };
});

/** An experiment's numbers with their origin, for documents. */
export function experimentTable(settings: DriftSettings): SourcedTable {
  const entries = columns.map((name) => {
    const [unit, meaning] = COLUMNS[name];
    const origin = name === 'A_plus' ? 'derived' : 'code';
    return [name, sourced(settings[name], unit, origin, meaning)] as const;
  });
  return Object.fromEntries(entries);
}

/** Amplitudes of both halves of kappa. */
export function kappaAmplitudes({ t1, alpha_k }: DriftSettings): { plus: number; minus: number } {
  const unit = COMMON.kappa_area / (t1 - COMMON.tau_kappa_2);
  return { plus: alpha_k * unit, minus: -unit };
}
