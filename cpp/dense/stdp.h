// Trace-based STDP of a dense weight matrix: without modulator (TraceSTDP) and with one (MSTDP,
// MSTDPET: R. V. Florian, Neural Computation 19 (2007)), in the form that ngc-learn gives them.
#pragma once

#include <tuple>

#include "dense/fields.h"
#include "simd/kernels.h"

namespace tegmenta::dense {

/// What does not change from step to step.
struct StdpRule {
  simd::DenseShape shape;
  simd::PairRule pairs;
  double tau_w;              // of the decay of weights, in steps; 0: none
  double tau_elg;            // of the eligibility trace, ms; 0: none
  double elg_decay;          // further factor of its decay
  double g_conduct_factor;   // of the outputs
  bool enforce_weight_mask;  // whether absent synapses stay absent while others learn
};

template <>
struct ConstantsOf<StdpRule> {
  using type =
      Constants<&StdpRule::shape, &StdpRule::pairs, &StdpRule::tau_w, &StdpRule::tau_elg,
                &StdpRule::elg_decay, &StdpRule::g_conduct_factor, &StdpRule::enforce_weight_mask>;
};

inline std::size_t input_entries(const simd::DenseShape& s) { return s.batch * s.inputs; }
inline std::size_t output_entries(const simd::DenseShape& s) { return s.batch * s.outputs; }
inline std::size_t synapses(const simd::DenseShape& s) { return s.inputs * s.outputs; }
inline std::size_t synapses_of_samples(const simd::DenseShape& s) { return s.batch * synapses(s); }

template <>
struct ArraysOf<simd::PairActivity> {
  template <auto Member>
  using Array = dense::Array<Member, simd::DenseShape>;
  static constexpr std::tuple kArrays{
      Array<&simd::PairActivity::pre_spike>{.name = "preSpike", .length = input_entries},
      Array<&simd::PairActivity::post_spike>{.name = "postSpike", .length = output_entries},
      Array<&simd::PairActivity::pre_trace>{.name = "preTrace", .length = input_entries},
      Array<&simd::PairActivity::post_trace>{.name = "postTrace", .length = output_entries}};
};

/// Weights (inputs × outputs) and the mask that keeps some of them at 0, or nullptr.
struct Synapses {
  double* weights;
  const double* mask;
};

template <>
struct ArraysOf<Synapses> {
  static constexpr std::tuple kArrays{
      Array<&Synapses::weights, simd::DenseShape>{.length = synapses},
      Array<&Synapses::mask, simd::DenseShape>{
          .name = "weight_mask", .length = synapses, .optional = true}};
};

struct Signals {
  const double* inputs;
  double* outputs;
};

template <>
struct ArraysOf<Signals> {
  static constexpr std::tuple kArrays{
      Array<&Signals::inputs, simd::DenseShape>{.length = input_entries},
      Array<&Signals::outputs, simd::DenseShape>{.length = output_entries}};
};

/// outputs = g_conduct_factor · inputs × (weights · mask).
void forward(const simd::Kernels& kernels, const StdpRule& rule, Synapses synapses,
             const Signals& signals);

/// Those of TraceSTDP.
struct Pairings {
  double* values;
};

template <>
struct ArraysOf<Pairings> {
  static constexpr std::tuple kArrays{
      Array<&Pairings::values, simd::DenseShape>{.name = "dWeights", .length = synapses}};
};

/// One step of TraceSTDP: simd::TraceStdpStep. Throws BadProperty where the activity is not finite;
/// nothing has changed then.
void evolve_trace_stdp(const simd::Kernels& kernels, const StdpRule& rule,
                       const simd::PairActivity& activity, Synapses synapses, double* pairings,
                       double eta);

/// Spikes and traces of the step before, which are paired with a lag of one step: pre_spike,
/// post_spike, pre_trace, post_trace, one after the other.
struct LastActivity {
  double* values;

  simd::PairActivity of(const simd::DenseShape& shape) const;
  void take(const simd::PairActivity& activity, const simd::DenseShape& shape);
};

template <>
struct ArraysOf<LastActivity> {
  static constexpr std::tuple kArrays{Array<&LastActivity::values, simd::DenseShape>{
      .name = "last", .length = [](const simd::DenseShape& s) {
        return 2 * (input_entries(s) + output_entries(s));
      }}};
};

struct Modulation {
  const double* modulator;  // one a sample
  const double* outmask;    // one an output
  double* eligibility;      // batch × inputs × outputs
  double* pairings;         // as many; may be nullptr where μ = 0 and not `from_pairings`
  bool from_pairings;       // whether `pairings` holds those of the last step
  double eta;
};

/// The pairings are given with a step.
template <>
struct ArraysOf<Modulation> {
  template <auto Member>
  using Array = dense::Array<Member, simd::DenseShape>;
  static constexpr std::tuple kArrays{
      Array<&Modulation::modulator>{.length = [](const simd::DenseShape& s) { return s.batch; }},
      Array<&Modulation::outmask>{.length = [](const simd::DenseShape& s) { return s.outputs; }},
      Array<&Modulation::eligibility>{.length = synapses_of_samples}};
};

/// One step of `dt` ms of MSTDP or MSTDPET: simd::MstdpetStep; `last` then holds this step's
/// activity. Throws BadProperty where activity or modulation is not finite; nothing has changed
/// then.
void evolve_mstdpet(const simd::Kernels& kernels, const StdpRule& rule,
                    const simd::PairActivity& activity, LastActivity last, Synapses synapses,
                    const Modulation& modulation, double dt);

/// The pairings of the last step, for μ = 0.
void last_pairings(const simd::Kernels& kernels, const StdpRule& rule, LastActivity last,
                   double* pairings);

}  // namespace tegmenta::dense
