import * as channels from './channels';
import type { Fine, Parameters } from './fine';
import * as glif from './glif';
import * as leaky from './leaky';
import * as silent from './silent';
import * as thalamic from './thalamic';
import * as upstroke from './upstroke';

const made =
  (model: new (p: Parameters, h: number) => Fine) =>
  (p: Parameters, h: number): Fine =>
    new model(p, h);

/** Each model's equations, by its name. */
export const fineModels = {
  iaf_psc_exp: leaky.iaf_psc_exp,
  iaf_psc_alpha: leaky.iaf_psc_alpha,
  iaf_psc_exp_multisynapse: leaky.iaf_psc_exp_multisynapse,
  iaf_psc_alpha_multisynapse: leaky.iaf_psc_alpha_multisynapse,
  iaf_psc_exp_htum: made(leaky.iaf_psc_exp_htum),
  iaf_tum_2000: leaky.iaf_tum_2000,
  iaf_cond_exp: made(leaky.iaf_cond_exp),
  iaf_cond_alpha: made(leaky.iaf_cond_alpha),
  iaf_cond_beta: made(leaky.iaf_cond_beta),
  iaf_cond_exp_sfa_rr: made(leaky.iaf_cond_exp_sfa_rr),
  iaf_bw_2001: made(leaky.iaf_bw_2001),
  aeif_cond_exp: made(upstroke.aeif_cond_exp),
  aeif_cond_alpha: made(upstroke.aeif_cond_alpha),
  aeif_psc_exp: made(upstroke.aeif_psc_exp),
  aeif_psc_alpha: made(upstroke.aeif_psc_alpha),
  aeif_psc_delta: made(upstroke.aeif_psc_delta),
  aeif_cond_alpha_multisynapse: made(upstroke.aeif_cond_alpha_multisynapse),
  aeif_cond_beta_multisynapse: made(upstroke.aeif_cond_beta_multisynapse),
  hh_psc_alpha: made(channels.hh_psc_alpha),
  hh_cond_exp_traub: made(channels.hh_cond_exp_traub),
  ht_neuron: made(thalamic.ht_neuron),
  iaf_chxk_2008: made(channels.iaf_chxk_2008),
  iaf_chs_2007: made(channels.iaf_chs_2007),
  mat2_psc_exp: made(channels.mat2_psc_exp),
  amat2_psc_exp: made(channels.amat2_psc_exp),
  gif_psc_exp: made(silent.gif_psc_exp),
  glif_psc: made(glif.glif_psc),
  gif_cond_exp: made(silent.gif_cond_exp),
  pp_psc_delta: made(silent.pp_psc_delta),
} satisfies Record<string, (p: Parameters, h: number) => Fine>;

export type FineModel = keyof typeof fineModels;
