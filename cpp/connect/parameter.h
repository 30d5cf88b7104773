// Random and mathematical expressions: nest.random.*, nest.math.* and arithmetic on them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/value.h"
#include "connect/draw_names.h"

namespace tegmenta {

/// An expression tree that is evaluated for blocks of nodes or connections. Immutable; arguments
/// of distributions and limits of redraws are constants, and so is whatever draws nothing. An
/// expression that is an argument several times is drawn anew for each.
class ParameterExpression {
 public:
  enum class Operation {
    kConstant,
    // random
    kUniform,
    kNormal,
    kLognormal,
    kExponential,
    kUniformInt,
    // mathematical
    kAdd,
    kSub,
    kMul,
    kDiv,
    kPow,
    kNeg,
    kExp,
    kSin,
    kCos,
    kMin,
    kMax,
    kRedraw,
    kLess,
    kLessEqual,
    kGreater,
    kGreaterEqual,
    kEqual,
    kNotEqual,
    kConditional,
  };

  /// All values lie in [low, high]; infinite where nothing is known, NaN included.
  struct Bounds {
    double low;
    double high;
    bool finite() const;
  };

  /// Bounds the recursion.
  static constexpr std::uint64_t kMaxDepth = 500;
  /// Bounds the work for one value: shared arguments count each time, those of a redraw for every
  /// try (four where it accepts a quarter, else a thousand).
  static constexpr std::uint64_t kMaxOperations = std::uint64_t{1} << 22;

  explicit ParameterExpression(double constant);
  /// Checks the arguments. Throws BadProperty, BadParameterValue or TypeMismatch; BadProperty too
  /// where the tree is deeper, or a value takes more operations, than what is bounded here.
  ParameterExpression(Operation operation, std::vector<ParameterPtr> arguments);

  /// Throws BadProperty where there is none of that name.
  static Operation operation_named(const std::string& name);

  /// out[i] = the value of element i of `names`.
  /// Throws KernelException when redraw finds no value in its interval in 1000 tries.
  void evaluate(const DrawNames& names, std::span<double> out) const;
  /// The value of one element (a, b, c); no synapse.
  double evaluate(const simd::Kernels& kernels, std::uint32_t seed, Purpose purpose,
                  std::uint32_t quantity, std::uint32_t a, std::uint32_t b, std::uint32_t c) const;

  bool is_random() const { return draws_ > 0; }
  const Bounds& bounds() const { return bounds_; }
  /// Whether evaluation cannot throw: each redraw takes a good part of what it is offered.
  bool never_throws() const { return never_throws_; }

 private:
  struct Elements;
  struct OperationInfo;
  struct Operations;
  class Evaluation;
  static constexpr std::size_t kMostArguments = 3;

  static const OperationInfo& info_of(Operation operation);

  void measure(const char* name);
  Bounds find_bounds() const;
  bool accepts_often() const;

  Operation operation_;
  double constant_ = 0;
  std::vector<ParameterPtr> arguments_;
  std::uint64_t draws_ = 0;  // random operations in the tree
  std::uint64_t operations_ = 0;
  std::uint64_t depth_ = 0;
  Bounds bounds_{};
  bool never_throws_ = true;
};

/// Builds a random or mathematical expression, from the name of its operation. Throws BadProperty
/// or TypeMismatch.
ParameterPtr make_constant(double value);
ParameterPtr make_expression(const std::string& operation, std::vector<ParameterPtr> arguments);

}  // namespace tegmenta
