// Equations of compiled models against their solutions, and what ends a simulation.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/aligned.h"
#include "compiled/executable.h"
#include "compiled_models.h"
#include "once.h"
#include "simd/dispatch.h"
#include "special_numbers.h"

namespace tegmenta::testing {
namespace {

using compiled::Code;
using compiled::Operation;

constexpr double kResolution = 0.1;

/// Neurons of a model without input.
class Cells {
 public:
  /// `shared`: where to work, if not in a workspace of their own.
  Cells(const Code& code, int n, const simd::Kernels& level, compiled::Workspace* shared = nullptr)
      : model_(code),
        workspace_(shared != nullptr ? *shared : own_),
        interpreter_(compiled::interpreter(level)),
        n_(n) {
    workspace_.prepare(model_);
    const auto lanes = static_cast<std::size_t>((n + 7) / 8 * 8);
    states.resize(code.states.size(), AlignedVector<double>(lanes, 0.0));
    coefficients.resize(code.setup.results.size(), AlignedVector<double>(lanes, 0.0));
    fired.resize(lanes / 8 * kBlockSteps);
    multiplicity.resize(lanes * kBlockSteps);
  }

  NeuronFailure advance(int steps) {
    std::vector<double*> columns;
    std::vector<const double*> own;
    for (auto& column : states) columns.push_back(column.data());
    for (auto& column : coefficients) own.push_back(column.data());
    const std::vector<const double*> nothing(2 * model_.code().receptors.size(), nullptr);
    NeuronFailure failure;
    NeuronBlock block{};
    block.state = columns.data();
    block.coefficient = own.data();
    block.lanes = static_cast<int>(states[0].size());
    block.steps = steps;
    block.fired = fired.data();
    block.fired_stride = states[0].size() / 8;
    block.multiplicity = multiplicity.data();
    block.multiplicity_stride = states[0].size();
    block.resolution_ms = kResolution;
    block.real_lanes = n_;
    block.failure = &failure;
    block.first_step = step_;
    block.first_node = 1;
    model_.advance(block, nothing.data(), nullptr, workspace_, interpreter_);
    step_ += steps;
    return failure;
  }

  std::vector<AlignedVector<double>> states, coefficients;
  std::vector<std::uint8_t> fired;
  std::vector<std::uint32_t> multiplicity;

 private:
  compiled::Executable model_;
  compiled::Workspace own_;
  compiled::Workspace& workspace_;
  const compiled::Interpreter& interpreter_;
  int n_;
  std::int64_t step_ = 0;
};

/// A step of a model with one coefficient, states x, y and a sub-step, as the tests fill it.
struct Sketch {
  explicit Sketch(std::vector<double> constants) : a(std::move(constants)) {
    own = a.given();
    x = a.given();
    y = a.given();
    a.given();
    time = a.given();
    spikes = a.given();
  }
  /// With x and y, or x alone, in a system.
  Code solved(std::vector<std::uint16_t> slopes, double absolute, double relative) {
    Code code = finish();
    std::vector<std::uint16_t> values = {static_cast<std::uint16_t>(x),
                                         static_cast<std::uint16_t>(y)};
    values.resize(slopes.size());
    code.systems = {{.first = code.step.main,
                     .last = static_cast<int>(code.step.code.size()),
                     .values = std::move(values),
                     .slopes = std::move(slopes),
                     .held = {},
                     .time = static_cast<std::uint16_t>(time),
                     .absolute = a.constant(absolute),
                     .relative = a.constant(relative),
                     .substep = 2}};
    return code;
  }
  Code finish() {
    Code code = model_of(a, "sketch", {"own"}, {"x", "y", ""});
    code.failures = {"none of these", "x is too large"};
    code.most_spikes = 2;
    code.step = a.finish();
    return code;
  }
  std::uint16_t all() { return a.of(Operation::equal, a.constant(0), a.constant(0)); }

