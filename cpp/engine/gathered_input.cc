#include "engine/gathered_input.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/elementary.h"
#include "engine/poisson_draw.h"

namespace tegmenta {

namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::min();

std::int64_t later(std::int64_t step, std::int64_t by) {
  return step == kNever ? kNever : step + by;
}

// A current sent in update step a with delay d acts in step a + d + 1.
std::int64_t sent_for(std::int64_t step, const SentWindow& window) {
  return step - window.delay - 1;
}

// The rows of a slice: the values of single sources side by side.
void add_rows(double* out, const double* values, std::size_t columns,
              const GatheredEntries& entries, const InputBlock& block) {
  const GatheredEntries::Range range = entries.of(block);
  if (range.begin == range.end) return;
  for (int s = 0; s < block.steps; ++s) {
    const double* const row = values + static_cast<std::size_t>(block.first + s) * columns;
    double* const to = out + s * block.stride;
    if (entries.side_by_side()) {
      double* const lanes = to + (entries[range.begin].lane - block.lane);
      const double* const from = row + range.begin;
      const std::size_t n = range.end - range.begin;
      for (std::size_t i = 0; i < n; ++i) lanes[i] += from[i];
    } else {
      for (std::size_t i = range.begin; i < range.end; ++i) {
        to[entries[i].lane - block.lane] += row[i];
      }
    }
  }
}

}  // namespace

// --- entries -------------------------------------------------------------------------------------

template <typename Source>
void GatheredEntries::order(std::vector<Source>& sources) {
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const GatheredEntry& a, const GatheredEntry& b) { return a.lane < b.lane; });
  single_ = sources.size() == entries_.size();
  if (!single_) return;
  std::vector<Source> ordered;
  ordered.reserve(sources.size());
  side_by_side_ = true;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    ordered.push_back(sources[entries_[i].source]);
    entries_[i].source = static_cast<std::uint32_t>(i);
    side_by_side_ &= entries_[i].lane == entries_[0].lane + i;
  }
  sources = std::move(ordered);
}

GatheredEntries::Range GatheredEntries::of(const InputBlock& block) const {
  const auto from = [&](auto begin, std::uint32_t lane) {
    return std::lower_bound(begin, entries_.end(), lane,
                            [](const GatheredEntry& e, std::uint32_t l) { return e.lane < l; });
  };
  const auto begin = from(entries_.begin(), block.lane);
  const auto end = from(begin, block.lane + static_cast<std::uint32_t>(block.lanes));
  return {static_cast<std::size_t>(begin - entries_.begin()),
          static_cast<std::size_t>(end - entries_.begin())};
}

// --- currents ------------------------------------------------------------------------------------

std::uint32_t GatheredCurrents::add_source(const CurrentGenerator& generator,
                                           const SentWindow& window) {
  sources_.push_back({&generator, window});
  return static_cast<std::uint32_t>(sources_.size()) - 1;
}

void GatheredCurrents::finish() {
  entries.order(sources_);
  const std::size_t n = sources_.size();
  for (auto* column : {&offset_, &amplitude_, &omega_, &phi_, &angles_}) column->assign(n, 0.0);
  weight_.assign(n, 1.0);
  if (entries.single()) {
    for (std::size_t i = 0; i < n; ++i) weight_[i] = entries[i].weight;
  }
  until_.assign(n, kEver);
  next_change_ = kEver;
  one_delay_ = std::all_of(sources_.begin(), sources_.end(), [&](const Source& s) {
    return s.window.delay == sources_[0].window.delay;
  });
}

void GatheredCurrents::reserve(int steps) {
  steps_ = steps;
  values_.assign(static_cast<std::size_t>(steps) * sources_.size(), 0.0);
  steady_ = false;
}

// Signals of which others may arrive from `step` on.
void GatheredCurrents::renew(std::int64_t step, const TimeGrid& grid) {
  next_change_ = kNever;
  waves_ = false;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (until_[i] <= step) {
      const SentWindow& window = sources_[i].window;
      const std::int64_t sent = sent_for(step, window);
      Signal signal;
      if (window.has(sent)) {
        signal = sources_[i].generator->signal(sent, grid);
        signal.until = std::min(signal.until, window.until);
      } else {
        signal.until = sent < window.from ? window.from : kNever;
      }
      offset_[i] = signal.offset;
      amplitude_[i] = signal.amplitude;
      omega_[i] = signal.omega;
      phi_[i] = signal.phi;
      until_[i] = later(signal.until, std::int64_t{window.delay} + 1);
    }
    waves_ |= amplitude_[i] != 0;
    next_change_ = std::min(next_change_, until_[i]);
  }
}

