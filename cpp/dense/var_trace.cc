#include "dense/var_trace.h"

#include "base/elementary.h"
#include "dense/finite.h"

namespace tegmenta::dense {

namespace {

double decay_of(const TraceRule& rule, double dt) {
  switch (rule.decay) {
    case TraceDecay::kExponential:
      return elementary::exp(-dt / rule.tau_tr);
    case TraceDecay::kLinear:
      return 1 - dt / rule.tau_tr;
    case TraceDecay::kStep:
      break;
  }
  return 0;
}

}  // namespace

void advance_trace(const TraceRule& rule, const TraceState& state, double dt) {
  const auto [inputs, trace] = state;
  require_finite("VarTrace", "inputs", inputs, rule.n);
  const double decay = rule.gamma_tr * decay_of(rule, dt);
  if (rule.n_nearest_spikes > 0) {
    for (std::size_t i = 0; i < rule.n; ++i) {
      const double z = trace[i];
      trace[i] = decay * z + inputs[i] * (rule.a_delta - z / rule.n_nearest_spikes);
    }
  } else if (rule.a_delta > 0) {
    for (std::size_t i = 0; i < rule.n; ++i) {
      trace[i] = decay * trace[i] + rule.a_delta * inputs[i];
    }
  } else {
    for (std::size_t i = 0; i < rule.n; ++i) {
      trace[i] = decay * trace[i] * (1 - inputs[i]) + inputs[i] * rule.p_scale;
    }
  }
}

}  // namespace tegmenta::dense
