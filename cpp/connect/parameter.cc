#include "connect/parameter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/elementary.h"
#include "base/errors.h"
#include "base/nearest_exp.h"
#include "base/philox.h"
#include "simd/dispatch.h"

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
  return argument->evaluate(simd::default_level(), 0, Purpose::kParameter, 0, 0, 0, 0);
}

void require(bool ok, ErrorKind kind, const char* owner, const char* parameter, double value,
             const char* allowed) {
  if (!ok) throw bad_value(kind, owner, parameter, value, allowed);
}

void require_at_most(std::uint64_t most, std::uint64_t value, const char* operation,
                     const char* what) {
  if (value <= most) return;
  const std::string allowed = "at most " + std::to_string(most) + " " + what;
  throw Error(ErrorKind::kBadProperty,
              std::string("An expression must have ") + allowed + ", got " + std::to_string(value) +
                  " at " + operation +
                  "; operands that are shared count each time, those of a redraw for every try.",
              {{"value", static_cast<double>(value)}, {"allowed", allowed}});
}

// Tries of a redraw: at most, and on average where it accepts a quarter.
constexpr std::uint64_t kTries = 1000;
constexpr std::uint64_t kTriesWhereOften = 4;

}  // namespace

ParameterExpression::ParameterExpression(double constant)
    : operation_(Operation::kConstant), constant_(constant) {
  if (std::isnan(constant)) {
    throw bad_value(ErrorKind::kBadProperty, "", "a parameter", constant, "a number");
  }
  bounds_ = find_bounds();
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
    case Operation::kConstant:
    case Operation::kAdd:
    case Operation::kSub:
    case Operation::kMul:
    case Operation::kDiv:
    case Operation::kPow:
    case Operation::kNeg:
    case Operation::kExp:
    case Operation::kSin:
    case Operation::kCos:
    case Operation::kMin:
    case Operation::kMax:
    case Operation::kLess:
    case Operation::kLessEqual:
    case Operation::kGreater:
    case Operation::kGreaterEqual:
    case Operation::kEqual:
    case Operation::kNotEqual:
    case Operation::kConditional:
      break;
  }
  measure(info.name);
  if (draws_ == 0 && never_throws_) {
    constant_ = evaluate(simd::default_level(), 0, Purpose::kParameter, 0, 0, 0, 0);
    operation_ = Operation::kConstant;
    arguments_.clear();
    operations_ = 0;
    depth_ = 0;
  }
  bounds_ = find_bounds();
}

// Nothing is evaluated before it is bounded.
void ParameterExpression::measure(const char* name) {
  operations_ = 1;
  for (const ParameterPtr& argument : arguments_) {
    draws_ += argument->draws_;
    operations_ += argument->operations_;
    depth_ = std::max(depth_, argument->depth_);
    never_throws_ &= argument->never_throws_;
  }
  ++depth_;
  draws_ += operation_ >= Operation::kUniform && operation_ <= Operation::kUniformInt ? 1 : 0;
  require_at_most(kMaxDepth, depth_, name, "levels");
  require_at_most(kMaxOperations, operations_, name, "operations a value");
  if (operation_ != Operation::kRedraw) return;
  // Of an argument that may throw no sample can be drawn.
  never_throws_ = never_throws_ && accepts_often();
  operations_ *= never_throws_ ? kTriesWhereOften : kTries;
  require_at_most(kMaxOperations, operations_, name, "operations a value");
}

// So much of a sample accepted: then 1000 tries fail less often than the machine.
bool ParameterExpression::accepts_often() const {
  constexpr std::size_t kSample = 256;
  std::vector<std::uint32_t> ordinals(kSample);
  std::iota(ordinals.begin(), ordinals.end(), 0u);
  std::vector<double> values(kSample);
  const DrawNames names{simd::default_level(), 0, Purpose::kParameter, 0, 0, ordinals.data(),
                        ordinals.data()};
  arguments_[0]->evaluate(names, values);
  const double low = arguments_[1]->constant_, high = arguments_[2]->constant_;
  const auto accepted =
      std::count_if(values.begin(), values.end(), [&](double x) { return x >= low && x <= high; });
  return static_cast<std::size_t>(accepted) >= kSample / kTriesWhereOften;
}

bool ParameterExpression::Bounds::finite() const {
  return std::isfinite(low) && std::isfinite(high);
}

