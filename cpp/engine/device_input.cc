#include "engine/device_input.h"

#include <algorithm>

#include "engine/partition.h"
#include "engine/poisson_draw.h"

namespace tegmenta {

namespace {

/// Up to here, comparing with every threshold beats looking up.
constexpr std::size_t kMostThresholds = 400;

}  // namespace

double poisson_of_recorder(const PoissonTable& table, std::uint32_t seed, std::uint32_t call,
                           NodeId recorder, std::uint32_t ordinal, std::int64_t stamp) {
  return PoissonDraw{seed, call, recorder, 0, ordinal, stamp}.count(table);
}

void DenseInput::reserve(int steps) {
  slice_values.assign(static_cast<std::size_t>(steps), 0.0);
  slice_draws.assign(static_cast<std::size_t>(steps), {});
  slice_tables.assign(static_cast<std::size_t>(steps), nullptr);
}

void DenseInput::begin_slice(std::int64_t origin, int steps, const TimeGrid& grid) {
  for (int s = 0; s < steps; ++s) {
    const auto lag = static_cast<std::size_t>(s);
    if (poisson) {
      // Emitted in the update step before its stamp.
      const std::int64_t stamp = origin + s + 1 - window.delay;
      slice_tables[lag] = window.has(stamp - 1) ? poisson->line().at(stamp) : nullptr;
      continue;
    }
    // A current sent in update step a with delay d acts in step a + d + 1.
    const std::int64_t sent = origin + s - window.delay - 1;
    if (noise) {
      slice_draws[lag] = noise->at(sent, grid);
    } else {
      slice_values[lag] = current->at(sent, grid).at(sent, grid);
    }
  }
}

void begin_slice(ChunkInput& input, std::int64_t origin, int steps, const InputSetting& setting) {
  if (auto* dense = std::get_if<DenseInput>(&input)) {
    dense->begin_slice(origin, steps, setting.grid);
  } else if (auto* currents = std::get_if<GatheredCurrents>(&input)) {
    currents->begin_slice(origin, steps, setting);
  } else if (auto* noise = std::get_if<GatheredNoise>(&input)) {
    noise->begin_slice(origin, steps, setting);
  }
}

InputSetting PartitionState::input_setting(const ChunkState& chunk) const {
  return {net_.clock.grid, *net_.settings.simd, net_.settings.seed_of_run(),
          chunk.population->first()};
}

void PartitionState::add_input(ChunkState& chunk, ChunkInput& input, const InputBlock& block) {
  const auto current = [&](int receptor) {
    return currents_[static_cast<std::size_t>(receptor)].data();
  };
  if (auto* dense = std::get_if<DenseInput>(&input)) {
    if (dense->poisson) {
      add_poisson(chunk, *dense, block);
    } else {
      add_current(chunk, *dense, block);
    }
  } else if (auto* currents = std::get_if<GatheredCurrents>(&input)) {
    currents->add_to(current(currents->receptor), block, input_setting(chunk));
  } else if (auto* noise = std::get_if<GatheredNoise>(&input)) {
    noise->add_to(current(noise->receptor), block, input_setting(chunk));
  } else {
    auto& poisson = std::get<GatheredPoisson>(input);
    const auto [positive, others] = chunk.rows_of(poisson.receptor);
    poisson.add_to(this->input(positive), this->input(others), block, input_setting(chunk));
  }
}

void PartitionState::add_poisson(const ChunkState& chunk, const DenseInput& input,
                                 const InputBlock& block) {
  const std::uint32_t end = block.lane + static_cast<std::uint32_t>(block.lanes);
  const std::uint32_t from = std::max(input.lane_from, block.lane);
  const std::uint32_t to = std::min(input.lane_to, end);
  if (from >= to) return;
  const bool whole = from == block.lane && (to == end || to == chunk.place.lane_end);
  const auto [positive, others] = chunk.rows_of(input.projection->receptor);
  double* const sums = this->input(input.weight > 0 || chunk.counting ? positive : others);
  // Steps of one rate are drawn together.
  const PoissonTable* const* const tables = input.slice_tables.data() + block.first;
  for (int s = 0, next = 0; s < block.steps; s = next) {
    const PoissonTable* const now = tables[s];
    const std::int64_t stamp = block.origin + block.first + s + 1 - input.window.delay;
    for (next = s + 1; next < block.steps; ++next) {
      if (tables[next] != now || !whole || (stamp + next - s) >> 32 != stamp >> 32) break;
    }
    if (!now) continue;
    draw_dense(*now, input, *chunk.population, block.lane, block.lanes, from, to, stamp, next - s,
               whole, sums + s * block.stride);
  }
}

// Some steps of one rate, one connection a lane; `whole`: to all lanes of the block.
void PartitionState::draw_dense(const PoissonTable& table, const DenseInput& input,
                                const Population& population, std::uint32_t lane, int lanes,
                                std::uint32_t from, std::uint32_t to, std::int64_t stamp, int steps,
                                bool whole, double* out) {
  constexpr int kGroup = simd::PoissonLanes::kGroup;
  const double weight = population.model().counts_input ? 1 : input.weight;
  const std::uint32_t call = input.projection->call;
  const int groups = (lanes + kGroup - 1) / kGroup;
  int done = 0;
  if (table.tabled() && table.thresholds().size() <= kMostThresholds) {
    const simd::PoissonLanes drawn_lanes{net_.settings.seed_of_run(),
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
      done = net_.settings.simd->add_poisson(out, drawn_lanes, lane, groups, steps);
    } else {
      std::fill(drawn_.begin(), drawn_.end(), 0.0);
      done = net_.settings.simd->add_poisson(drawn_.data(), drawn_lanes, lane, groups, steps);
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
          PoissonDraw{net_.settings.seed_of_run(), call, population.first(), l, 0, stamp + s}.count(
              table);
    }
  }
}

void PartitionState::add_current(const ChunkState& chunk, DenseInput& input,
                                 const InputBlock& block) {
  const GeneratorList& projection = *input.projection;
  double* const out = currents_[projection.receptor].data();
  const std::uint32_t end = block.lane + static_cast<std::uint32_t>(block.lanes);
  const std::uint32_t from = std::max(input.lane_from, block.lane);
  const std::uint32_t to = std::min(input.lane_to, end);
  if (from >= to) return;
  NoiseValues noise(*net_.settings.simd, net_.settings.seed_of_run());
  const std::size_t offset = from - input.lane_from;
  double* const drawn = input.drawn.empty() ? nullptr : input.drawn.data() + offset;
  for (int s = 0; s < block.steps; ++s) {
    double* const row = out + s * block.stride + (from - block.lane);
    const auto lag = static_cast<std::size_t>(block.first + s);
    if (input.current) {
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
      noise.draw(draw, projection.call, chunk.population->first() + from, to - from, drawn);
    }
    for (std::uint32_t i = 0; i < to - from; ++i) row[i] += input.weight * drawn[i];
  }
}

}  // namespace tegmenta