// The sines of the signals that arrive in `step`.
void GatheredCurrents::find_angles(std::int64_t step, const InputSetting& setting) {
  const std::size_t n = sources_.size();
  const auto time = [&](std::size_t i) {
    return setting.grid.ms_from_steps(step - sources_[i].window.delay);
  };
  if (one_delay_) {
    const double t = time(0);
    for (std::size_t i = 0; i < n; ++i) angles_[i] = omega_[i] * t + phi_[i];
  } else {
    for (std::size_t i = 0; i < n; ++i) angles_[i] = omega_[i] * time(i) + phi_[i];
  }
  double largest = 0;
  for (std::size_t i = 0; i < n; ++i) largest = std::max(largest, std::abs(angles_[i]));
  if (largest <= elementary::core::kMaxReducedAngle) {
    setting.simd.sines(angles_.data(), n);
  } else {
    for (double& angle : angles_) angle = elementary::sin(angle);
  }
}

void GatheredCurrents::fill(int row, std::int64_t step, const InputSetting& setting) {
  const std::size_t n = sources_.size();
  double* const values = values_.data() + static_cast<std::size_t>(row) * n;
  if (!waves_) {
    for (std::size_t i = 0; i < n; ++i) values[i] = weight_[i] * offset_[i];
    return;
  }
  find_angles(step, setting);
  for (std::size_t i = 0; i < n; ++i) {
    values[i] = weight_[i] * (offset_[i] + amplitude_[i] * angles_[i]);
  }
}

void GatheredCurrents::begin_slice(std::int64_t origin, int steps, const InputSetting& setting) {
  const auto stay = [&] { return !waves_ && origin + steps <= next_change_; };
  if (steady_ && stay()) return;
  steady_ = false;
  for (int s = 0; s < steps; ++s) {
    if (origin + s >= next_change_) renew(origin + s, setting.grid);
    if (s == 0 && stay()) {
      for (int row = 0; row < steps_; ++row) fill(row, origin, setting);
      steady_ = true;
      return;
    }
    fill(s, origin + s, setting);
  }
}

void GatheredCurrents::add_to(double* out, const InputBlock& block) const {
  if (entries.single()) {
    add_rows(out, values_.data(), sources_.size(), entries, block);
    return;
  }
  const GatheredEntries::Range range = entries.of(block);
  for (int s = 0; s < block.steps; ++s) {
    const double* const values =
        values_.data() + static_cast<std::size_t>(block.first + s) * sources_.size();
    double* const row = out + s * block.stride;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const GatheredEntry& e = entries[i];
      row[e.lane - block.lane] += e.weight * values[e.source];
    }
  }
}

// --- noise ---------------------------------------------------------------------------------------

std::uint32_t GatheredNoise::add_source(const CurrentGenerator& generator,
                                        const SentWindow& window) {
  sources_.push_back({&generator, window});
  return static_cast<std::uint32_t>(sources_.size()) - 1;
}

void GatheredNoise::finish() {
  entries.order(sources_);
  drawn_.assign(entries.size(), 0.0);
  drawn_step_.assign(entries.size(), -1);
  if (!entries.single()) return;
  present_.assign(entries.size(), 0.0);
  until_.assign(entries.size(), kEver);
  due_.reserve(entries.size());
  next_change_ = kEver;
}

void GatheredNoise::reserve(int steps) {
  const std::size_t cells = static_cast<std::size_t>(steps) * sources_.size();
  if (entries.single()) {
    values_.assign(cells, 0.0);
  } else {
    draws_.assign(cells, {});
  }
}

const NoiseDraw& GatheredNoise::Source::at(std::int64_t sent, const TimeGrid& grid) {
  if (sent >= held.until) {
    if (sent == held.until && sent < held.alike_until) {
      held.draw.step = sent;
      held.until = std::min(sent + held.every, held.alike_until);
    } else if (window.has(sent)) {
      held = generator->draw(sent, grid);
      held.until = std::min(held.until, window.until);
      held.alike_until = std::min(held.alike_until, window.until);
    } else {
      held = {{}, sent < window.from ? window.from : kNever};
    }
  }
  return held.draw;
}

