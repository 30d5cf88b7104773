#include "engine/gathered_input.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/elementary.h"

namespace tegmenta {

namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::min();

/// Thresholds of Poisson counts that are compared with every word; more are looked up.
constexpr std::size_t kMostRows = 32;
constexpr std::uint16_t kMostHalf = std::numeric_limits<std::uint16_t>::max();

std::int64_t later(std::int64_t step, std::int64_t by) {
  return step == kNever ? kNever : step + by;
}

// A current sent in update step a with delay d acts in step a + d + 1.
std::int64_t sent_for(std::int64_t step, const SentWindow& window) {
  return step - window.delay - 1;
}

// Kernels take whole vectors.
std::size_t padded(std::size_t n) {
  constexpr std::size_t kWhole = simd::kGatheredTogether;
  return (n + kWhole - 1) / kWhole * kWhole;
}

// The rows of a slice: the values of single sources side by side.
void add_rows(double* out, const double* values, std::size_t columns,
              const GatheredEntries& entries, const InputBlock& block, const simd::Kernels& simd) {
  const GatheredEntries::Range range = entries.of(block);
  if (range.begin == range.end) return;
  for (int s = 0; s < block.steps; ++s) {
    const double* const row = values + static_cast<std::size_t>(block.first + s) * columns;
    double* const to = out + s * block.stride;
    if (entries.side_by_side()) {
      simd.add(to + (entries[range.begin].lane - block.lane), row + range.begin,
               range.end - range.begin);
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
  side_by_side_ = true;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    side_by_side_ &= entries_[i].lane == entries_[0].lane + i;
  }
  single_ = sources.size() == entries_.size();
  if (!single_) return;
  std::vector<Source> ordered;
  ordered.reserve(sources.size());
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    ordered.push_back(sources[entries_[i].source]);
    entries_[i].source = static_cast<std::uint32_t>(i);
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

// --- sources -------------------------------------------------------------------------------------

const Signal& CurrentSource::at(std::int64_t sent, const TimeGrid& grid) {
  if (sent < held.until) return held;
  held = {};
  if (window.has(sent)) {
    held = generator->signal(sent, grid);
    held.until = std::min(held.until, window.until);
  } else {
    held.until = sent < window.from ? window.from : kNever;
  }
  return held;
}

const NoiseDraw& NoiseSource::at(std::int64_t sent, const TimeGrid& grid) {
  if (sent < held.until) return held.draw;
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
  return held.draw;
}

// --- currents ------------------------------------------------------------------------------------

void GatheredCurrents::finish() {
  entries.order(sources_);
  const std::size_t n = sources_.size();
  columns_ = padded(n);
  for (auto* column : {&offset_, &amplitude_, &omega_, &phi_, &time_}) {
    column->assign(columns_, 0.0);
  }
  weight_.assign(columns_, 1.0);
  if (entries.single()) {
    for (std::size_t i = 0; i < n; ++i) weight_[i] = entries[i].weight;
  }
  until_.assign(n, kEver);
  next_change_ = kEver;
  one_delay_ = std::all_of(sources_.begin(), sources_.end(), [&](const CurrentSource& s) {
    return s.window.delay == sources_[0].window.delay;
  });
}

void GatheredCurrents::reserve(int steps) {
  steps_ = steps;
  values_.assign(static_cast<std::size_t>(steps) * columns_, 0.0);
  steady_ = false;
}

// Signals of which others may arrive from `step` on.
void GatheredCurrents::renew(std::int64_t step, const TimeGrid& grid) {
  next_change_ = kNever;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (until_[i] <= step) {
      const SentWindow& window = sources_[i].window;
      const Signal& signal = sources_[i].at(sent_for(step, window), grid);
      offset_[i] = signal.offset;
      amplitude_[i] = signal.amplitude;
      omega_[i] = signal.omega;
      phi_[i] = signal.phi;
      until_[i] = later(signal.until, std::int64_t{window.delay} + 1);
    }
    next_change_ = std::min(next_change_, until_[i]);
  }
  measure_waves();
}

void GatheredCurrents::measure_waves() {
  const auto delay = [&](std::size_t i) { return sources_[i].window.delay; };
  waves_ = false;
  one_wave_ = true;
  largest_omega_ = largest_phi_ = 0;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (amplitude_[i] == 0) continue;
    if (!waves_) wave_ = i;
    waves_ = true;
    one_wave_ &= omega_[i] == omega_[wave_] && phi_[i] == phi_[wave_] && delay(i) == delay(wave_);
    largest_omega_ = std::max(largest_omega_, std::abs(omega_[i]));
    largest_phi_ = std::max(largest_phi_, std::abs(phi_[i]));
  }
}

void GatheredCurrents::fill(int row, std::int64_t step, const InputSetting& setting) {
  const std::size_t n = sources_.size();
  double* const values = values_.data() + static_cast<std::size_t>(row) * columns_;
  simd::Waves w{
      offset_.data(), amplitude_.data(), omega_.data(), phi_.data(), weight_.data(), nullptr, 0,
      nullptr};
  const auto time = [&](std::size_t i) {
    return setting.grid.ms_from_steps(step - sources_[i].window.delay);
  };
  double sine = 0;
  if (!waves_ || one_wave_) {
    if (waves_) sine = elementary::sin(omega_[wave_] * time(wave_) + phi_[wave_]);
    w.one_sine = &sine;
    setting.simd.waves(values, w, n);
    return;
  }
  w.t = time(0);
  double latest = std::abs(w.t);
  if (!one_delay_) {
    for (std::size_t i = 0; i < n; ++i) {
      time_[i] = time(i);
      latest = std::max(latest, std::abs(time_[i]));
    }
    w.own_time = time_.data();
  }
  constexpr double kSlack = 1 + 0x1p-30;  // more than what rounding adds
  if ((largest_omega_ * latest + largest_phi_) * kSlack <= elementary::core::kMaxReducedAngle) {
    setting.simd.waves(values, w, n);
    return;
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double t = one_delay_ ? w.t : time_[i];
    values[i] =
        weight_[i] * (offset_[i] + amplitude_[i] * elementary::sin(omega_[i] * t + phi_[i]));
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

void GatheredCurrents::add_to(double* out, const InputBlock& block,
                              const InputSetting& setting) const {
  if (entries.single()) {
    add_rows(out, values_.data(), columns_, entries, block, setting.simd);
    return;
  }
  const GatheredEntries::Range range = entries.of(block);
  for (int s = 0; s < block.steps; ++s) {
    const double* const values =
        values_.data() + static_cast<std::size_t>(block.first + s) * columns_;
    double* const row = out + s * block.stride;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const GatheredEntry& e = entries[i];
      row[e.lane - block.lane] += e.weight * values[e.source];
    }
  }
}

// --- noise ---------------------------------------------------------------------------------------

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
          NoiseSource& source = sources_[i];
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
    add_rows(out, values_.data(), sources_.size(), entries, block, setting.simd);
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

void GatheredPoisson::finish() {
  entries.order(sources_);
  const std::size_t n = entries.size();
  // Blocks of entries may begin anywhere.
  stride_ = n + simd::kGatheredTogether;
  present_.assign(n, {});
  table_.assign(n, nullptr);
  until_.assign(n, kEver);
  for (auto* column : {&delay_, &half_, &begun_[0], &begun_[1], &begun_[2], &begun_[3]}) {
    column->assign(stride_, 0);
  }
  for (auto* column : {&halves_, &open_, &smallest_}) column->assign(stride_, 0);
  usual_.assign(stride_, kMostHalf);
  thresholds_.assign(kMostRows * stride_, kMostHalf);
  weight_.assign(stride_, 0.0);
  values_.assign(stride_, 0.0);
  one_ordinal_ = one_delay_ = true;
  for (std::size_t i = 0; i < n; ++i) {
    const GatheredEntry& e = entries[i];
    const std::uint32_t part = poisson_place(e.lane).part;
    half_[i] = (part / 2 % 2 == 0 ? 32u : 0u) + (part % 2 == 1 ? 16u : 0u) +
               (part / 2 >= 2 ? simd::PoissonHalves::kLateWords : 0u);
    delay_[i] = sources_[e.source].window.delay;
    weight_[i] = counting ? 1 : e.weight;
    (e.weight > 0 || counting ? excites_ : inhibits_) = true;
    one_ordinal_ &= e.ordinal == entries[0].ordinal;
    one_delay_ &= delay_[i] == delay_[0];
    longest_ = std::max(longest_, delay_[i]);
  }
}

void GatheredPoisson::begin_run() {
  std::fill(until_.begin(), until_.end(), kEver);
  std::fill(present_.begin(), present_.end(), Present{});
}

// Spikes that arrive from now on belong to this table.
void GatheredPoisson::use(std::size_t i, const PoissonTable* table) {
  table_[i] = table;
  std::size_t rows = 0;
  smallest_[i] = 0;
  usual_[i] = kMostHalf;
  if (table) {
    // Where that would be many thresholds, all are looked up.
    if (table->tabled() && table->usual() <= kMostRows && table->first() < kMostHalf / 2) {
      rows = table->usual();
      smallest_[i] = static_cast<std::uint16_t>(table->first());
    }
    usual_[i] = static_cast<std::uint16_t>(rows);
  }
  for (std::size_t k = 0; k < kMostRows; ++k) {
    thresholds_[k * stride_ + i] = k < rows ? table->upper_halves()[k + 1] : kMostHalf;
  }
  rows_ = std::max(rows_, static_cast<int>(rows));
}

// What holds in a step.
const GatheredPoisson::Present& GatheredPoisson::present(const Range& range, std::int64_t step) {
  Present& present = present_[range.begin];
  if (present.end == range.end && step < present.until) return present;
  present = {range.end, kNever, false};
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (until_[i] <= step) {
      const PoissonSource& source = sources_[entries[i].source];
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
      use(i, held.table);
      until_[i] = later(held.until, std::int64_t{window.delay} - 1);
    }
    present.sounding |= table_[i] != nullptr;
    present.until = std::min(present.until, until_[i]);
  }
  return present;
}

PoissonDraw GatheredPoisson::draw(std::size_t i, std::int64_t arrival,
                                  const InputSetting& setting) const {
  const GatheredEntry& e = entries[i];
  return {setting.seed, e.call, setting.population, e.lane, e.ordinal, arrival - delay_[i]};
}

void GatheredPoisson::begin_words(std::int64_t stamp, const InputSetting& setting) {
  begun_for_ = stamp >> 32;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const GatheredEntry& e = entries[i];
    const PhiloxBegun begun =
        philox_begin(poisson_place(e.lane).block, setting.population, e.call,
                     {setting.seed, poisson_key(Purpose::kPoisson, stamp, e.ordinal)});
    for (std::size_t k = 0; k < begun_.size(); ++k) begun_[k][i] = begun.word[k];
  }
}

