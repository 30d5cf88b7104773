#include "network/parameter.h"

#include <cmath>
#include <iterator>
#include <limits>

#include "base/elementary.h"
#include "base/errors.h"
#include "simulator.h"

namespace tegmenta {

namespace {

using Operation = ParameterExpression::Operation;

struct OperationInfo {
  Operation operation;
  const char* name;
  std::size_t arguments;
};

constexpr OperationInfo kOperations[] = {
    {Operation::kUniform, "uniform", 2},
    {Operation::kNormal, "normal", 2},
    {Operation::kLognormal, "lognormal", 2},
    {Operation::kExponential, "exponential", 1},
    {Operation::kUniformInt, "uniform_int", 1},
    {Operation::kAdd, "add", 2},
    {Operation::kSub, "sub", 2},
    {Operation::kMul, "mul", 2},
    {Operation::kDiv, "div", 2},
    {Operation::kPow, "pow", 2},
    {Operation::kNeg, "neg", 1},
    {Operation::kExp, "exp", 1},
    {Operation::kSin, "sin", 1},
    {Operation::kCos, "cos", 1},
    {Operation::kMin, "min", 2},
    {Operation::kMax, "max", 2},
    {Operation::kRedraw, "redraw", 3},
    {Operation::kLess, "lt", 2},
    {Operation::kLessEqual, "le", 2},
    {Operation::kGreater, "gt", 2},
    {Operation::kGreaterEqual, "ge", 2},
    {Operation::kEqual, "eq", 2},
    {Operation::kNotEqual, "ne", 2},
    {Operation::kConditional, "conditional", 3},
};

const OperationInfo& info_of(Operation operation) {
  for (const OperationInfo& info : kOperations) {
    if (info.operation == operation) return info;
  }
  throw Error(ErrorKind::kInternalError, "a parameter operation has no name");
}

// A fixed argument: distributions take numbers, not expressions.
double fixed(const ParameterPtr& argument, const char* owner) {
  if (argument->is_random()) {
    throw Error(ErrorKind::kTypeMismatch,
                std::string(owner) + " takes numbers, not random parameters.",
                {{"parameter", std::string(owner)}});
  }
  RandomStream none(0, Purpose::kParameter, 0, 0, 0);
  return argument->evaluate(none);
}

void require(bool ok, ErrorKind kind, const char* owner, const char* parameter, double value,
             const char* allowed) {
  if (!ok) throw bad_value(kind, owner, parameter, value, allowed);
}

}  // namespace

ParameterExpression::ParameterExpression(double constant)
    : operation_(Operation::kConstant), constant_(constant) {
  if (std::isnan(constant)) {
    throw bad_value(ErrorKind::kBadProperty, "", "a parameter", constant, "a number");
  }
}

ParameterExpression::ParameterExpression(Operation operation, std::vector<ParameterPtr> arguments)
    : operation_(operation), arguments_(std::move(arguments)) {
  const OperationInfo& info = info_of(operation);
  if (arguments_.size() != info.arguments) {
    throw Error(ErrorKind::kTypeMismatch,
                std::string(info.name) + " takes " + std::to_string(info.arguments) +
                    " arguments, got " + std::to_string(arguments_.size()) + ".",
                {{"parameter", std::string(info.name)}});
  }
  const auto a = [&](std::size_t i) { return fixed(arguments_[i], info.name); };
  const auto bad = ErrorKind::kBadProperty;
  switch (operation_) {
    case Operation::kUniform:
      require(a(0) < a(1), bad, "uniform", "min", a(0), "< max");
      require(std::isfinite(a(0)), bad, "uniform", "min", a(0), "a finite number");
      require(std::isfinite(a(1)), bad, "uniform", "max", a(1), "a finite number");
      break;
    case Operation::kNormal:
    case Operation::kLognormal:
      require(std::isfinite(a(0)), bad, info.name, "mean", a(0), "a finite number");
      require(a(1) >= 0 && std::isfinite(a(1)), bad, info.name, "std", a(1), "finite and ≥ 0");
      break;
    case Operation::kExponential:
      require(a(0) >= 0 && std::isfinite(a(0)), bad, info.name, "beta", a(0), "finite and ≥ 0");
      break;
    case Operation::kUniformInt:
      require(a(0) >= 1 && a(0) <= 0x1p53 && a(0) == std::floor(a(0)), bad, info.name, "max", a(0),
              "an integer > 0");
      break;
    case Operation::kRedraw:
      require(a(1) <= a(2), ErrorKind::kBadParameterValue, "redraw", "min", a(1), "≤ max");
      break;
    default:
      break;
  }
}

bool ParameterExpression::is_random() const {
  switch (operation_) {
    case Operation::kUniform:
    case Operation::kNormal:
    case Operation::kLognormal:
    case Operation::kExponential:
    case Operation::kUniformInt:
      return true;
    default:
      for (const ParameterPtr& argument : arguments_) {
        if (argument->is_random()) return true;
      }
      return false;
  }
}

double ParameterExpression::evaluate(RandomStream& stream) const {
  const auto a = [&](std::size_t i) { return arguments_[i]->evaluate(stream); };
  switch (operation_) {
    case Operation::kConstant:
      return constant_;
    case Operation::kUniform: {
      const double low = a(0);
      return low + stream.uniform01() * (a(1) - low);
    }
    case Operation::kNormal: {
      const double mean = a(0), deviation = a(1);
      return deviation == 0 ? mean : mean + deviation * stream.normal();
    }
    case Operation::kLognormal: {
      const double mean = a(0), deviation = a(1);
      return elementary::exp(deviation == 0 ? mean : mean + deviation * stream.normal());
    }
    case Operation::kExponential:
      return a(0) * stream.exponential();
    case Operation::kUniformInt:
      return static_cast<double>(stream.below(static_cast<std::uint64_t>(a(0))));
    case Operation::kAdd: {
      const double x = a(0);
      return x + a(1);
    }
    case Operation::kSub: {
      const double x = a(0);
      return x - a(1);
    }
    case Operation::kMul: {
      const double x = a(0);
      return x * a(1);
    }
    case Operation::kDiv: {
      const double x = a(0);
      return x / a(1);
    }
    case Operation::kPow: {
      const double x = a(0);
      return elementary::pow(x, a(1));
    }
    case Operation::kNeg:
      return -a(0);
    case Operation::kExp:
      return elementary::exp(a(0));
    case Operation::kSin:
      return elementary::sin(a(0));
    case Operation::kCos:
      return elementary::cos(a(0));
    case Operation::kMin: {
      const double x = a(0), y = a(1);
      return x < y ? x : y;
    }
    case Operation::kMax: {
      const double x = a(0), y = a(1);
      return x > y ? x : y;
    }
    case Operation::kRedraw: {
      const double low = a(1), high = a(2);
      for (int attempt = 0; attempt < 1000; ++attempt) {
        const double x = a(0);
        if (x >= low && x <= high) return x;
      }
      throw Error(ErrorKind::kKernelException,
                  "redraw found no value in [" + format_number(low) + ", " + format_number(high) +
                      "] in 1000 tries; widen the interval.",
                  {{"parameter", std::string("redraw")}});
    }
    case Operation::kLess: {
      const double x = a(0);
      return x < a(1) ? 1 : 0;
    }
    case Operation::kLessEqual: {
      const double x = a(0);
      return x <= a(1) ? 1 : 0;
    }
    case Operation::kGreater: {
      const double x = a(0);
      return x > a(1) ? 1 : 0;
    }
    case Operation::kGreaterEqual: {
      const double x = a(0);
      return x >= a(1) ? 1 : 0;
    }
    case Operation::kEqual: {
      const double x = a(0);
      return x == a(1) ? 1 : 0;
    }
    case Operation::kNotEqual: {
      const double x = a(0);
      return x != a(1) ? 1 : 0;
    }
    case Operation::kConditional:
      return a(0) != 0 ? a(1) : a(2);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

ParameterPtr make_constant(double value) { return std::make_shared<ParameterExpression>(value); }

ParameterPtr make_expression(const std::string& operation, std::vector<ParameterPtr> arguments) {
  std::vector<std::string> names;
  for (const OperationInfo& info : kOperations) {
    if (operation == info.name) {
      return std::make_shared<ParameterExpression>(info.operation, std::move(arguments));
    }
    names.emplace_back(info.name);
  }
  throw unknown_name(ErrorKind::kBadProperty, "parameter", "There is no parameter operation",
                     operation, names);
}

}  // namespace tegmenta
