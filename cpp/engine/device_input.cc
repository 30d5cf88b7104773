#include "engine/device_input.h"

#include <algorithm>

#include "base/philox.h"
#include "base/random.h"
#include "engine/partition.h"

namespace tegmenta {

namespace {

/// Up to here, comparing with every threshold beats looking up.
constexpr std::size_t kMostThresholds = 400;

std::uint32_t poisson_key(Purpose purpose, std::int64_t stamp, std::uint32_t ordinal) {
  return static_cast<std::uint32_t>(purpose) << 24 |
         (static_cast<std::uint32_t>(stamp >> 32) & 0xffu) << 16 | (ordinal & 0xffffu);
}

/// The Poisson number of one connection in one step; the same word as in simd's add_poisson.
double draw_poisson(const PoissonTable& table, std::uint32_t seed, std::uint32_t call,
                    NodeId population, std::uint32_t lane, std::uint32_t ordinal,
                    std::int64_t stamp) {
  const auto stream = [&] {
    return RandomStream(seed, Purpose::kTail, call, population + lane,
                        static_cast<std::uint32_t>(stamp), (ordinal & 0xffffu));
  };
  if (!table.tabled()) {
    RandomStream whole = stream();
    return static_cast<double>(table.draw(whole));
  }
  constexpr std::uint32_t kGroup = simd::PoissonLanes::kGroup;
  const std::uint32_t part = lane % kGroup / kLaneGroup;
  const auto half_word = [&](Purpose purpose) {
    const std::uint32_t block = lane / kGroup * kLaneGroup + lane % kLaneGroup;
    const std::uint32_t word =
        philox4x32({block, static_cast<std::uint32_t>(stamp), population, call},
                   {seed, poisson_key(purpose, stamp, ordinal)})[part / 2];
    return part % 2 ? word >> 16 : word & 0xffffu;
  };
  const std::uint32_t upper = half_word(Purpose::kPoisson) << 16;
  std::uint32_t count = table.count(upper);
  if (count != table.count(upper | 0xffffu)) {
    count = table.count(upper | half_word(Purpose::kPoissonLower));
  }
  if (count < table.last()) return count;
  RandomStream tail = stream();
  return static_cast<double>(table.tail(tail));
}

}  // namespace

double poisson_of_recorder(const PoissonTable& table, std::uint32_t seed, std::uint32_t call,
                           NodeId recorder, std::uint32_t ordinal, std::int64_t stamp) {
  return draw_poisson(table, seed, call, recorder, 0, ordinal, stamp);
}

void DeviceInput::reserve(int steps) {
  slice_values.assign(static_cast<std::size_t>(steps), 0.0);
  slice_draws.assign(static_cast<std::size_t>(steps), {});
  slice_tables.assign(static_cast<std::size_t>(steps), nullptr);
}

void DeviceInput::begin_slice(std::int64_t origin, int steps, const TimeGrid& grid) {
  if (!dense) return;
  for (int s = 0; s < steps; ++s) {
    const auto lag = static_cast<std::size_t>(s);
    if (poisson) {
      // Emitted in the update step before its stamp.
      const std::int64_t stamp = origin + s + 1 - delay;
      slice_tables[lag] = sends(stamp - 1) ? poisson->line().at(stamp) : nullptr;
      continue;
    }
    const std::int64_t sent = origin + s - delay - 1;
    if (current->per_target()) {
      slice_draws[lag] = sends(sent) ? current->draw(sent, grid) : NoiseDraw{};
    } else {
      slice_values[lag] = sends(sent) ? current->current(sent, grid) : 0;
    }
  }
}

void PartitionState::add_poisson(ChunkState& chunk, DeviceInput& input, std::uint32_t lane,
                                 int lanes, std::int64_t origin, int first, int steps) {
  const DeviceProjection& projection = *input.projection;
  const Population& population = *chunk.population;
  const std::uint32_t end = lane + static_cast<std::uint32_t>(lanes);
  const auto out_of = [&](double weight, int s) {
    return (weight > 0 || chunk.counting ? excitatory_.data() : inhibitory_.data()) +
           s * block_lanes_;
  };
  if (chunk.counting && projection.receptor != 0) return;
  if (input.dense) {
    const std::uint32_t from = std::max(input.lane_from, lane);
    const std::uint32_t to = std::min(input.lane_to, end);
    if (from >= to) return;
    const bool whole = from == lane && (to == end || to == chunk.place.lane_end);
    // Steps of one rate are drawn together.
    const PoissonTable* const* const tables = input.slice_tables.data() + first;
    for (int s = 0, next = 0; s < steps; s = next) {
      const PoissonTable* const now = tables[s];
      const std::int64_t stamp = origin + first + s + 1 - input.delay;
      for (next = s + 1; next < steps; ++next) {
        if (tables[next] != now || !whole || (stamp + next - s) >> 32 != stamp >> 32) break;
      }
      if (!now) continue;
      double* const out = out_of(input.weight, s);
      draw_dense(*now, input, population, lane, lanes, from, to, stamp, next - s, whole, out);
    }
    return;
  }
  const auto begin = std::lower_bound(input.entries.begin(), input.entries.end(), lane,
                                      [](const auto& e, std::uint32_t l) { return e.lane < l; });
  for (auto e = begin; e != input.entries.end() && e->lane < end; ++e) {
    for (int s = 0; s < steps; ++s) {
      const std::int64_t stamp = origin + first + s + 1 - e->delay;
      if (!input.sends(stamp - 1)) continue;
      const PoissonTable* table = input.poisson->line().at(stamp);
      if (!table) continue;
      out_of(e->weight, s)[e->lane - lane] +=
          (chunk.counting ? 1 : e->weight) * draw_poisson(*table, net_.status_.seed,
                                                          projection.call, population.first(),
                                                          e->lane, e->ordinal, stamp);
    }
  }
}

// Some steps of one rate, one connection a lane; `whole`: to all lanes of the block.
void PartitionState::draw_dense(const PoissonTable& table, const DeviceInput& input,
                                const Population& population, std::uint32_t lane, int lanes,
                                std::uint32_t from, std::uint32_t to, std::int64_t stamp, int steps,
                                bool whole, double* out) {
  constexpr int kGroup = simd::PoissonLanes::kGroup;
  const double weight = population.model().counts_input ? 1 : input.weight;
  const std::uint32_t call = input.projection->call;
  const int groups = (lanes + kGroup - 1) / kGroup;
  int done = 0;
  if (table.tabled() && table.thresholds().size() <= kMostThresholds) {
    const simd::PoissonLanes drawn_lanes{net_.status_.seed,
                                         poisson_key(Purpose::kPoisson, stamp, 0),
                                         poisson_key(Purpose::kPoissonLower, stamp, 0),
                                         population.first(),
                                         call,
                                         static_cast<std::uint32_t>(stamp),
                                         table.thresholds().data(),
                                         static_cast<int>(table.thresholds().size()),
                                         table.upper_halves().data(),
                                         static_cast<int>(table.usual()),
                                         table.first(),
                                         weight,
                                         block_lanes_};
    if (whole) {
      done = net_.status_.simd->add_poisson(out, drawn_lanes, lane, groups, steps);
    } else {
      std::fill(drawn_.begin(), drawn_.end(), 0.0);
      done = net_.status_.simd->add_poisson(drawn_.data(), drawn_lanes, lane, groups, steps);
      const std::uint32_t until =
          std::min(to, lane + static_cast<std::uint32_t>(done) * std::uint32_t{kGroup});
      for (std::uint32_t l = from; l < until; ++l) out[l - lane] += drawn_[l - lane];
    }
  }
  // The rest, lane by lane.
  for (; done < groups * steps; ++done) {
    const int s = done / groups;
    const std::uint32_t begin = lane + static_cast<std::uint32_t>(done % groups) * kGroup;
    for (std::uint32_t l = std::max(from, begin); l < std::min(to, begin + kGroup); ++l) {
      out[s * block_lanes_ + static_cast<int>(l - lane)] +=
          weight *
          draw_poisson(table, net_.status_.seed, call, population.first(), l, 0, stamp + s);
    }
  }
}

void PartitionState::add_current(ChunkState& chunk, DeviceInput& input, std::uint32_t lane,
                                 int lanes, std::int64_t origin, int first, int steps) {
  const DeviceProjection& projection = *input.projection;
  const CurrentGenerator& generator = *input.current;
  double* out = projection.receptor == 1 ? filtered_.data() : current_.data();
  const std::uint32_t end = lane + static_cast<std::uint32_t>(lanes);
  // A current sent in update step a with delay d acts in step a + d + 1.
  const auto sent_for = [&](int s, std::uint32_t delay) { return origin + first + s - delay - 1; };
  NoiseValues noise(*net_.status_.simd, net_.status_.seed, projection.call);
  const NodeId first_node = chunk.population->first();
  if (input.dense) {
    const std::uint32_t from = std::max(input.lane_from, lane);
    const std::uint32_t to = std::min(input.lane_to, end);
    if (from >= to) return;
    const std::size_t offset = from - input.lane_from;
    double* const drawn = input.drawn.data() + offset;
    for (int s = 0; s < steps; ++s) {
      double* const row = out + s * block_lanes_ + (from - lane);
      const auto lag = static_cast<std::size_t>(first + s);
      if (!generator.per_target()) {
        const double add = input.weight * input.slice_values[lag];
        for (std::uint32_t i = 0; i < to - from; ++i) row[i] += add;
        continue;
      }
      const NoiseDraw& draw = input.slice_draws[lag];
      if (draw.step < 0) continue;
      // All lanes are at the same step, however blocks are cut.
      if (input.drawn_step[offset] != draw.step) {
        std::fill_n(input.drawn_step.begin() + static_cast<std::ptrdiff_t>(offset), to - from,
                    draw.step);
        noise.draw(draw, first_node + from, to - from, drawn);
      }
      for (std::uint32_t i = 0; i < to - from; ++i) row[i] += input.weight * drawn[i];
    }
    return;
  }
  const auto begin = std::lower_bound(input.entries.begin(), input.entries.end(), lane,
                                      [](const auto& e, std::uint32_t l) { return e.lane < l; });
  const auto stop = std::lower_bound(begin, input.entries.end(), end,
                                     [](const auto& e, std::uint32_t l) { return e.lane < l; });
  for (int s = 0; s < steps; ++s) {
    double* const row = out + s * block_lanes_;
    // Most lists have few delays: what was sent is worked out where it differs from the last.
    std::int64_t known = std::numeric_limits<std::int64_t>::min();
    double value = 0;
    NoiseDraw draw;
    const auto look_up = [&](std::int64_t sent) {
      if (sent == known) return;
      known = sent;
      const bool sends = input.sends(sent);
      value = sends && !generator.per_target() ? generator.current(sent, net_.grid_) : 0;
      draw = sends && generator.per_target() ? generator.draw(sent, net_.grid_) : NoiseDraw{};
    };
    if (generator.per_target()) {
      for (auto e = begin; e != stop; ++e) {
        look_up(sent_for(s, e->delay));
        const auto at = static_cast<std::size_t>(e - input.entries.begin());
        if (draw.step < 0 || draw.step == input.drawn_step[at]) continue;
        input.drawn_step[at] = draw.step;
        noise.add(draw, first_node + e->lane, e->ordinal, &input.drawn[at]);
      }
      noise.flush();
    }
    for (auto e = begin; e != stop; ++e) {
      look_up(sent_for(s, e->delay));
      if (generator.per_target()) {
        if (draw.step < 0) continue;
        value = input.drawn[static_cast<std::size_t>(e - input.entries.begin())];
      }
      row[e->lane - lane] += e->weight * value;
    }
  }
}

}  // namespace tegmenta