void GatheredPoisson::draw_halves(const Range& range, std::int64_t arrival,
                                  const InputSetting& setting) {
  const std::int64_t earliest = arrival - longest_;
  if (arrival >> 32 != earliest >> 32) {
    for (std::size_t i = range.begin; i < range.end; ++i) {
      halves_[i] = static_cast<std::uint16_t>(draw(i, arrival, setting).upper() >> 16);
    }
    return;
  }
  if (begun_for_ != arrival >> 32) begin_words(arrival, setting);
  // Entries of one key are drawn together.
  for (std::size_t i = range.begin; i < range.end;) {
    std::size_t end = one_ordinal_ ? range.end : i + 1;
    while (end < range.end && entries[end].ordinal == entries[i].ordinal) ++end;
    setting.simd.poisson_halves(
        halves_.data() + i,
        {setting.seed,
         poisson_key(Purpose::kPoisson, arrival, entries[i].ordinal),
         setting.population,
         static_cast<std::uint32_t>(arrival),
         delay_.data() + i,
         one_delay_,
         {begun_[0].data() + i, begun_[1].data() + i, begun_[2].data() + i, begun_[3].data() + i},
         half_.data() + i},
        end - i);
    i = end;
  }
}

void GatheredPoisson::settle_open(const Range& range, std::int64_t arrival,
                                  const InputSetting& setting) {
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (open_[i] == 0 || !table_[i]) continue;
    const std::uint32_t upper = std::uint32_t{halves_[i]} << 16;
    values_[i] = weight_[i] * draw(i, arrival, setting).count(*table_[i], upper);
  }
}

