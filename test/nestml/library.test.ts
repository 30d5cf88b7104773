// Neurons that are not built in, written in NESTML: as NEST computed them, and as a plain
// integration of their equations does under random inputs.
import { Draws } from '../fuzz/draws';
import { distance, numbersOf, simulate } from './compiled';
import { drawProtocol, type Ranges } from './drawn';
import { type FineModel, fineModels } from './fine';
import { givenTo, libraryCases, unlike } from './library';
import { type Course, courseOf } from './protocols';

const TIGHT = 1e-12;

/** Models that an adaptive solver advances have tolerances of their own as parameters. */
const solverOf = (numbers: Readonly<Record<string, number>>): Record<string, number> =>
  'gsl_abs_error_tol' in numbers ? { gsl_abs_error_tol: TIGHT, gsl_rel_error_tol: TIGHT } : {};

describe('as NEST computed', () => {
  test.each(libraryCases())('$model, $case', async (of) => {
    const model = `${of.model}_nestml`;
    const defaults = await numbersOf({ model, text: of.model }, of.resolution);
    const different = Object.entries(of.params_all).filter(([name, value]) => {
      const given = defaults[name];
      if (name in of.params_set || given === undefined || name in of.recorded) return false;
      return !(given === value || Math.abs(given - Number(value)) <= 1e-12 * Math.abs(given));
    });
    expect(different).toEqual([]);
    const neuron = { model, text: of.model, params: { ...of.params_set, ...solverOf(defaults) } };
    const [course] = await simulate(neuron, givenTo(of), Object.keys(of.recorded));
    expect(unlike(of, course!.states, course!.spikes)).toEqual([]);
  });
});
interface Under extends Ranges {
  /** Parameters besides the defaults. */
  readonly params?: Readonly<Record<string, number>>;
  /** Parameters that are true. */
  readonly flags?: readonly string[];
  /** Recorded besides the states. */
  readonly also?: readonly string[];
  /** States that the compiled model has under another name, or not at all. */
  readonly not?: readonly string[];
  /** Potentials are compared up to this one: an upstroke turns nothing into much. */
  readonly highest?: number;
  /** Sub-steps of the plain integration, a step; 1000. */
  readonly substeps?: (resolution: number) => number;
  /** The largest error that is allowed: 1e-10 of what is exact. */
  readonly tolerance?: number;
}

/** Upstrokes need short sub-steps. */
const aeif = {
  ...{ weight: 10, current: 900, params: { t_ref: 1 }, tolerance: 1e-6 },
  substeps: (resolution: number) => Math.round(1e4 * resolution),
  highest: -40,
};

function capped(course: Course, highest: number): Course {
  const { V_m, ...others } = course.states;
  if (!V_m) return course;
  return { ...course, states: { ...others, V_m: V_m.map((V) => Math.min(V, highest)) } };
}
const numbered = { receptors: [1, 2, 3] };
const EXACT = 1e-10;
const SOLVED = 1e-7;

