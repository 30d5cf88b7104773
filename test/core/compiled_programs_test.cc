// Random programs of compiled models against plain code, neuron by neuron, bit for bit: at every
// level, however neurons lie in blocks and tiles, and however steps are divided.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "base/aligned.h"
#include "base/random.h"
#include "compiled/executable.h"
#include "compiled_evaluator.h"
#include "compiled_models.h"
#include "once.h"
#include "simd/dispatch.h"

namespace tegmenta::testing {
namespace {

using compiled::Code;
using compiled::Executable;
using compiled::Operation;

constexpr int kCoefficients = 3, kStates = 5, kReceptors = 2, kSubstep = 5;
constexpr double kBound = 100;

/// Makes a step program of operations that keep their numbers bounded.
class RandomProgram {
 public:
  explicit RandomProgram(std::uint32_t seed)
      : random_(seed, Purpose::kParameter, 1, 0, 0),
        a_({0, 1, -1, 2, 0.5, 3, 0.1, kBound, -kBound, 1e-3, 1e-5}) {
    for (int k = 0; k < static_cast<int>(a_.constants().size()); ++k) numbers_.push_back(k);
  }

  Code make() {
    for (int k = 0; k < kCoefficients; ++k) numbers_.push_back(a_.given());
    states_ = a_.given(kStates);
    a_.given();  // sub-step
    for (int k = 0; k < kStates; ++k) numbers_.push_back(states_ + k);
    for (int k = 0; k < 2 * kReceptors + 1; ++k) numbers_.push_back(a_.given());
    numbers_.push_back(time_ = a_.given());
    const int spikes = a_.given();
    masks_.push_back(a_.of(Operation::less, a_.constant(0), a_.constant(1)));
    const auto parts = 3 + random_.below(6);
    for (std::uint64_t k = 0; k < parts; ++k) add_part();
    for (int k = 0; k < kStates; ++k) {
      if (random_.uniform01() < 0.5) a_.put(Operation::copy, states_ + k, bounded(number()));
    }
    const auto rare = a_.of(Operation::less, a_.constant(3), bounded(number()));
    a_.put(Operation::to_number, spikes, rare);
    if (random_.uniform01() < 0.3) a_.put(Operation::add, spikes, spikes, spikes);
    return finish();
  }

 private:
  struct Solved {
    std::uint16_t error;
    bool relative;
  };

  int pick(const std::vector<int>& from) { return from[random_.below(from.size())]; }
  int number() { return pick(numbers_); }
  int mask() { return pick(masks_); }
  int bounded(int x) {
    const auto low = a_.of(Operation::greatest, a_.constant(-kBound), x);
    return a_.of(Operation::least, a_.constant(kBound), low);
  }

  void add_part() {
    const double u = random_.uniform01();
    if (u < 0.4) {
      for (int k = 0; k < 4; ++k) add_operation();
    } else if (u < 0.5) {
      add_skip();
    } else if (u < 0.6) {
      add_loop();
    } else if (u < 0.7) {
      add_vector();
    } else if (u < 0.75) {
      add_matrix();
    } else if (u < 0.85) {
      add_draws();
    } else if (u < 0.88) {
      const auto far =
          a_.of(Operation::less, a_.constant(kBound), a_.of(Operation::add, number(), number()));
      a_.put(Operation::fail, static_cast<int>(random_.below(2)), far);
    } else {
      add_integrate();
    }
  }

