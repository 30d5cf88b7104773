// Generated from the core's declarations by scripts/generate.cjs; do not edit.

/* eslint @typescript-eslint/no-redundant-type-constituents: off -- users declare the rest */

import type { LoadedRecordable } from '../loaded-models';

/** What a multimeter can record. */
export type NodeRecordable =
  | 'I'
  | 'V_m'
  | 'g_ex'
  | 'g_in'
  | 'w'
  | 't_ref_remaining'
  | 'Ca'
  | 'dg_ex'
  | 'dg_in'
  | 'g_e'
  | 'g_i'
  | `g_${bigint}`
  | 'I_syn_ex'
  | 'I_syn_in'
  | 'dI_syn_ex'
  | 'dI_syn_in'
  | 'kept_input'
  | 'refr_t'
  | 'I_syn_exc'
  | 'I_syn_inh'
  | 'U_m'
  | 'rate'
  | LoadedRecordable;

/** What a synapse_recorder can record. */
export type SynapseRecordable =
  | 'weight'
  | 'c'
  | 'Kplus'
  | 'pre_tr'
  | 'n'
  | 'w'
  | 'a'
  | 'u'
  | 'armed'
  | 'g'
  | 'x'
  | 'Kplus_triplet'
  | 'y';
