// linear_poisson_neuron: fires at random, at a rate that is linear in what arrives.
// Hawkes (1971) Biometrika 58:83–90; as the neuron of Legenstein, Pecevski & Maass (2008) PLoS
// Comput Biol 4:e1000180. A neuron's next spike is where its integrated rate reaches a number
// drawn for it: Brown, Barbieri, Ventura, Kass & Frank (2002) Neural Comput 14:325–346.
#ifdef TEGMENTA_NEURON_NAMES
TEGMENTA_NEURON(linear_poisson_neuron)
#else

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "models/neurons/one_by_one.h"

namespace tegmenta {

struct linear_poisson_neuron : Neuron {
  static constexpr const char* kSummary =
      "Fires at random at the rate nu_0 + Σ w ε(t − t_k), ε(s) = exp(−s/tau_syn)/tau_syn, or not "
      "at all where that is negative: the weight w of an input spike is the expected number of "
      "spikes that it causes. At most one spike a step.";
  static constexpr const char* kSource =
      "Hawkes (1971) Biometrika 58:83; Legenstein, Pecevski & Maass (2008) PLoS Comput Biol "
      "4:e1000180";
  static constexpr bool kAcceptsCurrent = false;

  struct Parameters {
    double nu_0, tau_syn, t_ref;
  };
  static constexpr std::tuple kParameters{
      ParameterField<&Parameters::nu_0>{.unit = "1/s",
                                        .value = 10,
                                        .range = Range::non_negative(),
                                        .description = "Rate without input."},
      common::tau_syn<&Parameters::tau_syn>(
          10, "How long an input spike acts: the time constant of ε."),
      ParameterField<&Parameters::t_ref>{
          .unit = "ms",
          .value = 0.2,
          .range = Range::non_negative(),
          .description = "Spikes that are drawn within this time after a spike do not happen; "
                         "rounded up to whole steps."}};

  // Times are absolute steps.
  template <typename T>
  struct State {
    T excess;         // of the rate over nu_0, 1/s
    T since;          // when `excess` and `hazard` were that
    T hazard;         // what the integral of the rate is short of the next spike that is drawn
    T draws;          // how many have been drawn
    T due;            // no spike before; 0: not worked out since a change from outside
    T blocked_until;  // no spike within t_ref
  };
  static constexpr std::tuple kStates{VariableField<&State<double>::excess>{
      .name = "rate",
      .unit = "1/s",
      .value = 10,
      .relative_to = position<&Parameters::nu_0>(kParameters),
      .moves_with_parameter = true,
      .range = Range::non_negative(),
      .description = "Rate at which the neuron fires, at present."}};

  template <typename T>
  struct Coefficients {
    T nu, per_step;  // spikes a step: without input, and of a rate of 1/s
    T decay;         // h/tau_syn
    T expected;      // spikes to come of an excess of 1/s
    T refractory_steps;
  };

  static void check(const Given<Parameters>&) {}

  static Coefficients<double> calibrate(const Parameters& p, const TimeGrid& grid) {
    constexpr double kSecond = 1e3;  // ms
    const double h = grid.resolution_ms();
    return {.nu = p.nu_0 * (h / kSecond),
            .per_step = h / kSecond,
            .decay = h / p.tau_syn,
            .expected = p.tau_syn / kSecond,
            .refractory_steps = common::refractory_steps(p.t_ref, grid)};
  }

  /// The states as they are at a later step, which is not an event of the neuron's own: what is
  /// drawn stays as likely as it was.
  static void bring(State<double>& x, const Coefficients<double>& c, double now) {
    if (x.due == kUnknown) return;
    pass(x, c, now);
    x.due = kUnknown;
  }

  static void update(const NeuronBlock& block) {
    for (int group = 0; group < block.lanes; group += kLaneGroup) {
      double due = earliest(block, group);
      for (int s = 0; s < block.steps; ++s) {
        unsigned mask = 0;
        const auto stamp = static_cast<double>(block.first_step + s + 1);
        if (due <= stamp || !hears_nothing(block, s * block.input_stride + group)) {
          mask = advance(block, s, group);
          due = earliest(block, group);
        }
        block.fired[static_cast<std::size_t>(s) * block.fired_stride +
                    static_cast<std::size_t>(group / kLaneGroup)] = static_cast<std::uint8_t>(mask);
      }
    }
  }

  static std::int64_t next_due(const NeuronBlock& block) {
    double due = kNever;
    for (int group = 0; group < block.lanes; group += kLaneGroup) {
      due = std::min(due, earliest(block, group));
    }
    return static_cast<std::int64_t>(std::max(due, 0.0));
  }

 private:
  static constexpr double kUnknown = 0;
  static constexpr auto kNever = static_cast<double>(kNeverDue);

  // Columns, in the order of State.
  enum Column { kExcess, kSince, kHazard, kDraws, kDue, kBlockedUntil, kColumns };
  static_assert(kColumns == kColumnsOf<State<double> >);

