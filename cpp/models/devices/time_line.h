// A value that changes at given times: an amplitude, a rate, a reward.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace tegmenta {

/// Values by the step from whose end on they hold. What has held is kept, for what is under way,
/// until it is forgotten.
class TimeLine {
 public:
  struct Change {
    std::int64_t time;  // step
    double value;

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("time", self.time);
      visit("value", self.value);
    }
  };

  explicit TimeLine(double first = 0) : changes_{{kEver, first}} {}

  /// The value for what belongs to the step that ends at `step`.
  double at(std::int64_t step) const;
  /// The first is from the beginning of time.
  std::span<const Change> changes() const { return changes_; }
  std::vector<Change> changes_after(std::int64_t step) const;
  /// The time of the first change later than `step`; the largest integer where there is none.
  std::int64_t next_after(std::int64_t step) const;

  /// What holds at `now` stays until the first of the new changes that is later; earlier ones are
  /// passed over. Where `first` is given, it holds from the next step on.
  void replace(std::int64_t now, const std::vector<Change>& changes);
  void replace(std::int64_t now, double first, const std::vector<Change>& changes);
  /// The line of a node that is made now: changes that are not later are passed over.
  void begin(std::int64_t now) noexcept;
  /// What held before `step` is not asked for any more.
  void forget_before(std::int64_t step) noexcept;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("changes", self.changes_);
  }
  bool loaded() const;

 private:
  static constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::min();

  void append_after(std::int64_t now, const std::vector<Change>& changes);

  std::vector<Change> changes_;
};

}  // namespace tegmenta
