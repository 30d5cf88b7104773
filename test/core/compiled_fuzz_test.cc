// Compiled models that were changed at random: refused, or run without harm.
#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/random.h"
#include "compiled/decode.h"
#include "compiled/executable.h"
#include "compiled_random_model.h"
#include "once.h"
#include "simd/dispatch.h"
#include "special_numbers.h"

namespace tegmenta::testing {
namespace {

using compiled::Code;
using compiled::EncodedModel;
using compiled::Executable;

constexpr compiled::Patience kImpatient = {.rounds = 30, .attempts = 100};

std::int32_t other_integer(RandomStream& random, std::int32_t x) {
  const std::int32_t odd[] = {0,
                              -1,
                              1,
                              2,
                              64,
                              255,
                              65534,
                              65535,
                              65536,
                              std::numeric_limits<std::int32_t>::max(),
                              std::numeric_limits<std::int32_t>::min()};
  const double u = random.uniform01();
  if (u < 0.3) return odd[random.below(std::size(odd))];
  if (u < 0.7) return static_cast<std::int32_t>(random.below(80));
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(x) +
                                   static_cast<std::uint32_t>(random.below(9)) - 4u);
}

void change_arrays(EncodedModel& model, RandomStream& random) {
  const std::size_t at = random.below(model.integers.size());
  const auto place = model.integers.begin() + static_cast<std::ptrdiff_t>(at);
  const double u = random.uniform01();
  if (u < 0.8) {
    *place = other_integer(random, *place);
  } else if (u < 0.9) {
    std::swap(*place, model.integers[random.below(model.integers.size())]);
  } else if (u < 0.95) {
    model.integers.erase(place);
  } else {
    model.integers.insert(place, static_cast<std::int32_t>(random.below(100)));
  }
}

void change_field(std::uint16_t& field, RandomStream& random) {
  const double u = random.uniform01();
  field = static_cast<std::uint16_t>(u < 0.7   ? random.below(120)
                                     : u < 0.9 ? field + random.below(5) - 2
                                               : random.below(65536));
}

void change_code(Code& code, RandomStream& random) {
  const double u = random.uniform01();
  if (u < 0.1) {
    compiled::System* const system =
        code.systems.empty() ? nullptr : &code.systems[random.below(code.systems.size())];
    if (system == nullptr) return;
    std::uint16_t* const fields[] = {&system->values[random.below(system->values.size())],
                                     &system->slopes[random.below(system->slopes.size())],
                                     &system->time, &system->absolute, &system->relative};
    change_field(*fields[random.below(std::size(fields))], random);
    return;
  }
  auto& list = code.step.code;
  compiled::Instruction& i = list[random.below(list.size())];
  if (u < 0.2) {
    i.operation = static_cast<compiled::Operation>(random.below(compiled::kOperations + 1));
  } else if (u < 0.3) {
    std::swap(i, list[random.below(list.size())]);
  } else if (u < 0.4) {
    i = list[random.below(list.size())];
  } else {
    std::uint16_t* const fields[] = {&i.result, &i.a, &i.b, &i.c};
    change_field(*fields[random.below(4)], random);
  }
}

double some_number(RandomStream& random) {
  const double odd[] = {0, 1, -1, 0.1, kInf, -kInf, kNaN, 1e300, -3};
  return random.uniform01() < 0.5 ? odd[random.below(std::size(odd))] : 10 * random.uniform01() - 5;
}

/// Memory of its own for each column, so that what is beside one belongs to nobody.
class Columns {
 public:
  Columns(std::size_t n, std::size_t length, RandomStream& random) {
    for (std::size_t k = 0; k < n; ++k) {
      columns_.push_back(std::make_unique<double[]>(length));
      for (std::size_t i = 0; i < length; ++i) columns_.back()[i] = some_number(random);
      pointers_.push_back(columns_.back().get());
    }
  }
  double* const* get() const { return pointers_.data(); }

 private:
  std::vector<std::unique_ptr<double[]>> columns_;
  std::vector<double*> pointers_;
};

void run_all(const Executable& model, const simd::Kernels& level, RandomStream& random,
             compiled::Workspace& workspace) {
  const Code& code = model.code();
  workspace.prepare(model);
  for (const auto& [part, program] : {std::pair{compiled::Part::kDefaults, &code.defaults},
                                      std::pair{compiled::Part::kGuarding, &code.guarding},
                                      std::pair{compiled::Part::kDeriving, &code.deriving},
                                      std::pair{compiled::Part::kSetup, &code.setup}}) {
    const std::size_t lanes = 1 + random.below(20);
    const Columns given(static_cast<std::size_t>(program->given), lanes, random);
    const Columns results(program->results.size(), lanes, random);
    model.run(part, given.get(), static_cast<int>(lanes), results.get(), workspace,
              compiled::interpreter(level));
  }
  constexpr std::size_t kLanes = 24, kSteps = 2;
  const Columns states(code.states.size(), kLanes, random);
  const Columns coefficients(code.setup.results.size(), kLanes, random);
  const Columns rows(2 * code.receptors.size(), kLanes * kSteps, random);
  const Columns currents(code.currents.size(), kLanes * kSteps, random);
  const auto fired = std::make_unique<std::uint8_t[]>(kLanes / 8 * kSteps);
  const auto multiplicity = std::make_unique<std::uint32_t[]>(kLanes * kSteps);
  NeuronFailure failure;
  NeuronBlock block{};
  block.state = states.get();
  block.coefficient = coefficients.get();
  block.uniform = random.uniform01() < 0.5;
  block.lanes = kLanes;
  block.steps = kSteps;
  block.input_stride = kLanes;
  block.fired = fired.get();
  block.fired_stride = kLanes / 8;
  block.multiplicity = multiplicity.get();
  block.multiplicity_stride = kLanes;
  block.resolution_ms = 0.1;
  block.real_lanes = 19;
  block.failure = &failure;
  model.advance(block, rows.get(), currents.get(), workspace, compiled::interpreter(level));
}

TEST_CASE("changed compiled models are refused, or run without harm" * once()) {
  const std::uint32_t count = fuzz_count(10'000), first = fuzz_seed();
  const auto levels = simd::available_levels();
  int run = 0, refused = 0;
  for (std::uint32_t seed = first; seed < first + count; ++seed) {
    CAPTURE(seed);
    RandomStream random(seed, Purpose::kParameter, 7, 0, 0);
    Code code = RandomModel(seed % 500).make();
    try {
      const bool arrays = random.uniform01() < 0.5;
      const auto changes = 1 + random.below(3);
      if (arrays) {
        EncodedModel encoded = compiled::encode(code);
        for (std::uint64_t k = 0; k < changes; ++k) change_arrays(encoded, random);
        code = compiled::decode(encoded);
      } else {
        for (std::uint64_t k = 0; k < changes; ++k) change_code(code, random);
      }
      const Executable model(std::move(code), kImpatient);
      ++run;
      compiled::Workspace workspace;
      run_all(model, *levels[random.below(levels.size())], random, workspace);
    } catch (const Error& error) {
      REQUIRE(error.kind() == ErrorKind::kBadProperty);
      ++refused;
    }
  }
  MESSAGE(run << " run, " << refused << " refused");
  CHECK(run > static_cast<int>(count) / 10);
  CHECK(refused > static_cast<int>(count) / 10);
}

}  // namespace
}  // namespace tegmenta::testing
