// Random models for the interpreters of compiled models.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "compiled/code.h"
#include "compiled_models.h"

namespace tegmenta::testing {

/// How many, and the first seed: others where the environment says so.
inline std::uint32_t fuzz_number(const char* name, std::uint32_t usual) {
  const char* const text = std::getenv(name);
  return text != nullptr && *text != 0 ? static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10))
                                       : usual;
}
inline std::uint32_t fuzz_count(std::uint32_t usual) {
  return fuzz_number("TEGMENTA_FUZZ_COUNT", usual);
}
inline std::uint32_t fuzz_seed() { return fuzz_number("TEGMENTA_FUZZ_SEED", 1); }

/// Makes a step program of operations that keep their numbers bounded.
class RandomModel {
 public:
  using Code = compiled::Code;
  using Operation = compiled::Operation;

  static constexpr int kCoefficients = 3, kStates = 5, kReceptors = 2;
  static constexpr int kSubstep = 5;  // column
  static constexpr double kBound = 100;

  explicit RandomModel(std::uint32_t seed)
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

}  // namespace tegmenta::testing