  // When the first neuron of a group is due.
  static double earliest(const NeuronBlock& block, int group) {
    double due = kNever;
    for (int j = 0; j < std::min(kLaneGroup, block.real_lanes - group); ++j) {
      due = std::min(due, block.state[kDue][group + j]);
    }
    return due;
  }

  static bool hears_nothing(const NeuronBlock& block, int index) {
    double some = 0;
    for (int j = 0; j < kLaneGroup; ++j) {
      some += block.excitatory[index + j] - block.inhibitory[index + j];
    }
    return some == 0;
  }

  // A step of a group; who fires.
  static unsigned advance(const NeuronBlock& block, int s, int group) {
    unsigned mask = 0;
    for (int j = 0; j < kLaneGroup && group + j < block.real_lanes; ++j) {
      const int lane = group + j;
      const int index = s * block.input_stride + lane;
      const double stamp = static_cast<double>(block.first_step + s + 1);
      const bool hears = block.excitatory[index] != 0 || block.inhibitory[index] != 0;
      if (block.state[kDue][lane] > stamp && !hears) continue;
      auto x = numbers_from<State<double>, double, kColumns>(
          [&](std::size_t k) { return block.state[k][lane]; });
      const auto c = numbers_from<Coefficients<double>, double, kColumnsOf<Coefficients<double> > >(
          [&](std::size_t k) { return block.coefficient[k][block.uniform ? 0 : lane]; });
      const NeuronInStep at{block.seed, block.first_node + static_cast<std::uint32_t>(lane),
                            static_cast<std::uint64_t>(block.first_step + s)};
      if (step(x, c, at, block.excitatory[index], block.inhibitory[index])) mask |= 1u << j;
      numbers_to<double, kColumns>(
          x, [&](std::size_t k, double value) { block.state[k][lane] = value; });
      note_failure(x, block, s, lane);
    }
    return mask;
  }

  // Whether the neuron fires at the end of the step; then it takes what arrives there.
  static bool step(State<double>& x, const Coefficients<double>& c, const NeuronInStep& at,
                   double excitatory, double inhibitory) {
    const auto stamp = static_cast<double>(at.step + 1);
    if (x.due == kUnknown) {
      if (x.draws == 0) draw(x, at);
      x.since = stamp - 1;
      x.excess = kept(x.excess);
      x.due = due_from(x, c);
    }
    if (x.due > stamp && excitatory == 0 && inhibitory == 0) return false;
    pass(x, c, stamp);
    bool fires = false;
    if (x.hazard <= kLeastState) {
      draw(x, at);
      fires = stamp > x.blocked_until;
      if (fires) x.blocked_until = stamp + c.refractory_steps;
    }
    x.excess = kept(x.excess + (excitatory + inhibitory) / c.expected);
    x.due = due_from(x, c);
    return fires;
  }

  static void note_failure(const State<double>& x, const NeuronBlock& block, int s, int lane) {
    if (std::isfinite(x.excess)) return;
    if (block.failure->kind != NeuronFailure::kNone && block.failure->step <= s) return;
    *block.failure = {NeuronFailure::kNotFinite, s, lane};
  }

  static void draw(State<double>& x, const NeuronInStep& at) {
    const auto ordinal = static_cast<std::uint64_t>(std::clamp(x.draws, 0.0, kNever));
    RandomStream random(at.seed, Purpose::kHazard, at.node, static_cast<std::uint32_t>(ordinal),
                        static_cast<std::uint32_t>(ordinal >> 32));
    x.hazard = random.exponential();
    x.draws += 1;
  }

  // What has vanished is nothing, whenever somebody looks.
  static double kept(double value) { return std::abs(value) < kLeastState ? 0 : value; }

  // To a later step, without events.
  static void pass(State<double>& x, const Coefficients<double>& c, double step) {
    const double steps = step - x.since;
    x.since = step;
    if (x.excess == 0) {
      x.hazard -= c.nu * steps;
      return;
    }
    const double change = elementary::expm1(-c.decay * steps);
    const double silent = steps_of_silence(x, c);
    if (silent == 0) {
      x.hazard -= c.nu * steps - x.excess * c.expected * change;
    } else if (steps > silent) {
      const double sounding = steps - silent;
      x.hazard -= c.nu * (sounding + elementary::expm1(-c.decay * sounding) / c.decay);
    }
    x.excess = kept(x.excess + x.excess * change);
  }

  // How long the rate stays at 0 because the sum is negative.
  static double steps_of_silence(const State<double>& x, const Coefficients<double>& c) {
    const double lack = -x.excess * c.per_step;
    return lack > c.nu ? elementary::log(lack / c.nu) / c.decay : 0;
  }

  // A step before which the neuron cannot fire: at no later time is its rate higher than it will be
  // from the end of silence on, or than it is now.
  static double due_from(const State<double>& x, const Coefficients<double>& c) {
    const double most = c.nu + std::max(x.excess, 0.0) * c.per_step;
    double due = x.since + std::ceil(std::max(1.0, steps_of_silence(x, c) + x.hazard / most));
    return due < kNever ? due : kNever;
  }
};

}  // namespace tegmenta
#endif