void GatheredNoise::begin_slice(std::int64_t origin, int steps, const InputSetting& setting) {
  const std::size_t n = sources_.size();
  NoiseValues noise(setting.simd, setting.seed);
  for (int s = 0; s < steps; ++s) {
    const std::int64_t step = origin + s;
    const std::size_t row = static_cast<std::size_t>(s) * n;
    if (!entries.single()) {
      for (std::size_t i = 0; i < n; ++i) {
        draws_[row + i] = sources_[i].at(sent_for(step, sources_[i].window), setting.grid);
      }
      continue;
    }
    if (step >= next_change_) {
      next_change_ = kNever;
      due_.clear();
      for (std::size_t i = 0; i < n; ++i) {
        if (until_[i] <= step) {
          Source& source = sources_[i];
          const NoiseDraw& draw = source.at(sent_for(step, source.window), setting.grid);
          until_[i] = later(source.held.until, std::int64_t{source.window.delay} + 1);
          due_.push_back(i);
          if (draw.step >= 0 && draw.step != drawn_step_[i]) {
            drawn_step_[i] = draw.step;
            const GatheredEntry& e = entries[i];
            noise.add(draw, e.call, setting.population + e.lane, e.ordinal, &drawn_[i]);
          }
        }
        next_change_ = std::min(next_change_, until_[i]);
      }
      noise.flush();
      for (const std::size_t i : due_) {
        present_[i] = sources_[i].held.draw.step < 0 ? 0 : entries[i].weight * drawn_[i];
      }
    }
    std::copy(present_.begin(), present_.end(), values_.begin() + static_cast<std::ptrdiff_t>(row));
  }
}

void GatheredNoise::add_to(double* out, const InputBlock& block, const InputSetting& setting) {
  if (entries.single()) {
    add_rows(out, values_.data(), sources_.size(), entries, block);
    return;
  }
  const GatheredEntries::Range range = entries.of(block);
  NoiseValues noise(setting.simd, setting.seed);
  for (int s = 0; s < block.steps; ++s) {
    const NoiseDraw* const draws =
        draws_.data() + static_cast<std::size_t>(block.first + s) * sources_.size();
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const GatheredEntry& e = entries[i];
      const NoiseDraw& draw = draws[e.source];
      if (draw.step < 0 || draw.step == drawn_step_[i]) continue;
      drawn_step_[i] = draw.step;
      noise.add(draw, e.call, setting.population + e.lane, e.ordinal, &drawn_[i]);
    }
    noise.flush();
    double* const row = out + s * block.stride;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const GatheredEntry& e = entries[i];
      if (draws[e.source].step >= 0) row[e.lane - block.lane] += e.weight * drawn_[i];
    }
  }
}

// --- Poisson spikes ------------------------------------------------------------------------------

std::uint32_t GatheredPoisson::add_source(const PoissonGenerator& generator,
                                          const SentWindow& window) {
  sources_.push_back({&generator, window});
  return static_cast<std::uint32_t>(sources_.size()) - 1;
}

void GatheredPoisson::finish() {
  entries.order(sources_);
  const std::size_t n = entries.size();
  for (auto* column : {&block_, &part_, &connection_, &delay_, &stamp_, &words_}) {
    column->assign(n, 0);
  }
  one_key_ = true;
  for (std::size_t i = 0; i < n; ++i) {
    const PoissonPlace place = poisson_place(entries[i].lane);
    block_[i] = place.block;
    part_[i] = place.part;
    connection_[i] = entries[i].call;
    delay_[i] = sources_[entries[i].source].window.delay;
    one_key_ &= entries[i].ordinal == 0;
    longest_ = std::max(longest_, delay_[i]);
  }
}

void GatheredPoisson::reserve(int steps) {
  steps_ = steps;
  const std::size_t cells = static_cast<std::size_t>(steps) * sources_.size();
  tables_.assign(cells, nullptr);
  none_below_.assign(cells, 0);
  sounding_.assign(static_cast<std::size_t>(steps), 0);
  begin_run();
}