  /// One operation of numbers, or of masks.
  void add_operation() {
    static const Operation of_one[] = {Operation::copy,
                                       Operation::negate,
                                       Operation::absolute,
                                       Operation::square_root,
                                       Operation::round_down,
                                       Operation::round_up,
                                       Operation::truncate,
                                       Operation::round_half_away,
                                       Operation::exponential,
                                       Operation::logarithm,
                                       Operation::sine,
                                       Operation::hyperbolic_tangent,
                                       Operation::error_function,
                                       Operation::bits_not,
                                       Operation::exponential_minus_1};
    static const Operation of_two[] = {
        Operation::add,      Operation::subtract,   Operation::multiply,   Operation::divide,
        Operation::least,    Operation::greatest,   Operation::remainder,  Operation::power,
        Operation::bits_and, Operation::shift_left, Operation::shift_right};
    static const Operation compared[] = {Operation::less, Operation::less_or_equal,
                                         Operation::equal, Operation::not_equal};
    static const Operation of_masks[] = {Operation::both, Operation::either, Operation::without};
    const double u = random_.uniform01();
    if (u < 0.25) {
      numbers_.push_back(bounded(a_.of(of_one[random_.below(std::size(of_one))], number())));
    } else if (u < 0.55) {
      numbers_.push_back(
          bounded(a_.of(of_two[random_.below(std::size(of_two))], number(), number())));
    } else if (u < 0.65) {
      numbers_.push_back(bounded(a_.of(Operation::multiply_add, number(), number(), number())));
    } else if (u < 0.75) {
      numbers_.push_back(a_.of(Operation::select, mask(), number(), number()));
    } else if (u < 0.85) {
      masks_.push_back(a_.of(compared[random_.below(std::size(compared))], number(), number()));
    } else if (u < 0.9) {
      masks_.push_back(a_.of(of_masks[random_.below(std::size(of_masks))], mask(), mask()));
    } else if (u < 0.95) {
      masks_.push_back(a_.of(Operation::invert, mask()));
    } else {
      numbers_.push_back(a_.of(Operation::to_number, mask()));
    }
  }

  /// Operations whose results are seen where `condition` is set only: in `variable`.
  void add_within(int condition, int variable) {
    const std::vector<int> numbers = numbers_, masks = masks_;
    for (int k = 0; k < 3; ++k) add_operation();
    const int result = number();
    numbers_ = numbers, masks_ = masks;
    a_.put(Operation::select, variable, condition, result, variable);
  }

  /// `count` instructions that are added by `add` go behind one that skips them.
  void skip_over(int condition, const std::function<void()>& add) {
    const int at = a_.size();
    a_.put(Operation::skip_unless_any, 0, condition);
    add();
    a_.patch(at, a_.size() - at - 1);
  }

  void add_skip() {
    const int condition = mask(), variable = a_.of(Operation::copy, number());
    skip_over(condition, [&] {
      add_within(condition, variable);
      if (random_.uniform01() < 0.3) {
        const int inner = a_.of(Operation::both, condition, mask());
        skip_over(inner, [&] { add_within(inner, variable); });
      }
    });
    numbers_.push_back(variable);
  }

  /// Goes round up to five times, as often as a number of the neuron's own says.
  void add_loop() {
    const int rounds = a_.of(Operation::remainder, number(), a_.constant(3));
    const int turn = a_.of(Operation::copy, a_.constant(-1));
    const int variable = a_.of(Operation::copy, number());
    const int goes_on = a_.of(Operation::copy, mask());
    const int at = a_.size();
    numbers_.push_back(variable);
    add_within(goes_on, variable);
    a_.put(Operation::add, turn, turn, a_.constant(1));
    const int more = a_.of(Operation::less, turn, rounds);
    a_.put(Operation::both, goes_on, goes_on, more);
    a_.put(Operation::loop_while_any, a_.size() - at, goes_on);
  }

  void add_vector() {
    constexpr int kElements = 3;
    const int vector = a_.temporary(kElements);
    for (int k = 0; k < kElements; ++k) a_.put(Operation::copy, vector + k, number());
    a_.put(Operation::store_at, vector, number(), number(), kElements);
    numbers_.push_back(a_.of(Operation::load_at, vector, number(), kElements));
  }

  void add_matrix() {
    const int matrix = a_.temporary(4), e = a_.temporary(4);
    for (int k = 0; k < 4; ++k) {
      a_.put(Operation::hyperbolic_tangent, matrix + k, number());
    }
    a_.put(Operation::matrix_exponential, e, matrix, 2);
    for (int k = 0; k < 4; ++k) numbers_.push_back(bounded(e + k));
  }

  void add_draws() {
    const int ordinal = a_.constant(static_cast<double>(random_.below(4)));
    const int site = static_cast<int>(random_.below(100));
    numbers_.push_back(a_.of(Operation::normal, ordinal, site));
    numbers_.push_back(a_.of(Operation::uniform, ordinal, site + 1));
    numbers_.push_back(bounded(a_.of(Operation::poisson, ordinal, site + 2, number())));
  }

  /// The states, or some, decay and are driven.
  void add_integrate() {
    if (systems_ > 1) return;
    const int condition = random_.uniform01() < 0.5 ? masks_[0] : mask();
    a_.put(Operation::integrate, systems_++, condition);
    held_.push_back({numbers_, masks_});
  }

