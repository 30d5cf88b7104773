// A modulator: the time line n(t) − b of one transmitter as one synapse model sees it, and the
// integrals that lazy synapses need. See docs/event-driven-core.md#modulators.
//
// With E(x) = exp(−x/τc) a synapse of eligibility c at time s gains c·H(s, e),
//
//     H(s, e) = ∫_s^e E(u − s) (n(u) − b) du .
//
// A reward is a value for every step instead: a synapse of eligibility c after step s gains c·H(s,
// e) over the steps s + 1 … e,
//
//     H(s, e) = Σ_{k = s+1}^e β^(k−1−s) · gain · r(k) ,   β = exp(−h/τc)   (τc = 0: β = 0) .
//
// The line is cut into blocks of half a τc. Within a block the integral from its begin is kept for
// every step; integrals over several blocks are chained. So exponents stay small, nothing is ever
// rebased, and every number depends on absolute time only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/aligned.h"
#include "base/held.h"
#include "models/devices/time_line.h"
#include "plasticity/exp_table.h"

namespace tegmenta {

struct ModulatorParameters {
  double tau_c = 1000, tau_n = 200;
  double b = 0;
  double gain = 1;  // A_vt; of a reward, change of weight by unit eligibility and reward
  bool ignores_multiplicity = false;
  bool reward = false;  // a value a step, set from outside
  bool pulses = false;  // how many spikes there are at a time, and nothing that they leave behind
  bool operator==(const ModulatorParameters&) const = default;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("tau_c", self.tau_c);
    visit("tau_n", self.tau_n);
    visit("b", self.b);
    visit("gain", self.gain);
    visit("ignores_multiplicity", self.ignores_multiplicity);
    visit("reward", self.reward);
    if constexpr (Visitor::kAsks == Asks::kDigest) {
      if (self.pulses) visit("pulses", self.pulses);
    } else {
      visit.added("pulses", self.pulses);
    }
  }
};

class Modulator {
 public:
  /// Keeps `horizon` steps. n and the time start at `now`.
  Modulator(const ModulatorParameters& parameters, double h, std::int64_t horizon, std::int64_t now,
            double n);
  /// One that is to be loaded: the smallest.
  Modulator() : Modulator({.tau_c = 0}, 0.1, 1, 0, 0) {}

  /// A spike of that multiplicity reaches the transmitter at step `time` (in the future of now()).
  void schedule(std::int64_t time, std::uint32_t multiplicity);
  /// What the reward will be from some steps on, ascending; replaces what was known of the future.
  void expect(std::vector<TimeLine::Change> changes) { changes_ = std::move(changes); }
  /// Works the line out up to `step`.
  void advance(std::int64_t step);

  std::int64_t now() const { return now_; }
  std::int64_t horizon() const { return horizon_; }
  double n() const { return value_at(now_); }
  /// n right after the events at `step`; the reward of that step.
  double value_at(std::int64_t step) const;
  /// What the reward of that step changes a weight by, for unit eligibility.
  double drive(std::int64_t step) const { return p_.gain * value_at(step); }
  const ModulatorParameters& parameters() const { return p_; }

  /// The integrals that end at `end`, for one visit. Only one may be in use at a time.
  class Until {
   public:
    Until(const Modulator& m, std::int64_t begin, std::int64_t end);
    /// H(s, end) for begin ≤ s ≤ end.
    double operator()(std::int64_t s) const {
      std::int64_t in_block = s - begin_;
      std::size_t block = 0;
      if (m_.block_ == 1) {
        block = static_cast<std::size_t>(in_block);
        in_block = 0;
      }
      while (in_block >= m_.block_) in_block -= m_.block_, ++block;
      return m_.growth_[static_cast<std::size_t>(in_block)] * (tail_[block] - m_.prefix(s));
    }

    /// H(s, end) for first ≤ s < last, in stretches of contiguous tables: for i < n,
    /// H(s + i, end) = growth[i]·(tail − prefix[i]). Calls stretch(s, n, growth, prefix, tail).
    template <typename F>
    void tabulate(std::int64_t first, std::int64_t last, F&& stretch) const {
      for (std::int64_t s = first; s < last;) {
        const std::int64_t block = (s - begin_) / m_.block_;
        const std::int64_t in_block = s - begin_ - block * m_.block_;
        const std::int64_t in_ring = s & m_.mask_;
        const std::int64_t n = std::min({last - s, m_.block_ - in_block, m_.mask_ + 1 - in_ring});
        stretch(s, n, m_.growth_.data() + in_block, m_.prefix_.data() + in_ring,
                tail_[static_cast<std::size_t>(block)]);
        s += n;
      }
    }

   private:
    const Modulator& m_;
    std::int64_t first_;  // block of the begin
    std::int64_t begin_;  // its first step
    const double* tail_;
  };

