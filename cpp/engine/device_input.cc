#include "engine/device_input.h"

#include <algorithm>

#include "base/philox.h"
#include "base/random.h"
#include "engine/partition.h"

namespace tegmenta {

namespace {

/// Up to here, comparing with every threshold beats looking up.
constexpr std::size_t kMostThresholds = 400;

std::uint32_t poisson_key(std::int64_t stamp, std::uint32_t ordinal) {
  return static_cast<std::uint32_t>(Purpose::kPoisson) << 24 |
         (static_cast<std::uint32_t>(stamp >> 32) & 0xffu) << 16 | (ordinal & 0xffffu);
}

/// The Poisson number of one connection in one step; the same word as in simd's add_poisson.
double draw_poisson(const PoissonTable& table, std::uint32_t seed, std::uint32_t call,
                    NodeId population, std::uint32_t lane, std::uint32_t ordinal,
                    std::int64_t stamp) {
  const std::uint32_t block = lane / 32 * 8 + (lane & 7);
  const auto words = philox4x32({block, static_cast<std::uint32_t>(stamp), population, call},
                                {seed, poisson_key(stamp, ordinal)});
  const std::uint32_t count = table.count(words[lane >> 3 & 3]);
  if (count < table.last()) return count;
  RandomStream tail(seed, Purpose::kTail, call, population + lane,
                    static_cast<std::uint32_t>(stamp), (ordinal & 0xffffu));
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
}

void DeviceInput::begin_slice(std::int64_t origin, int steps, const TimeGrid& grid) {
  if (!current || !dense) return;
  for (int s = 0; s < steps; ++s) {
    const std::int64_t sent = origin + s - delay - 1;
    const auto lag = static_cast<std::size_t>(s);
    if (current->per_target()) {
      slice_draws[lag] = sends(sent) ? current->draw(sent, grid) : NoiseDraw{};
    } else {
      slice_values[lag] = sends(sent) ? current->current(sent, grid) : 0;
    }
  }
}

void PartitionState::add_poisson(ChunkState& chunk, DeviceInput& input, std::uint32_t lane,
                                 int lanes, std::int64_t step, int row) {
  const DeviceProjection& projection = *input.projection;
  const Population& population = *chunk.population;
  const std::uint32_t end = lane + static_cast<std::uint32_t>(lanes);
  const auto out_of = [&](double weight) {
    return (weight > 0 || chunk.counting ? excitatory_.data() : inhibitory_.data()) +
           row * block_lanes_;
  };
  if (chunk.counting && projection.receptor != 0) return;
  if (input.dense) {
    // Emitted in the update step before its stamp; nothing before the connection was made.
    const std::int64_t stamp = step + 1 - input.delay;
    if (!input.sends(stamp - 1)) return;
    const PoissonTable* table = input.poisson->line().at(stamp);
    if (!table) return;
    const std::uint32_t from = std::max(input.lane_from, lane);
    const std::uint32_t to = std::min(input.lane_to, end);
    if (from >= to) return;
    const double weight = chunk.counting ? 1 : input.weight;
    double* out = out_of(input.weight);
    bool done = false;
    if (table->thresholds().size() <= kMostThresholds) {
      const simd::PoissonLanes lanes_of{net_.status_.seed,
                                        poisson_key(stamp, 0),
                                        population.first(),
                                        projection.call,
                                        static_cast<std::uint32_t>(stamp),
                                        table->thresholds().data(),
                                        static_cast<int>(table->thresholds().size()),
                                        static_cast<int>(table->usual()),
                                        table->first(),
                                        weight};
      if (from == lane && (to == end || to == chunk.place.lane_end)) {
        done = net_.status_.simd->add_poisson(out, lanes_of, lane, lanes);
      } else {
        std::fill(drawn_.begin(), drawn_.end(), 0.0);
        done = net_.status_.simd->add_poisson(drawn_.data(), lanes_of, lane, lanes);
        for (std::uint32_t l = from; done && l < to; ++l) out[l - lane] += drawn_[l - lane];
      }
    }
    for (std::uint32_t l = from; !done && l < to; ++l) {
      out[l - lane] += weight * draw_poisson(*table, net_.status_.seed, projection.call,
                                             population.first(), l, 0, stamp);
    }
    return;
  }
  const auto first = std::lower_bound(input.entries.begin(), input.entries.end(), lane,
                                      [](const auto& e, std::uint32_t l) { return e.lane < l; });
  for (auto e = first; e != input.entries.end() && e->lane < end; ++e) {
    const std::int64_t stamp = step + 1 - e->delay;
    if (!input.sends(stamp - 1)) continue;
    const PoissonTable* table = input.poisson->line().at(stamp);
    if (!table) continue;
    out_of(e->weight)[e->lane - lane] +=
        (chunk.counting ? 1 : e->weight) * draw_poisson(*table, net_.status_.seed, projection.call,
                                                        population.first(), e->lane, e->ordinal,
                                                        stamp);
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
        for (std::uint32_t i = 0; i < to - from; ++i) {
          noise.add(draw, first_node + from + i, 0, drawn + i);
        }
        noise.flush();
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
