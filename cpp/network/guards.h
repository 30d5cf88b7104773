// What a run must not exceed. It ends at the next slice boundary then, and the kernel can go on.
#pragma once

#include <limits>
#include <span>

#include "models/declaration.h"

namespace tegmenta {

/// Limits of a run; without end where there is none.
struct Guards {
  static constexpr double kNone = std::numeric_limits<double>::infinity();

  double spike_rate = kNone;  // spikes/s
  double events = kNone;
  double wall_time = kNone;  // s
  double memory = kNone;     // bytes

  bool operator==(const Guards&) const = default;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("spike_rate", self.spike_rate);
    visit("events", self.events);
    visit("wall_time", self.wall_time);
    visit("memory", self.memory);
  }
};

/// One of them: an attribute of the kernel, and an option of a run, of the same name.
struct GuardDescription {
  const char* name;
  const char* unit;
  double Guards::* limit;
  const char* description;
  /// What was too much, in the text of the error.
  const char* exceeded;
};

std::span<const GuardDescription> guard_descriptions() noexcept;

/// What each may be.
inline constexpr Range kGuardRange{0, Guards::kNone, true, false};
inline constexpr const char* kGuardAllowed = "> 0, or Infinity for no limit";

}  // namespace tegmenta