  Assembler a;
  int own, x, y, time, spikes;
};

void at_all_levels(const std::function<void(const simd::Kernels&)>& test) {
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    test(*level);
  }
}

Code oscillator(double absolute, double relative) {
  Sketch s({0, absolute, relative});
  s.a.put(Operation::integrate, 0, s.all());
  s.a.end_main();
  const auto rise = s.a.of(Operation::multiply, s.own, s.y);
  auto fall = s.a.of(Operation::multiply, s.own, s.x);
  s.a.put(Operation::negate, fall, fall);
  return s.solved({rise, fall}, absolute, relative);
}

TEST_CASE("compiled programs: equations have their solutions" * once()) {
  at_all_levels([](const simd::Kernels& level) {
    for (const auto& [absolute, relative] :
         {std::pair{1e-9, 0.0}, std::pair{1e-12, 1e-10}, std::pair{1e-12, 0.0}}) {
      Cells cells(oscillator(absolute, relative), 21, level);
      for (std::size_t i = 0; i < 21; ++i) {
        cells.states[1][i] = 1;
        cells.states[2][i] = kResolution;
        cells.coefficients[0][i] = 0.1 * std::pow(1.5, static_cast<double>(i));
      }
      for (int steps = 0; steps < 100; steps += 10) {
        REQUIRE(cells.advance(10).kind == NeuronFailure::kNone);
      }
      for (std::size_t i = 0; i < 21; ++i) {
        CAPTURE(i);
        const double phase = 10 * cells.coefficients[0][i];
        // Errors of sub-steps, of which a period takes some hundreds at most, add up.
        const double allowed = 300 * (1 + phase) * (absolute + relative);
        CHECK(std::fabs(cells.states[0][i] - std::sin(phase)) <= allowed);
        CHECK(std::fabs(cells.states[1][i] - std::cos(phase)) <= allowed);
      }
    }
  });
}

TEST_CASE("compiled programs: equations are told the time" * once()) {
  // x' = a cos(a t): x = sin(a t).
  Sketch s({0, 1e-10});
  s.a.put(Operation::integrate, 0, s.all());
  s.a.end_main();
  const auto phase = s.a.of(Operation::multiply, s.own, s.time);
  auto slope = s.a.of(Operation::cosine, phase);
  s.a.put(Operation::multiply, slope, s.own, slope);
  const Code code = s.solved({slope}, 1e-10, 0);
  at_all_levels([&](const simd::Kernels& level) {
    Cells cells(code, 9, level);
    for (std::size_t i = 0; i < 9; ++i) {
      cells.states[2][i] = kResolution;
      cells.coefficients[0][i] = 1 + 5.0 * static_cast<double>(i);
    }
    for (int steps = 0; steps < 50; steps += 10) cells.advance(10);
    for (std::size_t i = 0; i < 9; ++i) {
      CHECK(std::fabs(cells.states[0][i] - std::sin(5 * cells.coefficients[0][i])) < 1e-7);
    }
  });
}

TEST_CASE("compiled programs: equations stand still where their mask is not set" * once()) {
  Sketch s({0, 1, 1e-6});
  const auto mask = s.a.of(Operation::to_mask, s.own);
  s.a.put(Operation::integrate, 0, mask);
  s.a.end_main();
  const auto slope = s.a.of(Operation::negate, s.x);
  const Code code = s.solved({slope}, 1e-6, 0);
  at_all_levels([&](const simd::Kernels& level) {
    for (const unsigned which : {0u, 1u, 0xffffu, 0x1234u}) {
      Cells cells(code, 16, level);
      for (std::size_t i = 0; i < 16; ++i) {
        cells.states[0][i] = 1;
        cells.states[2][i] = 0.01;
        cells.coefficients[0][i] = which >> i & 1;
      }
      cells.advance(1);
      for (std::size_t i = 0; i < 16; ++i) {
        const bool moves = (which >> i & 1) != 0;
        CHECK((cells.states[0][i] == 1) == !moves);
        CHECK((cells.states[2][i] == 0.01) == !moves);
        if (moves) CHECK(std::fabs(cells.states[0][i] - std::exp(-kResolution)) < 1e-5);
      }
    }
  });
}

/// x' = a x, and what errors are allowed.
Code growth(double absolute) {
  Sketch s({0, absolute});
  s.a.put(Operation::integrate, 0, s.all());
  s.a.end_main();
  const auto slope = s.a.of(Operation::multiply, s.own, s.x);
  return s.solved({slope}, absolute, 0);
}

void expect_failure(const NeuronFailure& found, const NeuronFailure& expected) {
  CHECK(found.kind == expected.kind);
  CHECK(found.step == expected.step);
  CHECK(found.lane == expected.lane);
  CHECK(found.text == expected.text);
}

TEST_CASE("compiled programs: equations that are not solved end the simulation" * once()) {
  at_all_levels([](const simd::Kernels& level) {
    const auto with = [&](double absolute, double rate, double x) {
      Cells cells(growth(absolute), 11, level);
      for (std::size_t i = 0; i < cells.states[0].size(); ++i) {
        cells.states[0][i] = i == 7 ? x : 1;
        cells.states[2][i] = kResolution;
        cells.coefficients[0][i] = i == 7 ? rate : i > 7 ? rate : -1;
      }
      return cells.advance(3);
    };
    expect_failure(with(1e-3, -1, 1), {});
    expect_failure(with(1e-3, 1, kNaN), {NeuronFailure::kNotFinite, 0, 7, 0});
    expect_failure(with(1e-3, kInf, 1), {NeuronFailure::kNotFinite, 0, 7, 0});
    // No error at all; and a hundred million sub-steps.
    expect_failure(with(0, -1, 1), {NeuronFailure::kSolver, 0, 0, 0});
    expect_failure(with(1e-9, -1e8, 1), {NeuronFailure::kSolver, 0, 7, 0});
  });
}

TEST_CASE("compiled programs: the first failure is that of the earliest step and lowest lane" *
          once()) {
  Sketch s({0, 1});
  s.a.put(Operation::add, s.x, s.x, s.a.constant(1));
  const auto late = s.a.of(Operation::less, s.own, s.x);
  const auto later = s.a.of(Operation::equal, s.own, s.x);
  s.a.put(Operation::fail, 0, later);
  s.a.put(Operation::fail, 1, late);
  const Code code = s.finish();
  at_all_levels([&](const simd::Kernels& level) {
    const auto with = [&](const std::vector<std::pair<std::size_t, double>>& limits) {
      Cells cells(code, 200, level);
      std::fill(cells.coefficients[0].begin(), cells.coefficients[0].end(), 1000.0);
      for (const auto& [lane, limit] : limits) cells.coefficients[0][lane] = limit;
      return cells.advance(kBlockSteps);
    };
    expect_failure(with({}), {});
    expect_failure(with({{3, 9}, {150, 4.5}}), {NeuronFailure::kStated, 4, 150, 1});
    expect_failure(with({{70, 5}, {71, 5}, {150, 5}}), {NeuronFailure::kStated, 4, 70, 0});
    // In one step each text is that of its own lane, whichever is looked at first.
    expect_failure(with({{10, 0.5}, {20, 1}}), {NeuronFailure::kStated, 0, 10, 1});
    expect_failure(with({{20, 0.5}, {10, 1}}), {NeuronFailure::kStated, 0, 10, 0});
  });
}

TEST_CASE("compiled programs: loops end, and padding goes round none" * once()) {
  Sketch s({0, 1});
  const auto more = s.a.temporary();
  const int at = s.a.size();
  s.a.put(Operation::add, s.y, s.y, s.a.constant(1));
  s.a.put(Operation::subtract, s.x, s.x, s.own);
  s.a.put(Operation::less, more, s.a.constant(0), s.x);
  s.a.put(Operation::loop_while_any, s.a.size() - at, more);
  const Code code = s.finish();
  at_all_levels([&](const simd::Kernels& level) {
    Cells cells(code, 3, level);
    for (std::size_t i = 0; i < 8; ++i) {
      cells.states[0][i] = i < 3 ? 5.0 * static_cast<double>(i) : kInf;
      cells.coefficients[0][i] = 1;
    }
    expect_failure(cells.advance(1), {});
    CHECK(cells.states[1][2] == 10);
    cells.coefficients[0][1] = 0;
    cells.states[0][1] = 1;
    cells.states[0][2] = 100;
    expect_failure(cells.advance(2), {NeuronFailure::kEndless, 0, 1, 0});
  });
}

TEST_CASE("compiled programs: loops of equations end" * once()) {
  Sketch s({0, 1e-3});
  s.a.put(Operation::integrate, 0, s.all());
  s.a.end_main();
  const auto slope = s.a.of(Operation::copy, s.x);
  const auto more = s.a.of(Operation::less, s.a.constant(0), s.own);
  s.a.put(Operation::loop_while_any, 1, more);
  const Code code = s.solved({slope}, 1e-3, 0);
  at_all_levels([&](const simd::Kernels& level) {
    Cells cells(code, 12, level);
    std::fill(cells.states[2].begin(), cells.states[2].end(), kResolution);
    expect_failure(cells.advance(1), {});
    cells.coefficients[0][9] = 1;
    expect_failure(cells.advance(1), {NeuronFailure::kEndless, 0, 9, 0});
  });
}

TEST_CASE("compiled programs: who fires, and how often" * once()) {
  Sketch s({0});
  s.a.put(Operation::copy, s.spikes, s.own);
  Code code = s.finish();
  at_all_levels([&](const simd::Kernels& level) {
    for (const int most : {0, 2}) {
      code.most_spikes = most;
      Cells cells(code, 12, level);
      const double spikes[] = {0, 1, 2, 0.5, -1, kNaN, kInf, 3.5, 1e12, 0, 0, 1, 1, 1, 1, 1};
      std::copy(std::begin(spikes), std::end(spikes), cells.coefficients[0].begin());
      cells.advance(2);
      for (const std::size_t step : {0, 1}) {
        CHECK(cells.fired[2 * step] == (most == 0 ? 0 : 0b11000110));
        CHECK(cells.fired[2 * step + 1] == (most == 0 ? 0 : 0b00001001));
        if (most == 0) continue;
        const std::uint32_t* const multiplicity = cells.multiplicity.data() + 16 * step;
        CHECK(multiplicity[1] == 1);
        CHECK(multiplicity[2] == 2);
        CHECK(multiplicity[6] == 0xffffffffu);
        CHECK(multiplicity[7] == 3);
        CHECK(multiplicity[8] == 0xffffffffu);
        CHECK(multiplicity[11] == 1);
      }
    }
  });
}

TEST_CASE("compiled programs: failures of the programs of numbers are told" * once()) {
  Sketch s({0});
  Code code = s.finish();
  Assembler setup({0});
  const int own = setup.given();
  setup.given(2);
  setup.put(Operation::fail, 1, setup.of(Operation::to_mask, own));
  code.setup = setup.finish({static_cast<std::uint16_t>(own)});
  const compiled::Executable model(code);
  compiled::Workspace workspace;
  workspace.prepare(model);
  const double own_of[] = {0, 0, 3}, resolution[] = {0.1, 0.1, 0.1}, tics[] = {1e3, 1e3, 1e3};
  const double* const given[] = {own_of, resolution, tics};
  double found[3];
  double* const results[] = {found};
  expect_failure(model.run(compiled::Part::kSetup, given, 2, results, workspace), {});
  expect_failure(model.run(compiled::Part::kSetup, given, 3, results, workspace),
                 {NeuronFailure::kStated, 0, 2, 1});
}

TEST_CASE("compiled programs: a workspace serves several models in turn" * once()) {
  at_all_levels([](const simd::Kernels& level) {
    const Code models[] = {oscillator(1e-6, 0), growth(1e-3), oscillator(1e-3, 1e-3)};
    compiled::Workspace shared;
    std::vector<std::unique_ptr<Cells>> together, apart;
    for (const Code& code : models) {
      together.push_back(std::make_unique<Cells>(code, 70, level, &shared));
      apart.push_back(std::make_unique<Cells>(code, 70, level));
    }
    const std::size_t bytes = shared.bytes();
    for (int turn = 0; turn < 5; ++turn) {
      for (std::size_t k = 0; k < std::size(models); ++k) {
        for (Cells* cells : {together[k].get(), apart[k].get()}) {
          if (turn == 0) {
            for (std::size_t i = 0; i < 70; ++i) {
              cells->states[0][i] = static_cast<double>(i);
              cells->states[2][i] = kResolution;
              cells->coefficients[0][i] = 0.3 * static_cast<double>(i % 7);
            }
          }
          expect_failure(cells->advance(3), {});
        }
        CHECK(together[k]->states == apart[k]->states);
      }
      // A program of numbers between two steps.
      const compiled::Executable model(compiled_iaf_psc_exp());
      shared.prepare(model);
      std::vector<double> found(model.code().defaults.results.size(), -1.0);
      const double given[] = {kResolution, 1000};
      model.run(compiled::Part::kDefaults, given, found.data(), shared);
      CHECK(found == std::vector<double>(14, 0.0));
      CHECK(model.bytes() > sizeof model);
    }
    CHECK(bytes > 0);
    CHECK(shared.bytes() >= bytes);
  });
}

}  // namespace
}  // namespace tegmenta::testing