// Adding, multiplying and dividing round monotonically, so bounds of bounds hold exactly; our exp
// is only nearly monotone.
ParameterExpression::Bounds ParameterExpression::find_bounds() const {
  constexpr double kMostDeviations = 8.58;    // sqrt(-2 log 2^-53)
  constexpr double kMostExponential = 36.75;  // -log 2^-53
  constexpr double kExpError = 1e-14;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const Bounds unknown{-kInfinity, kInfinity};
  const auto a = [&](std::size_t i) { return arguments_[i]->bounds(); };
  const auto exp_of = [&](double low, double high) {
    if (low == high) return Bounds{nearest_exp(low), nearest_exp(low)};
    return Bounds{elementary::exp(low) * (1 - kExpError), elementary::exp(high) * (1 + kExpError)};
  };
  const auto hull = [](std::initializer_list<double> values) {
    return Bounds{std::min(values), std::max(values)};
  };
  // What is infinite here may be NaN, and only what is told apart below stays known then.
  bool known = true;
  for (const ParameterPtr& argument : arguments_) known &= argument->bounds().finite();
  switch (operation_) {
    case Operation::kConstant:
      return std::isfinite(constant_) ? Bounds{constant_, constant_} : unknown;
    case Operation::kUniform: {
      if (a(0).low == a(1).high) return a(0);
      const double rounding = 1e-15 * (std::abs(a(0).low) + std::abs(a(1).high));
      return {a(0).low, a(1).high + rounding};
    }
    case Operation::kNormal:
    case Operation::kLognormal: {
      const double reach = a(1).high * kMostDeviations;
      const double low = a(0).low - reach, high = a(0).high + reach;
      return operation_ == Operation::kNormal ? Bounds{low, high} : exp_of(low, high);
    }
    case Operation::kExponential:
      return {0, a(0).high * kMostExponential};
    case Operation::kUniformInt:
      return {0, a(0).high - 1};
    case Operation::kAdd:
      return known ? Bounds{a(0).low + a(1).low, a(0).high + a(1).high} : unknown;
    case Operation::kSub:
      return known ? Bounds{a(0).low - a(1).high, a(0).high - a(1).low} : unknown;
    case Operation::kMul:
      if (!known) return unknown;
      return hull(
          {a(0).low * a(1).low, a(0).low * a(1).high, a(0).high * a(1).low, a(0).high * a(1).high});
    case Operation::kDiv:
      if (!known || (a(1).low <= 0 && a(1).high >= 0)) return unknown;
      return hull(
          {a(0).low / a(1).low, a(0).low / a(1).high, a(0).high / a(1).low, a(0).high / a(1).high});
    case Operation::kPow:
      return unknown;
    case Operation::kNeg:
      return {-a(0).high, -a(0).low};
    case Operation::kExp:
      return known ? exp_of(a(0).low, a(0).high) : unknown;
    case Operation::kSin:
    case Operation::kCos:
      return known ? Bounds{-1, 1} : unknown;
    case Operation::kMin:
      return known ? Bounds{std::min(a(0).low, a(1).low), std::min(a(0).high, a(1).high)} : unknown;
    case Operation::kMax:
      return known ? Bounds{std::max(a(0).low, a(1).low), std::max(a(0).high, a(1).high)} : unknown;
    case Operation::kRedraw:
      return {std::max(a(0).low, a(1).low), std::min(a(0).high, a(2).high)};
    case Operation::kLess:
    case Operation::kLessEqual:
    case Operation::kGreater:
    case Operation::kGreaterEqual:
    case Operation::kEqual:
    case Operation::kNotEqual:
      return {0, 1};
    case Operation::kConditional:
      return {std::min(a(1).low, a(2).low), std::max(a(1).high, a(2).high)};
  }
  return unknown;
}

// The elements of a block that a part of the tree is evaluated for.
struct ParameterExpression::Elements {
  const std::uint32_t* b;
  const std::uint32_t* c;
  const std::uint32_t* repeat;
};

// One evaluation of a tree. Its k-th random operation, in round r of the redraws around it, draws
// from block r · draws + k of an element's words. Rounds of nested redraws are counted through.
class ParameterExpression::Evaluation {
 public:
  Evaluation(const DrawNames& names, std::uint64_t draws) : names_(names), draws_(draws) {}

  void run(const ParameterExpression& e, std::uint64_t first_draw, std::uint64_t round,
           const Elements& at, std::span<double> out);

 private:
  static constexpr int kDrawBits = 18;  // of the key's 24; the quantity has the rest

  // Elements picked from others.
  struct Picked {
    std::vector<std::uint32_t> names;
    Elements elements;
    std::vector<double> values;

    Picked(const Elements& all, const std::vector<std::uint32_t>& which)
        : names(which.size() * 3), values(which.size()) {
      const std::size_t n = which.size();
      for (std::size_t i = 0; i < n; ++i) {
        names[i] = all.b[which[i]];
        names[n + i] = all.c[which[i]];
        names[2 * n + i] = all.repeat ? all.repeat[which[i]] : 0;
      }
      elements = {names.data(), names.data() + n, all.repeat ? names.data() + 2 * n : nullptr};
    }
  };