/** Inputs of each model. */
const under: Readonly<Record<FineModel, Under>> = {
  iaf_psc_exp: { weight: 200, current: 600, tolerance: EXACT },
  iaf_psc_alpha: { weight: 150, current: 600, not: ['dI_syn_ex', 'dI_syn_in'], tolerance: EXACT },
  iaf_psc_exp_multisynapse: {
    ...{ weight: 150, current: 600, ...numbered, tolerance: EXACT },
    ...{ params: { tau_syn_1: 0.7, tau_syn_2: 3, tau_syn_3: 10 }, also: ['I_syn'] },
  },
  iaf_psc_alpha_multisynapse: {
    ...{ weight: 120, current: 600, ...numbered, tolerance: EXACT },
    ...{ params: { tau_syn_1: 0.7, tau_syn_2: 3, tau_syn_3: 10 }, also: ['I_syn'] },
    not: ['dI_syn_1', 'dI_syn_2', 'dI_syn_3'],
  },
  iaf_psc_exp_htum: { weight: 200, current: 700, params: { t_ref_tot: 6 }, tolerance: EXACT },
  iaf_tum_2000: { weight: 200, current: 600, tolerance: EXACT },
  iaf_cond_exp: { weight: 10, current: 500 },
  iaf_cond_alpha: { weight: 6, current: 500 },
  iaf_cond_beta: {
    ...{ weight: 6, current: 500, also: ['t_ref_remaining'] },
    params: { tau_decay_ex: 1.5, tau_decay_in: 6 },
  },
  iaf_cond_exp_sfa_rr: { weight: 10, current: 900 },
  iaf_bw_2001: { weight: 8, current: 700, receptors: [1, 2], signed: false },
  aeif_cond_exp: aeif,
  aeif_cond_alpha: { ...aeif, not: ['dg_ex', 'dg_in'] },
  aeif_psc_exp: { ...aeif, weight: 300 },
  aeif_psc_alpha: { ...aeif, weight: 200, not: ['dI_syn_ex', 'dI_syn_in'] },
  aeif_psc_delta: { ...aeif, weight: 2 },
  aeif_cond_alpha_multisynapse: {
    ...{ ...aeif, weight: 4, ...numbered, signed: false, not: ['dg_1', 'dg_2', 'dg_3'] },
    params: { t_ref: 1, tau_syn_1: 0.7, tau_syn_2: 2, tau_syn_3: 6 },
  },
  aeif_cond_beta_multisynapse: {
    ...{ ...aeif, weight: 3, receptors: [1, 2], signed: false, not: ['dg_1', 'dg_2'] },
    params: { t_ref: 1, tau_rise_1: 0.5, tau_decay_1: 4 },
  },
  hh_psc_alpha: { weight: 100, current: 900, tolerance: 1e-6 },
  hh_cond_exp_traub: { weight: 8, current: 200, tolerance: 1e-6 },
  ht_neuron: {
    ...{ weight: 1, current: 8, receptors: [1, 2, 3, 4], signed: false, also: ['g_NMDA'] },
    ...{ tolerance: 1e-6, substeps: () => 100 },
  },
  iaf_chxk_2008: { weight: 20, current: 1500, also: ['I_syn_ex', 'I_ahp'] },
  iaf_chs_2007: {
    ...{ weight: 0.6, current: 0, signed: false, also: ['V_m'], tolerance: EXACT },
  },
  mat2_psc_exp: {
    ...{ weight: 200, current: 500, also: ['V_th'], tolerance: EXACT },
    not: ['I_syn_ex', 'I_syn_in'],
  },
  amat2_psc_exp: {
    ...{ weight: 100, current: 400, also: ['V_th'], tolerance: EXACT },
    params: { beta: 0.2, alpha_2: 0.5 },
  },
  gif_psc_exp: { weight: 80, current: 200, params: { V_T_star: 1e5 }, tolerance: EXACT },
  glif_psc: {
    ...{ weight: 40, current: 350, receptors: [1, 2], also: ['threshold'], tolerance: EXACT },
    flags: ['spike_dependent_threshold', 'after_spike_currents', 'adapting_threshold'],
    not: ['I_1', 'dI_1', 'I_2', 'dI_2'],
  },
  gif_cond_exp: { weight: 2, current: 200, params: { V_T_star: 1e5 } },
  pp_psc_delta: { weight: 1, current: 300, params: { c_2: 0 }, tolerance: EXACT },
};

describe('as a plain integration computes', () => {
  const models = Object.keys(under) as FineModel[];

  test.each(models.flatMap((model) => [1, 2].map((seed) => ({ model, seed }))))(
    '$model, random inputs $seed',
    async ({ model, seed }) => {
      const { params = {}, flags = [], also = [], not = [], ...given } = under[model];
      const { tolerance = SOLVED, substeps, highest = Infinity, ...ranges } = given;
      const draws = new Draws(seed);
      const resolution = seed === 1 ? 0.1 : draws.pick([0.05, 0.2, 0.25, 0.5]);
      const steps = Math.min(400, Math.round(60 / resolution));
      const protocol = drawProtocol(draws, ranges, steps, resolution);
      const on = Object.fromEntries(flags.map((name) => [name, true]));
      const neuron = { model: `${model}_nestml`, text: model, params: { ...params, ...on } };
      const numbers = await numbersOf(neuron, resolution);
      const fine = fineModels[model](numbers, resolution);
      const names = [...fine.names.filter((name) => !not.includes(name)), ...also];
      const compiled = { ...neuron, params: { ...neuron.params, ...solverOf(numbers) } };
      const [course] = await simulate(compiled, protocol, names);
      const expected = courseOf(fine, protocol, substeps?.(resolution));
      expect(course!.spikes).toEqual(expected.spikes);
      const [ours, theirs] = [course!, expected].map((one) => capped(one, highest));
      expect(distance(ours!, theirs!, names)).toBeLessThanOrEqual(tolerance);
    },
  );
});
