// The rules of synapses that have a vector form, for the kernels of one instruction set.
#include "models/synapses/stdp_pl_synapse_hom.h"
#include "models/synapses/stdp_synapse.h"