  // Words of a draw. Beyond 2^18 draws of one element the block's word takes the rest: unique for
  // fewer than 2^20 synapses of one pair.
  simd::Streams streams(std::uint64_t draw, const Elements& at) const {
    const auto high = static_cast<std::uint32_t>(names_.purpose) << 24 |
                      names_.quantity << kDrawBits |
                      static_cast<std::uint32_t>(draw & ((1u << kDrawBits) - 1));
    return {names_.seed, high, static_cast<std::uint32_t>(draw >> kDrawBits) << 20,
            names_.a,    at.b, at.c,
            at.repeat};
  }

  void draw_integers(std::uint64_t n, const simd::Streams& s, std::span<double> out) const;
  void redraw(const ParameterExpression& e, std::uint64_t first_draw, std::uint64_t round,
              const Elements& at, std::span<double> out);
  void choose(const ParameterExpression& e, std::uint64_t first_draw, std::uint64_t round,
              const Elements& at, std::span<double> out);

  const DrawNames& names_;
  std::uint64_t draws_;
};

void ParameterExpression::Evaluation::draw_integers(std::uint64_t n, const simd::Streams& s,
                                                    std::span<double> out) const {
  for (std::size_t i = 0; i < out.size(); ++i) {
    // Further words, which are hardly ever needed, are drawn from the words themselves.
    struct Chain {
      std::array<std::uint32_t, 4> words;
      std::array<std::uint32_t, 2> key;
      int used = 0;
      std::uint32_t next_u32() {
        if (used == 4) {
          words = philox4x32(words, key);
          used = 0;
        }
        return words[static_cast<std::size_t>(used++)];
      }
      std::uint64_t next_u64() {
        const std::uint64_t low = next_u32();
        return low | std::uint64_t{next_u32()} << 32;
      }
    };
    const std::array<std::uint32_t, 2> key{s.seed, s.key_high};
    Chain chain{philox4x32({s.block + (s.blocks ? s.blocks[i] : 0), s.a, s.b[i], s.c[i]}, key),
                key};
    out[i] = static_cast<double>(random_below(chain, n));
  }
}

// Evaluates again for the elements whose values are not in the interval yet.
void ParameterExpression::Evaluation::redraw(const ParameterExpression& e, std::uint64_t first_draw,
                                             std::uint64_t round, const Elements& at,
                                             std::span<double> out) {
  const double low = e.arguments_[1]->constant_, high = e.arguments_[2]->constant_;
  const auto accepted = [&](double x) { return x >= low && x <= high; };
  run(*e.arguments_[0], first_draw, round * kTries, at, out);
  std::vector<std::uint32_t> left;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!accepted(out[i])) left.push_back(static_cast<std::uint32_t>(i));
  }
  for (std::uint64_t attempt = 1; !left.empty() && attempt < kTries; ++attempt) {
    Picked again(at, left);
    run(*e.arguments_[0], first_draw, round * kTries + attempt, again.elements, again.values);
    std::size_t still = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (accepted(again.values[i])) {
        out[left[i]] = again.values[i];
      } else {
        left[still++] = left[i];
      }
    }
    left.resize(still);
  }
  if (left.empty()) return;
  throw Error(ErrorKind::kKernelException,
              "redraw found no value in [" + format_number(low) + ", " + format_number(high) +
                  "] in 1000 tries; widen the interval.",
              {{"parameter", std::string("redraw")}});
}

// Each branch is evaluated for the elements that take it.
void ParameterExpression::Evaluation::choose(const ParameterExpression& e, std::uint64_t first_draw,
                                             std::uint64_t round, const Elements& at,
                                             std::span<double> out) {
  run(*e.arguments_[0], first_draw, round, at, out);
  first_draw += e.arguments_[0]->draws_;
  std::vector<std::uint32_t> taken[2];
  for (std::size_t i = 0; i < out.size(); ++i) {
    taken[out[i] != 0 ? 0 : 1].push_back(static_cast<std::uint32_t>(i));
  }
  for (std::size_t branch = 0; branch < 2; ++branch) {
    const ParameterExpression& argument = *e.arguments_[1 + branch];
    if (!taken[branch].empty()) {
      Picked part(at, taken[branch]);
      run(argument, first_draw, round, part.elements, part.values);
      for (std::size_t i = 0; i < part.values.size(); ++i) out[taken[branch][i]] = part.values[i];
    }
    first_draw += argument.draws_;
  }
}

