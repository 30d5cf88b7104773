// What the generators of Poisson spike trains share.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "base/poisson_table.h"
#include "models/devices/stimulator.h"

namespace tegmenta {

/// Poisson tables by the stamp of the spikes: from[i] ≤ stamp < from[i + 1] uses table[i].
struct PoissonLine {
  std::vector<std::int64_t> from;
  std::vector<std::shared_ptr<const PoissonTable>> table;  // null: silent

  const PoissonTable* at(std::int64_t stamp) const { return held(stamp).table; }
  /// The table of a stamp, and the next stamp that may have another.
  struct Held {
    const PoissonTable* table;
    std::int64_t until;
  };
  Held held(std::int64_t stamp) const;
};

/// A generator of Poisson spike trains, an independent one for every target.
class PoissonGenerator : public Stimulator {
 public:
  static constexpr NodeRole kRole = NodeRole::kPoissonSource;
  NodeRole role() const final { return kRole; }
  /// Works out the line for stamps in (from, to].
  void make_line(std::int64_t from, std::int64_t to, const TimeGrid& grid);
  const PoissonLine& line() const { return line_; }

 protected:
  using Stimulator::Stimulator;

  /// The rates (spikes/s) inside the window, ascending: each for the spikes stamped with its time
  /// and later, until the next one's.
  virtual std::vector<TimeLine::Change> rates(const Window& parameters) const = 0;

  /// Rates above this give more than 10^6 spikes a step at a resolution of 1 ms.
  static constexpr double kHighestRate = 1e9;
  /// Throws BadProperty for a rate that is negative, too high, or too high for steps so long.
  void check_rate(std::string_view parameter, double rate, const TimeGrid& grid) const;

 private:
  PoissonLine line_;
  std::map<double, std::shared_ptr<const PoissonTable>> tables_;  // of the last line, by mean
};

}  // namespace tegmenta