  void add_system(Code& code, const std::vector<int>& numbers, const std::vector<int>& masks) {
    numbers_ = numbers, masks_ = masks;
    compiled::System system;
    system.first = a_.size();
    const auto n = 1 + random_.below(kStates);
    const bool timed = random_.uniform01() < 0.5;
    system.time = static_cast<std::uint16_t>(timed ? time_ : 0);
    if (random_.uniform01() < 0.3) {
      const int turn = a_.of(Operation::copy, a_.constant(0));
      const int at = a_.size();
      a_.put(Operation::add, turn, turn, a_.constant(1));
      const int more = a_.of(Operation::less, turn, number());
      const int few = a_.of(Operation::less, turn, a_.constant(3));
      a_.put(Operation::both, more, more, few);
      a_.put(Operation::loop_while_any, a_.size() - at, more);
    }
    for (int k = 0; k < 4; ++k) add_operation();
    for (std::uint64_t k = 0; k < n; ++k) {
      const int value = states_ + static_cast<int>(k);
      const int drive = bounded(number());
      system.values.push_back(static_cast<std::uint16_t>(value));
      system.slopes.push_back(static_cast<std::uint16_t>(
          random_.uniform01() < 0.1 ? number() : a_.of(Operation::subtract, drive, value)));
    }
    system.last = a_.size();
    system.absolute = a_.constant(random_.uniform01() < 0.5 ? 1e-3 : 1e-5);
    system.relative = a_.constant(random_.uniform01() < 0.5 ? 0 : 1e-3);
    system.substep = kSubstep;
    code.systems.push_back(system);
  }

  Code finish() {
    a_.end_main();
    Code systems;
    const auto held = held_;
    for (const auto& [numbers, masks] : held) add_system(systems, numbers, masks);
    Code code = model_of(a_, "random", {"a", "b", "c"}, {"p", "q", "r", "s", "u", ""});
    code.receptors = {"one", "two"};
    code.numbered = true;
    code.currents = {{.name = "I"}};
    code.most_spikes = 2;
    code.failures = {"first", "second"};
    code.step = a_.finish();
    code.systems = systems.systems;
    return code;
  }

  RandomStream random_;
  Assembler a_;
  std::vector<int> numbers_, masks_;
  int states_ = 0, time_ = 0, systems_ = 0;
  std::vector<std::pair<std::vector<int>, std::vector<int>>> held_;
};

// --- a population ------------------------------------------------------------------------------

constexpr int kSteps = 12;
constexpr double kResolution = 0.1;

using Column = AlignedVector<double>;

struct Outcome {
  std::vector<Column> states;
  std::vector<std::vector<double>> spikes;  // by step, lane
  NeuronFailure failure;
};

struct Setting {
  int neurons;
  std::uint32_t seed;
  bool uniform;
  std::int64_t first_step;

