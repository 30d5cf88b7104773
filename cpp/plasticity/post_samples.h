// States of neurons as they were when these fired, for synapses that read them. Kept as far back as
// spike histories are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/held.h"

namespace tegmenta {

/// Of one partition, by slot.
class PostSamples {
 public:
  /// What is kept of a slot: states of its neuron, by their positions in the neuron's model, each
  /// under a name.
  struct Watch {
    std::uint16_t slot;
    std::vector<std::string> names;
    std::vector<int> states;
  };
  /// horizon: steps that samples are kept at least; the latest is kept for ever. Of slots that were
  /// watched before, what is known of the same names stays. Throws OutOfMemory, and then nothing
  /// has changed.
  void watch(std::vector<Watch> list, std::int64_t horizon);
  void clear() noexcept { slots_.clear(); }

  bool any() const { return !slots_.empty(); }
  bool watched(std::size_t slot) const { return slots_.contains(static_cast<std::uint16_t>(slot)); }
  /// Positions of the states that record() is to be given.
  std::span<const int> states(std::size_t slot) const;
  /// slot: watched. One call a step.
  void record(std::size_t slot, std::int64_t stamp, std::span<const double> values);
  /// The value of a state at the latest spike of a slot up to `stamp`; 0 before the first.
  double at(std::size_t slot, const std::string& name, std::int64_t stamp) const;

  /// Takes over what another partitioning knew of neurons: of those in slot `theirs` of `from`.
  struct Move {
    std::uint16_t slot;
    const PostSamples* from;
    std::uint16_t theirs;
  };
  void adopt(std::span<const Move> moves);

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    if constexpr (held::loads<Visitor>) {
      std::vector<Listed> all;
      visit("slots", all);
      if (!self.take(std::move(all))) visit.refuse("does not fit together");
    } else if constexpr (held::saves<Visitor> || Visitor::kAsks == Asks::kDigest) {
      visit("slots", self.listed());
    }
    visit.counted("samples", self.bytes());
  }

 private:
  struct Samples {
    std::vector<std::string> names;
    std::vector<int> states;
    std::vector<std::int64_t> stamps;  // ascending
    std::vector<double> values;        // of each stamp, by name

    void forget_before(std::int64_t oldest);
  };
  struct Listed {
    std::uint16_t slot = 0;
    std::vector<std::string> names;
    std::vector<std::int64_t> stamps;
    std::vector<double> values;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("slot", self.slot);
      visit("names", self.names);
      visit("stamps", self.stamps);
      visit("values", self.values);
    }
  };
  std::vector<Listed> listed() const;
  /// Whether it fits together.
  bool take(std::vector<Listed> all);
  std::size_t bytes() const;

  std::unordered_map<std::uint16_t, Samples> slots_;
  std::int64_t horizon_ = 0;
};

}  // namespace tegmenta