void GatheredPoisson::add_to(double* excitatory, double* inhibitory, const InputBlock& block,
                             const InputSetting& setting) {
  const Range range = entries.of(block);
  if (range.begin == range.end) return;
  const std::size_t n = range.end - range.begin;
  for (int s = 0; s < block.steps; ++s) {
    const std::int64_t step = block.origin + block.first + s;
    if (!present(range, step).sounding) continue;
    const std::int64_t arrival = step + 1;
    draw_halves(range, arrival, setting);
    double* const values = values_.data() + range.begin;
    const simd::PoissonColumns columns{halves_.data() + range.begin,
                                       thresholds_.data() + range.begin,
                                       stride_,
                                       rows_,
                                       usual_.data() + range.begin,
                                       smallest_.data() + range.begin,
                                       weight_.data() + range.begin};
    const bool some_open =
        setting.simd.poisson_values(values, open_.data() + range.begin, columns, n);
    if (some_open) settle_open(range, arrival, setting);
    const std::ptrdiff_t row = s * block.stride;
    if (entries.side_by_side() && excites_ != inhibits_) {
      double* const out = (excites_ ? excitatory : inhibitory) + row;
      setting.simd.add(out + (entries[range.begin].lane - block.lane), values, n);
      continue;
    }
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const GatheredEntry& e = entries[i];
      double* const out = e.weight > 0 || counting ? excitatory : inhibitory;
      out[row + (e.lane - block.lane)] += values_[i];
    }
  }
}

}  // namespace tegmenta
