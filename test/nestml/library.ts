import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FineModel } from './fine';
import type { Parameters } from './fine/fine';
import type { Protocol } from './protocols';

/** A neuron as NEST computed it. */
export interface LibraryCase extends Protocol {
  readonly model: FineModel;
  readonly case: string;
  readonly params_set: Readonly<Record<string, number | boolean>>;
  readonly params_all: Readonly<Record<string, number | boolean>>;
  /** States at every multiple of it. */
  readonly interval: number;
  readonly recorded: Readonly<Record<string, readonly number[]>>;
  readonly spikes: readonly number[];
}

/** What the data have otherwise than the equations. */
interface Difference {
  /** NEST shows potentials from E_L. */
  readonly fromRest?: true;
  /** Its potential sees a spike in the step in which it arrives, all others one step later. */
  readonly early?: true;
  /** The times of its spikes tell something else besides: they are up to this many ms early. */
  readonly encoded?: number;
}

const differences: Partial<Record<FineModel, Difference>> = {
  iaf_psc_exp_htum: { fromRest: true },
  gif_psc_exp: { early: true },
  // What it has released (iaf_tum_2000), or how its NMDA gating has jumped (iaf_bw_2001).
  iaf_tum_2000: { encoded: 0.6 },
  iaf_bw_2001: { encoded: 0.7 },
  // The time at which it has passed its threshold.
  iaf_chxk_2008: { encoded: 0.1 },
};

/** Largest errors of states, and of times of spikes in steps: NEST solves with 1e-3 or 1e-6. */
interface Tolerance {
  readonly states: number;
  /** Until its first spike; the model resets within steps, and others at their ends. */
  readonly untilSpike?: true;
}

const EXACT: Tolerance = { states: 1e-10 };
const COARSE: Tolerance = { states: 1e-4 };
const ADAPTIVE: Tolerance = { states: 6e-6, untilSpike: true };

export const tolerances: Readonly<Record<FineModel, Tolerance>> = {
  iaf_psc_exp: EXACT,
  iaf_psc_alpha: EXACT,
  iaf_psc_exp_multisynapse: EXACT,
  iaf_psc_alpha_multisynapse: EXACT,
  iaf_psc_exp_htum: EXACT,
  iaf_tum_2000: EXACT,
  mat2_psc_exp: EXACT,
  amat2_psc_exp: EXACT,
  iaf_chs_2007: EXACT,
  gif_psc_exp: EXACT,
  glif_psc: EXACT,
  pp_psc_delta: EXACT,
  gif_cond_exp: { states: 2e-9 },
  iaf_bw_2001: { states: 2e-9 },
  iaf_cond_exp_sfa_rr: { states: 5e-6 },
  iaf_chxk_2008: { states: 5e-6 },
  iaf_cond_exp: COARSE,
  iaf_cond_alpha: COARSE,
  iaf_cond_beta: COARSE,
  ht_neuron: { states: 5e-6 },
  hh_psc_alpha: { states: 2e-2 },
  hh_cond_exp_traub: { states: 2e-2 },
  aeif_cond_exp: ADAPTIVE,
  aeif_cond_alpha: ADAPTIVE,
  aeif_psc_exp: ADAPTIVE,
  aeif_psc_alpha: ADAPTIVE,
  aeif_psc_delta: ADAPTIVE,
  aeif_cond_alpha_multisynapse: ADAPTIVE,
  aeif_cond_beta_multisynapse: ADAPTIVE,
};

const file = path.join(__dirname, '..', 'reference', 'data', 'library_neurons.json');

export function libraryCases(): LibraryCase[] {
  const { cases } = JSON.parse(readFileSync(file, 'utf8'), (_key, value: unknown) =>
    value === '-Infinity' ? -Infinity : value,
  ) as { cases: LibraryCase[] };
  return cases;
}

/** Parameters as plain equations take them: true is 1. */
export const numeric = (params: LibraryCase['params_all']): Parameters =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Number(value)]));

/** What a simulation is given, so that its potential sees spikes when the data's does. */
export function givenTo(of: LibraryCase): Protocol {
  if (!differences[of.model]?.early) return of;
  const inputs = of.inputs.map((input) => ({ ...input, delay: input.delay - of.resolution }));
  return { ...of, inputs };
}

/** What in a course (states at the end of every step, steps of spikes) is not as NEST computed. */
export function unlike(
  of: LibraryCase,
  states: Readonly<Record<string, ArrayLike<number>>>,
  spikes: readonly number[],
): string[] {
  const { states: tolerance, untilSpike } = tolerances[of.model];
  const { fromRest, early, encoded = 0 } = differences[of.model] ?? {};
  const wrong: string[] = [];
  const every = Math.round(of.interval / of.resolution);
  const end = untilSpike
    ? Math.min(of.spikes[0] ?? Infinity, spikes[0]! * of.resolution || Infinity)
    : Infinity;
  for (const [name, expected] of Object.entries(of.recorded)) {
    const values = states[name];
    if (!values) {
      wrong.push(`${name} is missing`);
      continue;
    }
    const shift = early && name.startsWith('I_syn') ? 1 : 0;
    const rest = fromRest && name === 'V_m' ? Number(of.params_all.E_L) : 0;
    const error = expected.map((wanted, i) => {
      if ((i + 1) * of.interval >= end) return 0;
      const value = values[(i + 1) * every - 1 - shift]! - rest;
      return Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
    });
    const worst = error.reduce((a, b) => (a >= b ? a : b), 0);
    if (!(worst <= tolerance)) wrong.push(`${name}: ${worst} at ${error.indexOf(worst)}`);
  }
  const steps = of.spikes.map((time) => time / of.resolution);
  const latest = untilSpike ? 1 : encoded / of.resolution;
  const compared = untilSpike ? 1 : Math.max(steps.length, spikes.length);
  for (let k = 0; k < compared; k++) {
    if (steps[k] === undefined && spikes[k] === undefined) continue;
    const late = spikes[k]! - steps[k]!;
    const earliest = untilSpike ? -1 : 0;
    if (late >= earliest - 1e-6 && late <= latest + 1e-6) continue;
    wrong.push(`spike ${k}: ${spikes[k]} instead of ${steps[k]}`);
  }
  return wrong;
}
