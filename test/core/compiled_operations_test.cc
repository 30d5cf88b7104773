// Every operation of compiled models against plain code, at every level and number of lanes.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "base/random.h"
#include "compiled/executable.h"
#include "compiled_evaluator.h"
#include "compiled_models.h"
#include "once.h"
#include "simd/dispatch.h"
#include "special_numbers.h"

namespace tegmenta::testing {
namespace {

using compiled::Code;
using compiled::Executable;
using compiled::kTileLanes;
using compiled::Operation;
using compiled::Part;

bool same_number(double a, double b) {
  return (a != a && b != b) || std::memcmp(&a, &b, sizeof a) == 0;
}

struct Form {
  Operation operation;
  std::string name, operands;
};

const std::vector<Form>& forms() {
  static const std::vector<Form> list = {
#define TEGMENTA_OPERATION(name, operands, meaning) {Operation::name, #name, operands},
#include "compiled/operations.def"
#undef TEGMENTA_OPERATION
  };
  return list;
}

bool takes_masks(Operation operation) {
  return operation == Operation::both || operation == Operation::either ||
         operation == Operation::without || operation == Operation::invert ||
         operation == Operation::to_number;
}

bool gives_mask(Operation operation) {
  return (takes_masks(operation) && operation != Operation::to_number) ||
         operation == Operation::less || operation == Operation::less_or_equal ||
         operation == Operation::equal || operation == Operation::not_equal ||
         operation == Operation::to_mask;
}

/// A model whose coefficient is an operation of its three parameters.
Code model_with(const Form& form) {
  Assembler step({0});
  Code code = model_of(step, "operation", {"a", "b", "c"}, {});
  Assembler setup({0});
  const int a = setup.given(), b = setup.given(), c = setup.given();
  setup.given(2);
  const bool masks = takes_masks(form.operation);
  const int first =
      masks || form.operation == Operation::select ? setup.of(Operation::to_mask, a) : a;
  const int second = masks ? setup.of(Operation::to_mask, b) : b;
  auto result = setup.of(form.operation, first, second, c);
  if (gives_mask(form.operation)) result = setup.of(Operation::to_number, result);
  code.setup = setup.finish({result});
  step.given(1);
  step.given(2);
  code.step = step.finish();
  return code;
}

double number_at(RandomStream& random) {
  const double special[] = {0.0,
                            -0.0,
                            1,
                            -1,
                            0.5,
                            -0.5,
                            1.5,
                            2.5,
                            kInf,
                            -kInf,
                            kNaN,
                            0x1p52,
                            0x1p53,
                            0x1p63,
                            -0x1p63,
                            0x1p64,
                            1e300,
                            -1e300,
                            5e-324,
                            1e-310,
                            63,
                            64,
                            0x1p52 - .5,
                            3,
                            -7,
                            10,
                            709.9,
                            -745.3,
                            1e9,
                            0x1p20,
                            4503599627370497.5};
  const double u = random.uniform01();
  if (u < 0.3) return special[random.below(std::size(special))];
  if (u < 0.5) return static_cast<double>(random.below(201)) - 100;
  if (u < 0.8) return 20 * random.uniform01() - 10;
  return std::ldexp(random.uniform01() - 0.5, static_cast<int>(random.below(2000)) - 1000);
}

TEST_CASE("compiled programs: each operation is what it says" * once()) {
  RandomStream random(3, Purpose::kParameter, 0, 0, 0);
  for (const Form& form : forms()) {
    if (form.operands != "ra" && form.operands != "rab" && form.operands != "rabc") continue;
    CAPTURE(form.name);
    const Executable model(model_with(form));
    PlainEvaluator plain(model.code());
    compiled::Workspace workspace;
    workspace.prepare(model);
    for (int lanes = 1; lanes <= kTileLanes; ++lanes) {
      std::vector<double> numbers[5];
      for (auto& list : numbers) {
        for (int k = 0; k < lanes; ++k) list.push_back(number_at(random));
      }
      const double* const given[] = {numbers[0].data(), numbers[1].data(), numbers[2].data(),
                                     numbers[3].data(), numbers[4].data()};
      for (const simd::Kernels* level : simd::available_levels()) {
        CAPTURE(level->name);
        std::vector<double> found(static_cast<std::size_t>(lanes));
        double* const results[] = {found.data()};
        const NeuronFailure failure = model.run(Part::kSetup, given, lanes, results, workspace,
                                                compiled::interpreter(*level));
        REQUIRE(failure.kind == NeuronFailure::kNone);
        for (std::size_t k = 0; k < found.size(); ++k) {
          const std::vector<double> expected = plain.run(
              model.code().setup, {numbers[0][k], numbers[1][k], numbers[2][k], numbers[3][k]});
          CAPTURE(numbers[0][k]);
          CAPTURE(numbers[1][k]);
          CAPTURE(expected[0]);
          CAPTURE(found[k]);
          REQUIRE(same_number(found[k], expected[0]));
        }
      }
    }
  }
}

TEST_CASE("compiled programs: elements of vectors" * once()) {
  Assembler step({0});
  Code code = model_of(step, "vectors", {"index", "value"}, {});
  Assembler setup({0, 1, 2, 3});
  code.constants = setup.constants();
  const int index = setup.given(), value = setup.given();
  setup.given(2);
  const auto vector = setup.temporary(4);
  for (int k = 0; k < 4; ++k) setup.put(Operation::copy, vector + k, setup.constant(k));
  const auto before = setup.of(Operation::load_at, vector, index, 4);
  setup.put(Operation::store_at, vector, index, value, 4);
  const auto after = setup.of(Operation::load_at, vector, index, 4);
  const auto at = [&](int k) { return static_cast<std::uint16_t>(vector + k); };
  code.setup = setup.finish({before, after, at(0), at(1), at(2), at(3)});
  code.defaults.results.assign(2, 0);
  Assembler empty(code.constants);
  empty.given(6);
  empty.given(2);
  code.step = empty.finish();
  const Executable model(code);
  compiled::Workspace workspace;
  workspace.prepare(model);
  const auto run = [&](double i) {
    const double given[] = {i, 7, 0.1, 1000};
    std::vector<double> results(6);
    model.run(Part::kSetup, given, results.data(), workspace);
    return results;
  };
  using Numbers = std::vector<double>;
  CHECK(run(0) == Numbers{0, 7, 7, 1, 2, 3});
  CHECK(run(2) == Numbers{2, 7, 0, 1, 7, 3});
  CHECK(run(3.9) == Numbers{3, 7, 0, 1, 2, 7});
  CHECK(run(4) == Numbers{3, 3, 0, 1, 2, 3});
  CHECK(run(-1) == Numbers{0, 0, 0, 1, 2, 3});
  CHECK(run(kNaN) == Numbers{0, 0, 0, 1, 2, 3});
  CHECK(run(kInf) == Numbers{3, 3, 0, 1, 2, 3});
}

}  // namespace
}  // namespace tegmenta::testing
