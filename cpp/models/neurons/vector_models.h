// The vector updates of the models, read by simd/kernels.cc only (TEGMENTA_KERNEL_PASS).
#include "models/neurons/iaf_psc_alpha.h"
#include "models/neurons/iaf_psc_delta.h"
#include "models/neurons/iaf_psc_delta_neuron.h"
#include "models/neurons/iaf_psc_exp.h"
#include "models/neurons/iaf_psc_exp_neuron.h"
#include "models/neurons/izhikevich.h"
