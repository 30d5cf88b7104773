// The synapses that learn in simulations 2, 4 and 5 of the paper.
import { SHORT_TERM } from './biofeedback-parameters';
import { sourced, valuesOf } from './sourced';

export const plasticTable = {
  delay: sourced(1, 'ms', 'code', 'delay'),
  w_init: sourced(0.5, 'w_max', 'code', 'mean initial weight'),
  w_init_sd: sourced(0.1, 'w_max', 'code', 'its standard deviation'),
  tau_c: sourced(400, 'ms', 'code', 'time constant of the eligibility, an alpha function'),
  A_plus: sourced(0.01, 'w_max', 'code', 'amplitude of LTP'),
  ratio: sourced(1.05, 'A_plus', 'code', 'amplitude of LTD'),
  tau: sourced(30, 'ms', 'code', 'time constant of both'),
  gap: sourced(0.5, 'ms', 'code', 'pairs of spikes that are no farther apart do not count'),
};
export const PLASTIC = valuesOf(plasticTable);

/** Their short-term plasticity. */
export const DYNAMICS = SHORT_TERM.EE;

/** Constants of the rule; nothing is learned before it is switched on. */
export const ruleParameters = (w_max: number, ratio: number = PLASTIC.ratio) => ({
  A_plus: PLASTIC.A_plus * w_max,
  A_minus: ratio * PLASTIC.A_plus * w_max,
  tau_plus: PLASTIC.tau,
  tau_c: PLASTIC.tau_c,
  gap: PLASTIC.gap,
  Wmin: 0,
  Wmax: w_max,
  learning_rate: 0,
});