  /// H(s, e) for any interval of the line.
  double integral(std::int64_t s, std::int64_t e) const;
  /// An upper bound of ∫|n − b| over the interval.
  double absolute(std::int64_t s, std::int64_t e) const {
    return (bound(e) - bound(s)) * (1 + 1e-9);
  }
  /// n − b has one sign, or none, between s and e. What is known of later steps makes no
  /// difference.
  bool keeps_sign(std::int64_t s, std::int64_t e) const {
    return (p_.b == 0 && e < negative_from_) || pieces_keep_sign(s, e);
  }
  /// Calls drift(change of weight for unit eligibility at s) for one piece of [s, e] after the
  /// other, in each of which n − b has one sign: pieces end at events and where n falls to b.
  template <typename F>
  void pieces(std::int64_t s, std::int64_t e, F&& drift) const {
    std::uint64_t position = in_force(s);
    for (std::int64_t at = s; at < e;) {
      const bool more = position + 1 < event_end_ && event(position + 1).time < e;
      const std::int64_t end = more ? event(position + 1).time : e;
      const double length = ms(end - at);
      const double turn = event(position).turn - ms(at - event(position).time);
      const double n = event(position).n * decay_n_(at - event(position).time);
      if (turn > 0 && turn < length) {
        drift(segment(ms(at - s), n, turn));
        drift(segment(ms(at - s) + turn, p_.b, length - turn));
      } else {
        drift(segment(ms(at - s), n, length));
      }
      at = end;
      ++position;
    }
  }
  double eligibility(std::int64_t steps) const { return decay_c_(steps); }
  /// The reward has one sign, or none, in the steps s + 1 … e.
  bool keeps_sign_within(std::int64_t s, std::int64_t e) const;

  const ExpTable& decay_of_eligibility() const { return decay_c_; }

  struct Event {
    std::int64_t time;
    double n;  // right after it; the reward from there on; how many spikes there are
    /// n is b so many ms later, if nothing else happens; infinite: never.
    double turn = std::numeric_limits<double>::infinity();

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("time", self.time);
      visit("n", self.n);
      visit("turn", self.turn);
    }
  };
  /// Events in (s, e], ascending: positions [first, last) of event().
  std::pair<std::uint64_t, std::uint64_t> events(std::int64_t s, std::int64_t e) const;
  const Event& event(std::uint64_t position) const {
    return events_[static_cast<std::size_t>(position & (events_.size() - 1))];
  }

  struct Arrival {
    std::int64_t time;
    std::uint32_t multiplicity;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("time", self.time);
      visit("multiplicity", self.multiplicity);
    }
  };
  const std::vector<Arrival>& pending() const { return pending_; }

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("parameters", self.p_);
    visit("now", self.now_);
    visit("negative_from", self.negative_from_);
    if constexpr (Visitor::kAsks == Asks::kDigest) {
      for (std::uint64_t e = self.event_begin_; e != self.event_end_; ++e) {
        visit("event", self.event(e));
      }
    } else if constexpr (Visitor::kAsks == Asks::kToSave) {
      visit("events", self.events_known());
    } else if constexpr (Visitor::kAsks == Asks::kToLoad) {
      visit("events", self.events_);
    }
    visit("pending", self.pending_);
    visit("changes", self.changes_);
    visit.derived("events", self.events_);
    visit.derived("decay_c", self.decay_c_);
    visit.derived("decay_n", self.decay_n_);
    visit.derived("growth", self.growth_);
    // As they are: the events from which they have come are forgotten in time.
    visit.kept("h", self.h_);
    visit.kept("horizon", self.horizon_);
    visit.kept("prefix", self.prefix_);
    visit.kept("bound", self.bound_);
    visit.kept("block_total", self.block_total_);
    visit.derived("tail", self.tail_);
  }
  bool loaded();
  /// Makes the tables of one that was loaded.
  void restore();
  double h() const { return h_; }

 private:
  void advance_reward(std::int64_t to);
  void advance_pulses(std::int64_t to);
  void keep(double prefix, double reach);
  double prefix(std::int64_t s) const { return prefix_[static_cast<std::size_t>(s & mask_)]; }
  double bound(std::int64_t s) const { return bound_[static_cast<std::size_t>(s & mask_)]; }
  void remember(std::int64_t time, double n);
  double left(const Event& from, std::int64_t step) const;
  /// Position of the first event later than `step`, and of the one that n decays from there.
  std::uint64_t first_after(std::int64_t step) const;
  std::uint64_t in_force(std::int64_t step) const {
    const std::uint64_t after = first_after(step);
    return after > event_begin_ ? after - 1 : after;
  }
  bool pieces_keep_sign(std::int64_t s, std::int64_t e) const;
  std::vector<Event> events_known() const;
  /// Change of weight by unit eligibility `since` ms before, over `length` ms without events, from
  /// n at their begin.
  double segment(double since, double n, double length) const;
  double ms(std::int64_t steps) const { return static_cast<double>(steps) * h_; }

  ModulatorParameters p_;
  double h_;
  std::int64_t block_;  // steps a block
  std::int64_t horizon_;
  std::int64_t mask_;  // ring of steps
  std::int64_t now_;
  std::int64_t negative_from_ = std::numeric_limits<std::int64_t>::max();  // n was negative then
  double per_step_n_, per_step_b_;  // integrals of one step for n = 1 and b = 1
  double block_decay_;
  ExpTable decay_c_, decay_n_;
  AlignedVector<double> growth_;        // exp(+k h/τc) within a block
  AlignedVector<double> prefix_;        // by step: integral from the block's begin
  AlignedVector<double> bound_;         // by step: bound of ∫|n − b| from the start
  AlignedVector<double> block_total_;   // by block
  mutable AlignedVector<double> tail_;  // of the visit going on
  std::vector<Event> events_;           // ring of a power of two
  std::uint64_t event_begin_ = 0, event_end_ = 0;
  std::vector<Arrival> pending_;           // ascending in time
  std::vector<TimeLine::Change> changes_;  // ascending in time
};

}  // namespace tegmenta
