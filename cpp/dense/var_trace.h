// Traces of spikes, in the forms that ngc-learn's VarTrace has.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "dense/fields.h"

namespace tegmenta::dense {

enum class TraceDecay { kExponential, kLinear, kStep };

/// In the order of the values.
constexpr std::array<std::string_view, 3> names_of(TraceDecay) { return {"exp", "lin", "step"}; }

struct TraceRule {
  std::size_t n;
  double tau_tr;   // ms
  double a_delta;  // added at a spike; 0: the trace is set to p_scale instead
  double p_scale;
  double gamma_tr;          // further factor of the decay
  TraceDecay decay;         // e^(−dt/tau), 1 − dt/tau, 0
  double n_nearest_spikes;  // > 0: a spike adds a_delta − trace / n_nearest_spikes
};

template <>
struct ConstantsOf<TraceRule> {
  using type =
      Constants<&TraceRule::n, &TraceRule::tau_tr, &TraceRule::a_delta, &TraceRule::p_scale,
                &TraceRule::gamma_tr, &TraceRule::decay, &TraceRule::n_nearest_spikes>;
};

/// Of n entries.
struct TraceState {
  const double* inputs;
  double* trace;
};

template <>
struct ArraysOf<TraceState> {
  static constexpr auto kEntries = [](const TraceRule& rule) { return rule.n; };
  static constexpr std::tuple kArrays{Array<&TraceState::inputs, TraceRule>{.length = kEntries},
                                      Array<&TraceState::trace, TraceRule>{.length = kEntries}};
};

/// One step of `dt` ms. Throws BadProperty where the inputs are not finite.
void advance_trace(const TraceRule& rule, const TraceState& state, double dt);

}  // namespace tegmenta::dense
