// The reward of one transmitter in continuous time, as one synapse model sees it, and the integrals
// that lazy synapses need. See docs/event-driven-core.md#rewards-in-continuous-time.
//
// With E(x) = exp(−x/τc) a synapse whose eligibility at time s is c, with g on its way into it
// (docs/event-driven-core.md#alpha-shaped-eligibility), gains c·I₀(s, e) + g·I₁(s, e),
//
//     I₀(s, e) = ∫_s^e E(u − s) d(u) du        I₁(s, e) = ∫_s^e ((u − s)/τc) E(u − s) d(u) du ,
//
// where pulses in (s, e] are part of d. As in a Modulator the integrals are kept by step within
// blocks of half a τc, and chained over several.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/aligned.h"
#include "base/held.h"
#include "base/value.h"
#include "models/devices/reward_kernel.h"
#include "models/devices/time_line.h"
#include "plasticity/exp_table.h"
#include "plasticity/reward_signal.h"

namespace tegmenta {

struct RewardLineParameters {
  double tau_c = 1;  // ms
  RewardKernel kernel;
  /// How often the transmitter was cleared.
  std::uint64_t clearings = 0;
  bool operator==(const RewardLineParameters&) const = default;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("tau_c", self.tau_c);
    visit("kernel", self.kernel);
    visit("clearings", self.clearings);
  }
};

class RewardLine {
 public:
  /// Keeps `horizon` steps, from `now` on; level: the reward given as a number, as it is now.
  RewardLine(const RewardLineParameters& parameters, double h, std::int64_t horizon,
             std::int64_t now, double level);
  /// One that is to be loaded: the smallest.
  RewardLine() : RewardLine({}, 0.1, 1, 0, 0) {}

  /// What spikes have sent to another line of the transmitter, up to the same step.
  void take_over(const RewardLine& before);
  /// The transmitter has another kernel from now on, or was cleared.
  void renew(const RewardKernel& kernel, std::uint64_t clearings);

