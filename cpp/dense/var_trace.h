// Traces of spikes, in the forms that ngc-learn's VarTrace has.
#pragma once

#include <cstddef>

namespace tegmenta::dense {

enum class TraceDecay { kExponential, kLinear, kStep };

struct TraceRule {
  std::size_t n;
  double tau_tr;   // ms
  double a_delta;  // added at a spike; 0: the trace is set to p_scale instead
  double p_scale;
  double gamma_tr;          // further factor of the decay
  TraceDecay decay;         // e^(−dt/tau), 1 − dt/tau, 0
  double n_nearest_spikes;  // > 0: a spike adds a_delta − trace / n_nearest_spikes
};

/// One step of `dt` ms. Throws BadProperty where the inputs are not finite.
void advance_trace(const TraceRule& rule, const double* inputs, double* trace, double dt);

}  // namespace tegmenta::dense
