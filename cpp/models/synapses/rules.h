// Every rule of synapses, one line each, in the order in which users see its models. Read more than
// once: where TEGMENTA_RULE_NAMES is defined, a rule's file is just TEGMENTA_SYNAPSE_RULE(rule).
// clang-format off
#include "models/synapses/static_synapse.h"
#include "models/synapses/static_synapse_hom_w.h"
#include "models/synapses/stdp_dopamine_synapse.h"
#include "models/synapses/mstdpet_synapse.h"
#include "models/synapses/stdp_synapse.h"
#include "models/synapses/stdp_nn_symm_synapse.h"
#include "models/synapses/stdp_nn_restr_synapse.h"
#include "models/synapses/stdp_nn_pre_centered_synapse.h"
#include "models/synapses/stdp_pl_synapse_hom.h"
#include "models/synapses/stdp_triplet_synapse.h"
#include "models/synapses/vogels_sprekeler_synapse.h"
#include "models/synapses/tsodyks_synapse.h"
#include "models/synapses/tsodyks2_synapse.h"
#include "models/synapses/bernoulli_synapse.h"
#include "models/synapses/quantal_stp_synapse.h"
#include "models/synapses/stdp_reward_synapse.h"
// clang-format on
