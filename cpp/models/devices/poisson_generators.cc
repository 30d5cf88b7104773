#include "models/devices/poisson_generators.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace tegmenta {

PoissonLine::Held PoissonLine::held(std::int64_t stamp) const {
  const auto next = std::upper_bound(from.begin(), from.end(), stamp);
  const std::int64_t until = next == from.end() ? std::numeric_limits<std::int64_t>::max() : *next;
  if (next == from.begin()) return {nullptr, until};
  return {table[static_cast<std::size_t>(next - from.begin()) - 1].get(), until};
}

void PoissonGenerator::make_line(std::int64_t from, std::int64_t to, const TimeGrid& grid) {
  constexpr std::int64_t kForever = std::numeric_limits<std::int64_t>::max();
  line_ = {};
  // Tables of the last line are used again.
  std::map<double, std::shared_ptr<const PoissonTable>> tables;
  const auto table_for = [&](double rate) -> std::shared_ptr<const PoissonTable> {
    const double lambda = grid.resolution_ms() * rate * 1e-3;
    if (!(lambda > 0)) return nullptr;
    const auto [place, is_new] = tables.try_emplace(lambda);
    if (is_new) {
      const auto made = tables_.find(lambda);
      place->second =
          made != tables_.end() ? made->second : std::make_shared<const PoissonTable>(lambda);
    }
    return place->second;
  };
  const auto push = [&](std::int64_t at, std::shared_ptr<const PoissonTable> table) {
    line_.from.push_back(at);
    line_.table.push_back(std::move(table));
  };
  for (std::size_t e = 0; e < epochs_.size(); ++e) {
    // An epoch from step a on sends spikes with stamps from a + 1 on. The window is tested with
    // the begin of the update step: t_min < stamp − 1 ≤ t_max.
    const Window& parameters = epochs_[e].window();
    const DeviceWindow window = window_of(parameters, grid);
    const std::int64_t begin =
        e == 0 ? std::numeric_limits<std::int64_t>::min() : epochs_[e].from + 1;
    const std::int64_t end = e + 1 < epochs_.size() ? epochs_[e + 1].from + 1 : kForever;
    if (end <= from || begin > to) continue;
    const std::int64_t on = std::max(begin, window.from + 2);
    const std::int64_t off = std::min(end, window.to + 2);
    push(begin, nullptr);
    const std::vector<TimeLine::Change> pieces = rates(parameters);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::int64_t a = std::max(pieces[i].time, on);
      const std::int64_t b = std::min(i + 1 < pieces.size() ? pieces[i + 1].time : kForever, off);
      if (a >= b || b <= from || a > to) continue;
      push(a, table_for(pieces[i].value));
      push(b, nullptr);
    }
  }
  tables_.swap(tables);
}

void PoissonGenerator::check_rate(std::string_view parameter, double rate,
                                  const TimeGrid& grid) const {
  const double most = std::min(kHighestRate, PoissonTable::kMostMean * 1e3 / grid.resolution_ms());
  if (rate >= 0 && rate <= most) return;
  refuse(parameter, rate,
         Range{0, most, false, false}.text() +
             (most < kHighestRate ? ": at most 4000000000 spikes a step" : ""));
}

}  // namespace tegmenta