void ParameterExpression::Evaluation::run(const ParameterExpression& e, std::uint64_t first_draw,
                                          std::uint64_t round, const Elements& at,
                                          std::span<double> out) {
  const std::size_t n = out.size();
  const auto words = [&] { return streams(round * draws_ + first_draw, at); };
  const auto number = [&](std::size_t i) { return e.arguments_[i]->constant_; };
  const auto map = [&](auto&& f) {
    run(*e.arguments_[0], first_draw, round, at, out);
    for (double& x : out) x = f(x);
  };
  const auto combine = [&](auto&& f) {
    run(*e.arguments_[0], first_draw, round, at, out);
    const ParameterExpression& second = *e.arguments_[1];
    if (second.operation_ == Operation::kConstant) {
      for (double& x : out) x = f(x, second.constant_);
      return;
    }
    std::vector<double> other(n);
    run(second, first_draw + e.arguments_[0]->draws_, round, at, other);
    for (std::size_t i = 0; i < n; ++i) out[i] = f(out[i], other[i]);
  };
  switch (e.operation_) {
    case Operation::kConstant:
      std::fill(out.begin(), out.end(), e.constant_);
      break;
    case Operation::kUniform: {
      const double low = number(0), width = number(1) - low;
      names_.kernels.uniforms(out.data(), words(), n);
      for (double& x : out) x = low + x * width;
      break;
    }
    case Operation::kNormal:
    case Operation::kLognormal: {
      const double mean = number(0), deviation = number(1);
      if (deviation == 0) {
        const bool is_log = e.operation_ == Operation::kLognormal;
        std::fill(out.begin(), out.end(), is_log ? nearest_exp(mean) : mean);
        break;
      }
      names_.kernels.normals(out.data(), words(), n);
      for (double& x : out) x = mean + deviation * x;
      if (e.operation_ == Operation::kLognormal) {
        for (double& x : out) x = elementary::exp(x);
      }
      break;
    }
    case Operation::kExponential:
      names_.kernels.exponentials(out.data(), words(), n);
      for (double& x : out) x = number(0) * x;
      break;
    case Operation::kUniformInt:
      draw_integers(static_cast<std::uint64_t>(number(0)), words(), out);
      break;
    case Operation::kAdd:
      return combine([](double x, double y) { return x + y; });
    case Operation::kSub:
      return combine([](double x, double y) { return x - y; });
    case Operation::kMul:
      return combine([](double x, double y) { return x * y; });
    case Operation::kDiv:
      return combine([](double x, double y) { return x / y; });
    case Operation::kPow:
      return combine([](double x, double y) { return elementary::pow(x, y); });
    case Operation::kNeg:
      return map([](double x) { return -x; });
    case Operation::kExp:
      if (e.arguments_[0]->bounds().low == e.arguments_[0]->bounds().high) return map(nearest_exp);
      return map([](double x) { return elementary::exp(x); });
    case Operation::kSin:
      return map([](double x) { return elementary::sin(x); });
    case Operation::kCos:
      return map([](double x) { return elementary::cos(x); });
    case Operation::kMin:
      return combine([](double x, double y) { return x < y ? x : y; });
    case Operation::kMax:
      return combine([](double x, double y) { return x > y ? x : y; });
    case Operation::kRedraw:
      return redraw(e, first_draw, round, at, out);
    case Operation::kLess:
      return combine([](double x, double y) { return x < y ? 1.0 : 0.0; });
    case Operation::kLessEqual:
      return combine([](double x, double y) { return x <= y ? 1.0 : 0.0; });
    case Operation::kGreater:
      return combine([](double x, double y) { return x > y ? 1.0 : 0.0; });
    case Operation::kGreaterEqual:
      return combine([](double x, double y) { return x >= y ? 1.0 : 0.0; });
    case Operation::kEqual:
      return combine([](double x, double y) { return x == y ? 1.0 : 0.0; });
    case Operation::kNotEqual:
      return combine([](double x, double y) { return x != y ? 1.0 : 0.0; });
    case Operation::kConditional:
      return choose(e, first_draw, round, at, out);
  }
}

void ParameterExpression::evaluate(const DrawNames& names, std::span<double> out) const {
  Evaluation(names, draws_).run(*this, 0, 0, {names.b, names.c, names.repeat}, out);
}

double ParameterExpression::evaluate(const simd::Kernels& kernels, std::uint32_t seed,
                                     Purpose purpose, std::uint32_t quantity, std::uint32_t a,
                                     std::uint32_t b, std::uint32_t c) const {
  double value = 0;
  evaluate(DrawNames{kernels, seed, purpose, quantity, a, &b, &c}, {&value, 1});
  return value;
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