  std::size_t lanes() const { return static_cast<std::size_t>((neurons + 7) / 8 * 8); }
  std::vector<Column> columns(int n, std::uint32_t of, double scale) const {
    RandomStream random(seed, Purpose::kParameter, 2, of, 0);
    std::vector<Column> columns(static_cast<std::size_t>(n));
    for (Column& column : columns) {
      column.assign(lanes(), 0.0);
      for (double& x : column) x = scale * (2 * random.uniform01() - 1);
      if (of == 0 && uniform) std::fill(column.begin(), column.end(), column[0]);
    }
    return columns;
  }
  std::vector<Column> coefficients() const { return columns(kCoefficients, 0, 2); }
  std::vector<Column> states() const {
    std::vector<Column> all = columns(kStates + 1, 1, 5);
    std::fill(all[kSubstep].begin(), all[kSubstep].end(), kResolution);
    return all;
  }
  /// Rows and currents; of each all steps one after the other.
  std::vector<Column> inputs() const {
    std::vector<Column> rows;
    for (int s = 0; s < kSteps; ++s) {
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

std::vector<double> at(const std::vector<Column>& columns, std::size_t lane) {
  std::vector<double> values;
  for (const Column& column : columns) values.push_back(column[lane]);
  return values;
}

/// Neuron by neuron. What fails fails in the earliest step, and there in the lowest lane.
Outcome plainly(const Code& code, const Setting& setting) {
  Outcome out{setting.states(), {}, {}};
  const auto coefficients = setting.coefficients();
  const auto inputs = setting.inputs();
  PlainEvaluator plain(code);
  for (int s = 0; s < kSteps && out.failure.kind == NeuronFailure::kNone; ++s) {
    out.spikes.emplace_back();
    for (std::size_t i = 0; i < static_cast<std::size_t>(setting.neurons); ++i) {
      PlainStep in{.rows = {},
                   .currents = {},
                   .seed = setting.seed,
                   .node = static_cast<std::uint32_t>(5 + i),
                   .step = setting.first_step + s,
                   .resolution_ms = kResolution};
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
Outcome interpreted(const Executable& model, const Setting& setting, const simd::Kernels& level,
                    const Division& division) {
  Outcome out{setting.states(), {}, {}};
  auto coefficients = setting.coefficients();
  const auto inputs = setting.inputs();
  compiled::Workspace workspace;
  workspace.prepare(model);
  const auto all = static_cast<int>(setting.lanes());
  const std::size_t groups = setting.lanes() / 8;
  std::vector<std::uint8_t> fired(groups * kSteps, 0xaa);
  std::vector<std::uint32_t> multiplicity(setting.lanes() * kSteps, 77);
  for (int s = 0; s < kSteps && out.failure.kind == NeuronFailure::kNone; s += division.steps) {
    for (int first = 0; first < all; first += division.lanes) {
      std::vector<double*> states;
      std::vector<const double*> own, rows;
      const std::size_t cell =
          static_cast<std::size_t>(s) * setting.lanes() + static_cast<std::size_t>(first);
      for (Column& column : out.states) states.push_back(column.data() + first);
      for (const Column& column : coefficients) own.push_back(column.data() + first);
      for (const Column& column : inputs) rows.push_back(column.data() + cell);
      rows[2] = nullptr;
      NeuronFailure failure;
      NeuronBlock block{};
      block.state = states.data();
      block.coefficient = own.data();
      block.uniform = setting.uniform;
      block.lanes = std::min(division.lanes, all - first);
      block.steps = std::min(division.steps, kSteps - s);
      block.input_stride = all;
      block.fired = fired.data() + static_cast<std::size_t>(s) * groups + first / 8;
      block.fired_stride = groups;
      block.multiplicity = multiplicity.data() + cell;
      block.multiplicity_stride = setting.lanes();
      block.resolution_ms = kResolution;
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
  for (std::size_t s = 0; s < kSteps; ++s) {
    out.spikes.emplace_back();
    for (std::size_t i = 0; i < static_cast<std::size_t>(setting.neurons); ++i) {
      const bool fires = (fired[s * groups + i / 8] >> (i % 8) & 1) != 0;
      out.spikes.back().push_back(fires ? multiplicity[s * setting.lanes() + i] : 0);
    }
  }
  return out;
}

void expect_same(const Outcome& found, const Outcome& expected, const Setting& setting) {
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
    const Executable model(RandomProgram(seed).make());
    RandomStream random(seed, Purpose::kParameter, 3, 0, 0);
    const Setting setting{.neurons = 1 + static_cast<int>(random.below(150)),
                          .seed = seed,
                          .uniform = random.uniform01() < 0.5,
                          .first_step = random.uniform01() < 0.5 ? 0 : std::int64_t{1} << 33};
    const Outcome expected = plainly(model.code(), setting);
    if (expected.failure.kind == NeuronFailure::kNone) ++succeeded;
    for (const simd::Kernels* level : simd::available_levels()) {
      for (const Division& division :
           {Division{512, 5}, Division{64, kSteps}, Division{40, 1}, Division{8, 3}}) {
        CAPTURE(level->name);
        CAPTURE(division.lanes);
        expect_same(interpreted(model, setting, *level, division), expected, setting);
      }
    }
  }
  return succeeded;
}

TEST_CASE("small programs: random ones have the bits of plain code" * once()) {
  const char* const programs = std::getenv("TEGMENTA_COMPILED_PROGRAMS");
  const auto count = static_cast<std::uint32_t>(programs != nullptr ? std::atoi(programs) : 150);
  CHECK(run_programs(1, count) > static_cast<int>(count) / 2);
}

}  // namespace
}  // namespace tegmenta::testing