  /// A spike that reaches the transmitter. Those of one step are taken in the order of this struct,
  /// whoever has entered them.
  struct Arrival {
    std::int64_t time;  // step, in the future of now()
    std::uint32_t receptor;
    NodeId source;
    double weight;
    std::uint32_t multiplicity;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("time", self.time);
      visit("receptor", self.receptor);
      visit("source", self.source);
      visit("weight", self.weight);
      visit("multiplicity", self.multiplicity);
    }
  };
  void schedule(const Arrival& arrival);
  /// What the number given will be from some steps on, ascending; replaces what was known of it.
  void expect(std::vector<TimeLine::Change> changes) { changes_ = std::move(changes); }
  /// Works the line out up to `step`.
  void advance(std::int64_t step);

  std::int64_t now() const { return now_; }
  double h() const { return h_; }
  std::int64_t horizon() const { return horizon_; }
  const RewardLineParameters& parameters() const { return p_; }
  /// d right after the events at now().
  double value() const;
  double decay(std::int64_t steps) const { return decay_c_(steps); }
  /// steps/τc.
  double in_time_constants(std::int64_t steps) const {
    return static_cast<double>(steps) * per_step_;
  }

  /// The integrals that end at `end`, for one visit. Only one may be in use at a time.
  class Until {
   public:
    Until(const RewardLine& line, std::int64_t begin, std::int64_t end);
    /// I₀ and I₁ of (s, end], begin ≤ s ≤ end.
    RewardIntegrals operator()(std::int64_t s) const {
      std::int64_t in_block = s - begin_;
      std::size_t block = 0;
      while (in_block >= line_.block_) in_block -= line_.block_, ++block;
      return line_.since(s, in_block, tails_[block]);
    }

   private:
    const RewardLine& line_;
    std::int64_t begin_;  // the first step of the block of the begin
    const RewardIntegrals* tails_;
  };

  /// I₀ and I₁ of (s, e], for any s ≤ e of the line.
  RewardIntegrals integrals(std::int64_t s, std::int64_t e) const;
  /// An upper bound of ∫|d| over (s, e].
  double absolute(std::int64_t s, std::int64_t e) const {
    return (kept(e).reach - kept(s).reach) * (1 + 1e-9);
  }
  /// Goes through (s, e] in order: piece(ms since s, length in ms, the signal at its begin) for
  /// each stretch in which d has one sign, or none, and pulse(ms since s, area).
  template <typename OnPiece, typename OnPulse>
  void walk(std::int64_t s, std::int64_t e, OnPiece&& piece, OnPulse&& pulse) const;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("parameters", self.p_);
    visit("now", self.now_);
    visit("events", self.events_);
    visit("arrivals", self.arrivals_);
    visit("pulses", self.pulses_);
    visit("changes", self.changes_);
    visit("learner", self.recent_[0]);
    visit("target", self.recent_[1]);
    visit.kept("h", self.h_);
    visit.kept("horizon", self.horizon_);
    // As they are: the events from which they have come are forgotten in time.
    visit.kept("kept", self.kept_);
    visit.kept("totals", self.totals_);
    visit.derived("decay_c", self.decay_c_);
    visit.derived("growth", self.growth_);
    visit.derived("tails", self.tails_);
  }
  bool loaded() const;
  /// Makes the tables of one that was loaded.
  void restore();

 private:
  /// From its time on the signal holds, until the next; the pulse comes at that time.
  struct Event {
    std::int64_t time = 0;
    double pulse = 0;
    RewardSignal signal;
    std::vector<double> turns;  // ms after the event

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("time", self.time);
      visit("pulse", self.pulse);
      visit("signal", self.signal);
      visit.derived("turns", self.turns);
    }
  };
  struct Pulse {
    std::int64_t time;
    double area;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("time", self.time);
      visit("area", self.area);
    }
  };
  /// Spikes of one side that may still be paired.
  struct Recent {
    std::int64_t time;
    std::uint32_t spikes;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("time", self.time);
      visit("spikes", self.spikes);
    }
  };
  /// At the end of a step: the integrals from the begin of its block, and the bound from the start.
  struct Kept {
    double eligibility, pending, reach;
  };
  /// Integrals over one step, of each part of the signal.
  struct StepMoments {
    RewardIntegrals level;
    struct Wave {
      RewardIntegrals value, drive;
    };
    std::array<Wave, RewardSignal::kWaves> waves;
  };

  static constexpr std::size_t kKept = sizeof(Kept) / sizeof(double);
  double* at(std::int64_t s) { return kept_.data() + kKept * static_cast<std::size_t>(s & mask_); }
  Kept kept(std::int64_t s) const {
    const double* const k = kept_.data() + kKept * static_cast<std::size_t>(s & mask_);
    return {k[0], k[1], k[2]};
  }
  void keep(std::int64_t s, const Kept& numbers) {
    double* const k = at(s);
    k[0] = numbers.eligibility;
    k[1] = numbers.pending;
    k[2] = numbers.reach;
  }
  double* total(std::int64_t block) {
    return totals_.data() + 2 * static_cast<std::size_t>(block % blocks_kept());
  }
  const double* total(std::int64_t block) const {
    return totals_.data() + 2 * static_cast<std::size_t>(block % blocks_kept());
  }
  std::int64_t blocks_kept() const { return static_cast<std::int64_t>(totals_.size() / 2); }
  double ms(std::int64_t steps) const { return static_cast<double>(steps) * h_; }
  /// From s, in_block steps into its block, to where `tail` from the begin of the block ends.
  RewardIntegrals since(std::int64_t s, std::int64_t in_block, const RewardIntegrals& tail) const {
    const Kept before = kept(s);
    const double growth = growth_[static_cast<std::size_t>(in_block)];
    const double left = tail.eligibility - before.eligibility;
    return {growth * left,
            growth * ((tail.pending - before.pending) - in_time_constants(in_block) * left)};
  }
  /// The tail from the begin of a block on, from that of the next.
  RewardIntegrals chained(std::int64_t block, const RewardIntegrals& next) const {
    const double* const here = total(block);
    return {here[0] + block_decay_ * next.eligibility,
            here[1] + block_decay_ * (next.pending + in_time_constants(block_) * next.eligibility)};
  }
  std::size_t first_after(std::int64_t step) const;
  RewardSignal signal_at(const Event& from, std::int64_t step) const;
  void remember(std::int64_t time, double pulse, const RewardSignal& signal);
  void change_level(std::size_t& changed);
  void advance_step(const RewardSignal& signal);
  void end_step(const Kept& numbers);
  void add_pulse(double area);
  void pass_over(std::int64_t to);
  std::int64_t next_event(std::size_t changed) const;
  void take_events();
  double take_arrivals(RewardSignal& signal);
  double pairs_of(const Arrival& arrival);
  void send_pulse(std::int64_t time, double area);
  void take_kernel();

  RewardLineParameters p_;
  double h_;
  double per_step_;     // h/τc
  std::int64_t block_;  // steps a block
  std::int64_t horizon_;
  std::int64_t mask_;  // ring of steps
  std::int64_t now_;
  ExpTable decay_c_;
  std::array<ExpTable, RewardSignal::kWaves> decay_wave_;
  double block_decay_;
  StepMoments moments_;
  AlignedVector<double> growth_;                // exp(+k h/τc) within a block
  AlignedVector<double> kept_;                  // by step, see Kept
  AlignedVector<double> totals_;                // by block, eligibility and pending
  mutable std::vector<RewardIntegrals> tails_;  // of the visit going on
  std::vector<Event> events_;                   // ascending in time, each at another
  std::vector<Arrival> arrivals_;               // ascending, see Arrival
  std::vector<Pulse> pulses_;                   // ascending in time, each at another
  std::vector<TimeLine::Change> changes_;       // ascending in time
  std::array<std::vector<Recent>, 2> recent_;   // of the learner, of the target
};

template <typename OnPiece, typename OnPulse>
void RewardLine::walk(std::int64_t s, std::int64_t e, OnPiece&& piece, OnPulse&& pulse) const {
  std::int64_t from = s;
  for (std::size_t position = first_after(s) - 1; from < e; ++position) {
    const Event& event = events_[position];
    const Event* const next = position + 1 < events_.size() && events_[position + 1].time <= e
                                  ? &events_[position + 1]
                                  : nullptr;
    const std::int64_t to = next ? next->time : e;
    if (!event.signal.is_zero()) {
      const double began = ms(event.time - s), end = ms(to - s);
      double at = ms(from - s);
      const auto go_to = [&](double place) {
        if (place <= at) return;
        piece(at, place - at, event.signal.later(at - began));
        at = place;
      };
      for (const double turn : event.turns) go_to(std::min(began + turn, end));
      go_to(end);
    }
    if (next && next->pulse != 0) pulse(ms(to - s), next->pulse);
    from = to;
  }
}

}  // namespace tegmenta
