// Random and mathematical expressions: nest.random.*, nest.math.* and arithmetic on them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/value.h"

namespace tegmenta {

/// An expression tree that is evaluated once a node or connection, from a stream that belongs to
/// that node or connection. Immutable.
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

  explicit ParameterExpression(double constant);
  /// Checks the arguments. Throws BadProperty, BadParameterValue or TypeMismatch.
  ParameterExpression(Operation operation, std::vector<ParameterPtr> arguments);

  /// Throws KernelException when redraw finds no value in its interval in 1000 tries.
  double evaluate(RandomStream& stream) const;

  bool is_random() const;

 private:
  Operation operation_;
  double constant_ = 0;
  std::vector<ParameterPtr> arguments_;
};

}  // namespace tegmenta
