// What is due when. A run waits here, as one descriptor, from the exchange of its spike to the step
// in which it arrives; only then are its targets touched. There are no ring buffers.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/held.h"

namespace tegmenta {

/// A run that is due in some step.
struct PendingRun {
  static constexpr std::uint32_t kPart = 0xffffffffu;

  std::uint32_t offset;
  std::uint32_t length;
  std::uint16_t store;
  std::uint8_t channel;
  std::uint32_t multiplicity;
  std::uint32_t index = kPart;  // of the run in its store; kPart: some of its synapses only

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("offset", self.offset);
    visit("length", self.length);
    visit("store", self.store);
    visit("channel", self.channel);
    visit("multiplicity", self.multiplicity);
    visit("index", self.index);
  }
};

/// A run whose spike carries a factor to the weights (spike_generator).
struct PendingDeviceRun {
  PendingRun run;
  double factor;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("run", self.run);
    visit("factor", self.factor);
  }
};

/// A plastic run that is due: it is visited then, at the logical time `until` of its spike, from
/// the state that its row had at `from`.
struct PendingPlasticRun {
  PendingRun run;
  std::uint32_t source;
  std::uint32_t delay;
  std::int64_t from;
  std::int64_t until;
  double Kplus;
  double Kplus_triplet;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("run", self.run);
    visit("source", self.source);
    visit("delay", self.delay);
    visit("from", self.from);
    visit("until", self.until);
    visit("Kplus", self.Kplus);
    visit("Kplus_triplet", self.Kplus_triplet);
  }
};

/// A run whose weights were worked out before it was due, because something changed from outside:
/// weights[i] goes to node targets[i].
struct SettledRun {
  std::uint8_t channel;
  std::vector<std::uint32_t> targets;
  std::vector<double> weights;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("channel", self.channel);
    visit("targets", self.targets);
    visit("weights", self.weights);
  }
};

/// The same of a run that is counted: `multiplicity` for each of the nodes `targets`, at the weight
/// that its store had.
struct SettledCounts {
  std::uint32_t store;
  double weight;
  std::uint32_t multiplicity;
  std::vector<std::uint32_t> targets;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("store", self.store);
    visit("weight", self.weight);
    visit("multiplicity", self.multiplicity);
    visit("targets", self.targets);
  }
};

/// What was settled, in the order in which it would have been delivered.
struct SettledRuns {
  std::vector<SettledRun> generators;
  std::vector<SettledRun> neurons;
  std::vector<SettledCounts> counts;
  std::vector<SettledRun> plastic;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("generators", self.generators);
    visit("neurons", self.neurons);
    visit("counts", self.counts);
    visit("plastic", self.plastic);
  }
};

/// One list of due runs per future step, of one partition. Lists fill in the order (stamp, source),
/// which is the order of sums; those of generators come first, because generators are asked when
/// their spikes are due and neurons when they have fired. What is settled is older than what is in
/// the list of its kind, and comes before it. Runs of synapses that pair at arrival come last,
/// because they cannot be settled: where others were must not matter to the sums.
struct CalendarDay {
  std::vector<PendingDeviceRun> generators;
  std::vector<PendingRun> neurons;
  std::vector<PendingPlasticRun> plastic;
  std::vector<PendingPlasticRun> arriving;
  /// Rare: null as a rule.
  std::unique_ptr<SettledRuns> settled;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("generators", self.generators);
    visit("neurons", self.neurons);
    visit("plastic", self.plastic);
    if constexpr (Visitor::kAsks == Asks::kDigest) {
      if (!self.arriving.empty()) visit("arriving", self.arriving);
    } else {
      visit.added("arriving", self.arriving);
    }
    visit("settled", self.settled);
  }

  bool empty() const {
    return generators.empty() && neurons.empty() && plastic.empty() && arriving.empty() && !settled;
  }
  SettledRuns& make_settled() {
    if (!settled) settled = std::make_unique<SettledRuns>();
    return *settled;
  }
};

class Calendar {
 public:
  /// Makes room for events up to `steps` ahead. Keeps what is pending.
  void reserve(std::int64_t now, std::int64_t steps);

  /// The list of update step `step` (its input acts in the step that ends at step + 1).
  CalendarDay& day(std::int64_t step) { return days_[place(step)]; }
  const CalendarDay& day(std::int64_t step) const { return days_[place(step)]; }
  /// The same, for many runs of one step, or many steps: day(step + ahead) is
  /// day_ahead(place(step), ahead), for less than capacity() ahead. Divisions are dear.
  std::size_t place(std::int64_t step) const {
    return static_cast<std::size_t>(step % static_cast<std::int64_t>(days_.size()));
  }
  std::size_t place_ahead(std::size_t place, std::uint32_t ahead) const {
    const std::size_t at = place + ahead;
    return at < days_.size() ? at : at - days_.size();
  }
  CalendarDay& day_ahead(std::size_t place, std::uint32_t ahead) {
    return days_[place_ahead(place, ahead)];
  }
  template <typename F>
  void for_days(F&& f) {
    for (CalendarDay& day : days_) f(day);
  }
  template <typename F>
  void for_days(F&& f) const {
    for (const CalendarDay& day : days_) f(day);
  }
  bool has_pending() const;
  std::int64_t capacity() const { return static_cast<std::int64_t>(days_.size()); }
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("days", self.days_);
  }

 private:
  std::vector<CalendarDay> days_;
};

}  // namespace tegmenta
