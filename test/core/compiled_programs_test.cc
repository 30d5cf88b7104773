// Random programs of compiled models against plain code, neuron by neuron, bit for bit: at every
// level, however neurons lie in blocks and tiles, and however steps are divided.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "base/aligned.h"
#include "base/random.h"
#include "compiled/executable.h"
#include "compiled_evaluator.h"
#include "compiled_random_model.h"
#include "once.h"
#include "simd/dispatch.h"

namespace tegmenta::testing {
namespace {

using compiled::Code;
using compiled::Executable;

constexpr int kCoefficients = RandomModel::kCoefficients, kStates = RandomModel::kStates,
              kReceptors = RandomModel::kReceptors, kSubstep = RandomModel::kSubstep;

// --- a population ------------------------------------------------------------------------------

constexpr int kProgramSteps = 12;
constexpr double kProgramResolution = 0.1;

using LaneNumbers = AlignedVector<double>;

struct CompiledOutcome {
  std::vector<LaneNumbers> states;
  std::vector<std::vector<double>> spikes;  // by step, lane
  NeuronFailure failure;
};

struct CompiledSetting {
  int neurons;
  std::uint32_t seed;
  bool uniform;
  std::int64_t first_step;

  std::size_t lanes() const { return static_cast<std::size_t>((neurons + 7) / 8 * 8); }
  std::vector<LaneNumbers> columns(int n, std::uint32_t of, double scale) const {
    RandomStream random(seed, Purpose::kParameter, 2, of, 0);
    std::vector<LaneNumbers> columns(static_cast<std::size_t>(n));
    for (LaneNumbers& column : columns) {
      column.assign(lanes(), 0.0);
      for (double& x : column) x = scale * (2 * random.uniform01() - 1);
      if (of == 0 && uniform) std::fill(column.begin(), column.end(), column[0]);
    }
    return columns;
  }
  std::vector<LaneNumbers> coefficients() const { return columns(kCoefficients, 0, 2); }
  std::vector<LaneNumbers> states() const {
    std::vector<LaneNumbers> all = columns(kStates + 1, 1, 5);
    std::fill(all[kSubstep].begin(), all[kSubstep].end(), kProgramResolution);
    return all;
  }
  /// Rows and currents; of each all steps one after the other.
  std::vector<LaneNumbers> inputs() const {
    std::vector<LaneNumbers> rows;
    for (int s = 0; s < kProgramSteps; ++s) {
      const auto step = columns(2 * kReceptors + 1, static_cast<std::uint32_t>(10 + s), 4);
      rows.resize(step.size());
      for (std::size_t r = 0; r < step.size(); ++r) {
        rows[r].insert(rows[r].end(), step[r].begin(), step[r].end());
      }
    }
    // A receptor that nothing reaches.
    std::fill(rows[2].begin(), rows[2].end(), 0.0);
    return rows;
  }
};

std::vector<double> at(const std::vector<LaneNumbers>& columns, std::size_t lane) {
  std::vector<double> values;
  for (const LaneNumbers& column : columns) values.push_back(column[lane]);
  return values;
}

/// Neuron by neuron. What fails fails in the earliest step, and there in the lowest lane.
CompiledOutcome plainly(const Code& code, const CompiledSetting& setting) {
  CompiledOutcome out{setting.states(), {}, {}};
  const auto coefficients = setting.coefficients();
  const auto inputs = setting.inputs();
  PlainEvaluator plain(code);
  for (int s = 0; s < kProgramSteps && out.failure.kind == NeuronFailure::kNone; ++s) {
    out.spikes.emplace_back();
    for (std::size_t i = 0; i < static_cast<std::size_t>(setting.neurons); ++i) {
      PlainStep in{.rows = {},
                   .currents = {},
                   .seed = setting.seed,
                   .node = static_cast<std::uint32_t>(5 + i),
                   .step = setting.first_step + s,
                   .resolution_ms = kProgramResolution};
      const auto input = at(inputs, static_cast<std::size_t>(s) * setting.lanes() + i);
      in.rows.assign(input.begin(), input.end() - 1);
      in.currents = {input.back()};
      std::vector<double> states = at(out.states, i);
      out.spikes.back().push_back(plain.step(at(coefficients, i), states, in));
      for (std::size_t k = 0; k < states.size(); ++k) out.states[k][i] = states[k];
      if (plain.failure().kind != NeuronFailure::kNone &&
          out.failure.kind == NeuronFailure::kNone) {
        out.failure = plain.failure();
        out.failure.step = s;
        out.failure.lane = static_cast<int>(i);
      }
    }
  }
  return out;
}

struct Division {
  int lanes, steps;  // of a block, at most
};

/// By the interpreter, in blocks.
CompiledOutcome interpreted(const Executable& model, const CompiledSetting& setting,
                            const simd::Kernels& level, const Division& division) {
  CompiledOutcome out{setting.states(), {}, {}};
  auto coefficients = setting.coefficients();
  const auto inputs = setting.inputs();
  compiled::Workspace workspace;
  workspace.prepare(model);
  const auto all = static_cast<int>(setting.lanes());
  const std::size_t groups = setting.lanes() / 8;
  std::vector<std::uint8_t> fired(groups * kProgramSteps, 0xaa);
  std::vector<std::uint32_t> multiplicity(setting.lanes() * kProgramSteps, 77);
  for (int s = 0; s < kProgramSteps && out.failure.kind == NeuronFailure::kNone;
       s += division.steps) {
    for (int first = 0; first < all; first += division.lanes) {
      std::vector<double*> states;
      std::vector<const double*> own, rows;
      const std::size_t cell =
          static_cast<std::size_t>(s) * setting.lanes() + static_cast<std::size_t>(first);
      for (LaneNumbers& column : out.states) states.push_back(column.data() + first);
      for (const LaneNumbers& column : coefficients) own.push_back(column.data() + first);
      for (const LaneNumbers& column : inputs) rows.push_back(column.data() + cell);
      rows[2] = nullptr;
      NeuronFailure failure;
      NeuronBlock block{};
      block.state = states.data();
      block.coefficient = own.data();
      block.uniform = setting.uniform;
      block.lanes = std::min(division.lanes, all - first);
      block.steps = std::min(division.steps, kProgramSteps - s);
      block.input_stride = all;
      block.fired = fired.data() + static_cast<std::size_t>(s) * groups + first / 8;
      block.fired_stride = groups;
      block.multiplicity = multiplicity.data() + cell;
      block.multiplicity_stride = setting.lanes();
      block.resolution_ms = kProgramResolution;
      block.real_lanes = std::min(block.lanes, setting.neurons - first);
      block.failure = &failure;
      block.first_step = setting.first_step + s;
      block.first_node = static_cast<std::uint32_t>(5 + first);
      block.seed = setting.seed;
      model.advance(block, rows.data(), rows.data() + 2 * kReceptors, workspace,
                    compiled::interpreter(level));
      if (failure.kind == NeuronFailure::kNone) continue;
      failure.step += s;
      failure.lane += first;
      if (out.failure.kind == NeuronFailure::kNone || failure.step < out.failure.step) {
        out.failure = failure;
      }
    }
  }
  for (std::size_t s = 0; s < kProgramSteps; ++s) {
    out.spikes.emplace_back();
    for (std::size_t i = 0; i < static_cast<std::size_t>(setting.neurons); ++i) {
      const bool fires = (fired[s * groups + i / 8] >> (i % 8) & 1) != 0;
      out.spikes.back().push_back(fires ? multiplicity[s * setting.lanes() + i] : 0);
    }
  }
  return out;
}

void expect_same(const CompiledOutcome& found, const CompiledOutcome& expected,
                 const CompiledSetting& setting) {
  REQUIRE(found.failure.kind == expected.failure.kind);
  REQUIRE(found.failure.step == expected.failure.step);
  REQUIRE(found.failure.lane == expected.failure.lane);
  REQUIRE(found.failure.text == expected.failure.text);
  if (expected.failure.kind != NeuronFailure::kNone) return;
  const auto neurons = static_cast<std::size_t>(setting.neurons);
  for (std::size_t k = 0; k < expected.states.size(); ++k) {
    for (std::size_t i = 0; i < neurons; ++i) {
      CAPTURE(k);
      CAPTURE(i);
      const double a = found.states[k][i], b = expected.states[k][i];
      REQUIRE(((a != a && b != b) || std::memcmp(&a, &b, sizeof a) == 0));
    }
  }
  REQUIRE(found.spikes == expected.spikes);
}

int run_programs(std::uint32_t first, std::uint32_t count) {
  int succeeded = 0;
  for (std::uint32_t seed = first; seed < first + count; ++seed) {
    CAPTURE(seed);
    const Executable model(RandomModel(seed).make());
    RandomStream random(seed, Purpose::kParameter, 3, 0, 0);
    const CompiledSetting setting{
        .neurons = 1 + static_cast<int>(random.below(150)),
        .seed = seed,
        .uniform = random.uniform01() < 0.5,
        .first_step = random.uniform01() < 0.5 ? 0 : std::int64_t{1} << 33};
    const CompiledOutcome expected = plainly(model.code(), setting);
    if (expected.failure.kind == NeuronFailure::kNone) ++succeeded;
    for (const simd::Kernels* level : simd::available_levels()) {
      for (const Division& division :
           {Division{512, 5}, Division{64, kProgramSteps}, Division{40, 1}, Division{8, 3}}) {
        CAPTURE(level->name);
        CAPTURE(division.lanes);
        expect_same(interpreted(model, setting, *level, division), expected, setting);
      }
    }
  }
  return succeeded;
}

TEST_CASE("compiled programs: random ones have the bits of plain code" * once()) {
  const std::uint32_t count = fuzz_count(150);
  CHECK(run_programs(fuzz_seed(), count) > static_cast<int>(count) / 2);
}

}  // namespace
}  // namespace tegmenta::testing