void GatheredPoisson::begin_run() {
  for (Source& source : sources_) source.until = kEver;
  next_change_ = kEver;
  steady_ = false;
}

// Rates of which others may arrive from `step` on.
void GatheredPoisson::renew(std::int64_t step) {
  next_change_ = kNever;
  for (Source& source : sources_) {
    if (source.until <= step) {
      const SentWindow& window = source.window;
      // Emitted in the update step before its stamp, arriving a delay after it.
      const std::int64_t stamp = step + 1 - window.delay;
      PoissonLine::Held held{nullptr, kNever};
      if (window.has(stamp - 1)) {
        held = source.generator->line().held(stamp);
        held.until = std::min(held.until, later(window.until, 1));
      } else if (stamp - 1 < window.from) {
        held.until = window.from + 1;
      }
      source.table = held.table;
      source.none_below = 0;
      if (!held.table) {
        source.none_below = std::numeric_limits<std::uint32_t>::max();
      } else if (held.table->tabled() && held.table->first() == 0) {
        source.none_below = held.table->thresholds().front();
      }
      source.until = later(held.until, std::int64_t{window.delay} - 1);
    }
    next_change_ = std::min(next_change_, source.until);
  }
}

void GatheredPoisson::begin_slice(std::int64_t origin, int steps) {
  if (steady_ && origin + steps <= next_change_) return;
  steady_ = false;
  const std::size_t n = sources_.size();
  for (int s = 0; s < steps_; ++s) {
    if (s < steps && origin + s >= next_change_) renew(origin + s);
    if (s == 0) steady_ = origin + steps <= next_change_;
    if (s >= steps && !steady_) break;
    const std::size_t row = static_cast<std::size_t>(s) * n;
    bool sounding = false;
    for (std::size_t i = 0; i < n; ++i) {
      tables_[row + i] = sources_[i].table;
      none_below_[row + i] = sources_[i].none_below;
      sounding |= sources_[i].table != nullptr;
    }
    sounding_[static_cast<std::size_t>(s)] = sounding;
  }
}

void GatheredPoisson::add_to(double* excitatory, double* inhibitory, const InputBlock& block,
                             bool counting, const InputSetting& setting) {
  const GatheredEntries::Range range = entries.of(block);
  if (range.begin == range.end) return;
  for (int s = 0; s < block.steps; ++s) {
    const auto lag = static_cast<std::size_t>(block.first + s);
    if (!sounding_[lag]) continue;
    const std::int64_t arrival = block.origin + block.first + s + 1;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      stamp_[i] = static_cast<std::uint32_t>(arrival) - delay_[i];
    }
    // Entries whose words have one key are drawn together.
    const auto key = [&](std::size_t i) {
      return poisson_key(Purpose::kPoisson, arrival - delay_[i], entries[i].ordinal);
    };
    // Stamps of this step have one high word.
    const bool one = one_key_ && arrival >> 32 == (arrival - longest_) >> 32;
    for (std::size_t i = range.begin; i < range.end;) {
      std::size_t end = one ? range.end : i + 1;
      while (end < range.end && key(end) == key(i)) ++end;
      setting.simd.poisson_halves(words_.data() + i,
                                  {setting.seed, key(i), setting.population, block_.data() + i,
                                   part_.data() + i, connection_.data() + i, stamp_.data() + i},
                                  end - i);
      i = end;
    }
    const PoissonTable* const* const tables = tables_.data() + lag * sources_.size();
    const std::uint32_t* const none_below = none_below_.data() + lag * sources_.size();
    const std::ptrdiff_t row = s * block.stride - static_cast<std::ptrdiff_t>(block.lane);
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const GatheredEntry& e = entries[i];
      if ((words_[i] | 0xffffu) < none_below[e.source]) continue;
      const PoissonTable* const table = tables[e.source];
      if (!table) continue;
      const PoissonDraw draw{setting.seed, e.call,    setting.population,
                             e.lane,       e.ordinal, arrival - delay_[i]};
      double* const out = e.weight > 0 || counting ? excitatory : inhibitory;
      out[row + e.lane] += (counting ? 1 : e.weight) * draw.count(*table, words_[i]);
    }
  }
}

}  // namespace tegmenta
