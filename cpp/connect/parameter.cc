#include "connect/parameter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <initializer_list>
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
using Bounds = ParameterExpression::Bounds;
using Arguments = std::vector<ParameterPtr>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Bounds kUnknown{-kInfinity, kInfinity};

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

// --- checks of arguments -------------------------------------------------------------------------

void check_uniform(const Arguments& a) {
  const double low = fixed(a[0], "uniform"), high = fixed(a[1], "uniform");
  require(low < high, ErrorKind::kBadProperty, "uniform", "min", low, "< max");
  require(std::isfinite(low), ErrorKind::kBadProperty, "uniform", "min", low, "a finite number");
  require(std::isfinite(high), ErrorKind::kBadProperty, "uniform", "max", high, "a finite number");
}

void check_deviates(const Arguments& a, const char* name) {
  const double mean = fixed(a[0], name);
  require(std::isfinite(mean), ErrorKind::kBadProperty, name, "mean", mean, "a finite number");
  const double deviation = fixed(a[1], name);
  require(deviation >= 0 && std::isfinite(deviation), ErrorKind::kBadProperty, name, "std",
          deviation, "finite and ≥ 0");
}
void check_normal(const Arguments& a) { check_deviates(a, "normal"); }
void check_lognormal(const Arguments& a) { check_deviates(a, "lognormal"); }

void check_exponential(const Arguments& a) {
  const double beta = fixed(a[0], "exponential");
  require(beta >= 0 && std::isfinite(beta), ErrorKind::kBadProperty, "exponential", "beta", beta,
          "finite and ≥ 0");
}

void check_uniform_int(const Arguments& a) {
  const double most = fixed(a[0], "uniform_int");
  require(most >= 1 && most <= 0x1p53 && most == std::floor(most), ErrorKind::kBadProperty,
          "uniform_int", "max", most, "an integer > 0");
}

void check_redraw(const Arguments& a) {
  const double low = fixed(a[1], "redraw"), high = fixed(a[2], "redraw");
  require(low <= high, ErrorKind::kBadParameterValue, "redraw", "min", low, "≤ max");
}

// --- bounds --------------------------------------------------------------------------------------
// Adding, multiplying and dividing round monotonically, so bounds of bounds hold exactly; our exp
// is only nearly monotone.

Bounds hull(std::initializer_list<double> values) { return {std::min(values), std::max(values)}; }

Bounds exp_of(Bounds x) {
  constexpr double kError = 1e-14;
  if (x.low == x.high) return {nearest_exp(x.low), nearest_exp(x.low)};
  return {elementary::exp(x.low) * (1 - kError), elementary::exp(x.high) * (1 + kError)};
}

Bounds of_uniform(const Bounds* a) {
  if (a[0].low == a[1].high) return a[0];
  const double rounding = 1e-15 * (std::abs(a[0].low) + std::abs(a[1].high));
  return {a[0].low, a[1].high + rounding};
}
Bounds of_normal(const Bounds* a) {
  constexpr double kMostDeviations = 8.58;  // sqrt(-2 log 2^-53)
  const double reach = a[1].high * kMostDeviations;
  return {a[0].low - reach, a[0].high + reach};
}
Bounds of_lognormal(const Bounds* a) { return exp_of(of_normal(a)); }
Bounds of_exponential(const Bounds* a) {
  constexpr double kMost = 36.75;  // -log 2^-53
  return {0, a[0].high * kMost};
}
Bounds of_uniform_int(const Bounds* a) { return {0, a[0].high - 1}; }
Bounds of_sum(const Bounds* a) { return {a[0].low + a[1].low, a[0].high + a[1].high}; }
Bounds of_difference(const Bounds* a) { return {a[0].low - a[1].high, a[0].high - a[1].low}; }
Bounds of_product(const Bounds* a) {
  return hull(
      {a[0].low * a[1].low, a[0].low * a[1].high, a[0].high * a[1].low, a[0].high * a[1].high});
}
Bounds of_quotient(const Bounds* a) {
  if (a[1].low <= 0 && a[1].high >= 0) return kUnknown;
  return hull(
      {a[0].low / a[1].low, a[0].low / a[1].high, a[0].high / a[1].low, a[0].high / a[1].high});
}
Bounds of_anything(const Bounds*) { return kUnknown; }
Bounds of_negative(const Bounds* a) { return {-a[0].high, -a[0].low}; }
Bounds of_exp(const Bounds* a) { return exp_of(a[0]); }
Bounds of_wave(const Bounds*) { return {-1, 1}; }
Bounds of_minimum(const Bounds* a) {
  return {std::min(a[0].low, a[1].low), std::min(a[0].high, a[1].high)};
}
Bounds of_maximum(const Bounds* a) {
  return {std::max(a[0].low, a[1].low), std::max(a[0].high, a[1].high)};
}
Bounds of_redraw(const Bounds* a) {
  return {std::max(a[0].low, a[1].low), std::min(a[0].high, a[2].high)};
}
Bounds of_comparison(const Bounds*) { return {0, 1}; }
Bounds of_choice(const Bounds* a) {
  return {std::min(a[1].low, a[2].low), std::max(a[1].high, a[2].high)};
}

// --- values of many elements at once -------------------------------------------------------------

template <auto f>
void map(std::span<double> x) {
  for (double& value : x) value = f(value);
}

/// The second operand is one for all, or one for each.
template <auto f>
void combine(std::span<double> x, std::span<const double> second) {
  if (second.size() == 1) {
    const double y = second.front();
    for (double& value : x) value = f(value, y);
  } else {
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = f(x[i], second[i]);
  }
}

double negative(double x) { return -x; }
double exponential_of(double x) { return elementary::exp(x); }
double sine(double x) { return elementary::sin(x); }
double cosine(double x) { return elementary::cos(x); }
double sum(double x, double y) { return x + y; }
double difference(double x, double y) { return x - y; }
double product(double x, double y) { return x * y; }
double quotient(double x, double y) { return x / y; }
double raised(double x, double y) { return elementary::pow(x, y); }
double smaller(double x, double y) { return x < y ? x : y; }
double larger(double x, double y) { return x > y ? x : y; }
template <typename Comparison>
double compared(double x, double y) {
  return Comparison()(x, y) ? 1.0 : 0.0;
}

}  // namespace

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

  void uniform(const ParameterExpression& e, const simd::Streams& words,
               std::span<double> out) const;
  void normal(const ParameterExpression& e, const simd::Streams& words,
              std::span<double> out) const;
  void lognormal(const ParameterExpression& e, const simd::Streams& words,
                 std::span<double> out) const;
  void exponential(const ParameterExpression& e, const simd::Streams& words,
                   std::span<double> out) const;
  void uniform_int(const ParameterExpression& e, const simd::Streams& words,
                   std::span<double> out) const;
  void redraw(const ParameterExpression& e, std::uint64_t first_draw, std::uint64_t round,
              const Elements& at, std::span<double> out);
  void choose(const ParameterExpression& e, std::uint64_t first_draw, std::uint64_t round,
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

  static double number(const ParameterExpression& e, std::size_t argument) {
    return e.arguments_[argument]->constant_;
  }

  const DrawNames& names_;
  std::uint64_t draws_;
};

// What there is to know of an operation.
struct ParameterExpression::OperationInfo {
  Operation operation;
  const char* name;  // empty: it is no operation of users
  std::size_t arguments;
  /// Throws where arguments are not what it takes.
  void (*check)(const Arguments&) = nullptr;
  /// Bounds of its values by those of its arguments, which are finite unless bounded_of_any.
  Bounds (*bounds)(const Bounds*) = of_anything;
  bool bounded_of_any = false;
  /// How values are computed: drawn, of the first argument, of two, or in a way of its own.
  void (Evaluation::*draw)(const ParameterExpression&, const simd::Streams&,
                           std::span<double>) const = nullptr;
  void (*map)(std::span<double>) = nullptr;
  void (*combine)(std::span<double>, std::span<const double>) = nullptr;
  void (Evaluation::*evaluate)(const ParameterExpression&, std::uint64_t, std::uint64_t,
                               const Elements&, std::span<double>) = nullptr;
};

// By the value of Operation.
struct ParameterExpression::Operations {
  static constexpr OperationInfo kAll[] = {
      {.operation = Operation::kConstant, .name = "", .arguments = 0},
      {.operation = Operation::kUniform,
       .name = "uniform",
       .arguments = 2,
       .check = check_uniform,
       .bounds = of_uniform,
       .draw = &Evaluation::uniform},
      {.operation = Operation::kNormal,
       .name = "normal",
       .arguments = 2,
       .check = check_normal,
       .bounds = of_normal,
       .draw = &Evaluation::normal},
      {.operation = Operation::kLognormal,
       .name = "lognormal",
       .arguments = 2,
       .check = check_lognormal,
       .bounds = of_lognormal,
       .draw = &Evaluation::lognormal},
      {.operation = Operation::kExponential,
       .name = "exponential",
       .arguments = 1,
       .check = check_exponential,
       .bounds = of_exponential,
       .draw = &Evaluation::exponential},
      {.operation = Operation::kUniformInt,
       .name = "uniform_int",
       .arguments = 1,
       .check = check_uniform_int,
       .bounds = of_uniform_int,
       .draw = &Evaluation::uniform_int},
      {.operation = Operation::kAdd,
       .name = "add",
       .arguments = 2,
       .bounds = of_sum,
       .combine = combine<sum>},
      {.operation = Operation::kSub,
       .name = "sub",
       .arguments = 2,
       .bounds = of_difference,
       .combine = combine<difference>},
      {.operation = Operation::kMul,
       .name = "mul",
       .arguments = 2,
       .bounds = of_product,
       .combine = combine<product>},
      {.operation = Operation::kDiv,
       .name = "div",
       .arguments = 2,
       .bounds = of_quotient,
       .combine = combine<quotient>},
      {.operation = Operation::kPow,
       .name = "pow",
       .arguments = 2,
       .bounds = of_anything,
       .combine = combine<raised>},
      {.operation = Operation::kNeg,
       .name = "neg",
       .arguments = 1,
       .bounds = of_negative,
       .bounded_of_any = true,
       .map = map<negative>},
      {.operation = Operation::kExp,
       .name = "exp",
       .arguments = 1,
       .bounds = of_exp,
       .map = map<exponential_of>},
      {.operation = Operation::kSin,
       .name = "sin",
       .arguments = 1,
       .bounds = of_wave,
       .map = map<sine>},
      {.operation = Operation::kCos,
       .name = "cos",
       .arguments = 1,
       .bounds = of_wave,
       .map = map<cosine>},
      {.operation = Operation::kMin,
       .name = "min",
       .arguments = 2,
       .bounds = of_minimum,
       .combine = combine<smaller>},
      {.operation = Operation::kMax,
       .name = "max",
       .arguments = 2,
       .bounds = of_maximum,
       .combine = combine<larger>},
      {.operation = Operation::kRedraw,
       .name = "redraw",
       .arguments = 3,
       .check = check_redraw,
       .bounds = of_redraw,
       .bounded_of_any = true,
       .evaluate = &Evaluation::redraw},
      {.operation = Operation::kLess,
       .name = "lt",
       .arguments = 2,
       .bounds = of_comparison,
       .bounded_of_any = true,
       .combine = combine<compared<std::less<>>>},
      {.operation = Operation::kLessEqual,
       .name = "le",
       .arguments = 2,
       .bounds = of_comparison,
       .bounded_of_any = true,
       .combine = combine<compared<std::less_equal<>>>},
      {.operation = Operation::kGreater,
       .name = "gt",
       .arguments = 2,
       .bounds = of_comparison,
       .bounded_of_any = true,
       .combine = combine<compared<std::greater<>>>},
      {.operation = Operation::kGreaterEqual,
       .name = "ge",
       .arguments = 2,
       .bounds = of_comparison,
       .bounded_of_any = true,
       .combine = combine<compared<std::greater_equal<>>>},
      {.operation = Operation::kEqual,
       .name = "eq",
       .arguments = 2,
       .bounds = of_comparison,
       .bounded_of_any = true,
       .combine = combine<compared<std::equal_to<>>>},
      {.operation = Operation::kNotEqual,
       .name = "ne",
       .arguments = 2,
       .bounds = of_comparison,
       .bounded_of_any = true,
       .combine = combine<compared<std::not_equal_to<>>>},
      {.operation = Operation::kConditional,
       .name = "conditional",
       .arguments = 3,
       .bounds = of_choice,
       .bounded_of_any = true,
       .evaluate = &Evaluation::choose},
  };
};

const ParameterExpression::OperationInfo& ParameterExpression::info_of(Operation operation) {
  static_assert([] {
    std::size_t at = 0;
    for (const OperationInfo& info : Operations::kAll) {
      if (static_cast<std::size_t>(info.operation) != at++) return false;
    }
    return at == static_cast<std::size_t>(Operation::kConditional) + 1;
  }());
  return Operations::kAll[static_cast<std::size_t>(operation)];
}

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
  if (info.check) info.check(arguments_);
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

ParameterExpression::Bounds ParameterExpression::find_bounds() const {
  if (operation_ == Operation::kConstant) {
    return std::isfinite(constant_) ? Bounds{constant_, constant_} : kUnknown;
  }
  const OperationInfo& info = info_of(operation_);
  std::array<Bounds, kMostArguments> bounds{};
  bool finite = true;
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    bounds[i] = arguments_[i]->bounds();
    finite &= bounds[i].finite();
  }
  // What is infinite here may be NaN.
  return finite || info.bounded_of_any ? info.bounds(bounds.data()) : kUnknown;
}

void ParameterExpression::Evaluation::uniform(const ParameterExpression& e,
                                              const simd::Streams& words,
                                              std::span<double> out) const {
  const double low = number(e, 0), width = number(e, 1) - low;
  names_.kernels.uniforms(out.data(), words, out.size());
  for (double& x : out) x = low + x * width;
}

void ParameterExpression::Evaluation::normal(const ParameterExpression& e,
                                             const simd::Streams& words,
                                             std::span<double> out) const {
  const double mean = number(e, 0), deviation = number(e, 1);
  if (deviation == 0) {
    std::fill(out.begin(), out.end(), mean);
    return;
  }
  names_.kernels.normals(out.data(), words, out.size());
  for (double& x : out) x = mean + deviation * x;
}

void ParameterExpression::Evaluation::lognormal(const ParameterExpression& e,
                                                const simd::Streams& words,
                                                std::span<double> out) const {
  if (number(e, 1) == 0) {
    std::fill(out.begin(), out.end(), nearest_exp(number(e, 0)));
    return;
  }
  normal(e, words, out);
  map<exponential_of>(out);
}

void ParameterExpression::Evaluation::exponential(const ParameterExpression& e,
                                                  const simd::Streams& words,
                                                  std::span<double> out) const {
  names_.kernels.exponentials(out.data(), words, out.size());
  for (double& x : out) x = number(e, 0) * x;
}

void ParameterExpression::Evaluation::uniform_int(const ParameterExpression& e,
                                                  const simd::Streams& s,
                                                  std::span<double> out) const {
  const auto n = static_cast<std::uint64_t>(number(e, 0));
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
  if (e.operation_ == Operation::kConstant) {
    std::fill(out.begin(), out.end(), e.constant_);
    return;
  }
  const OperationInfo& info = info_of(e.operation_);
  if (info.draw) return (this->*info.draw)(e, streams(round * draws_ + first_draw, at), out);
  if (info.evaluate) return (this->*info.evaluate)(e, first_draw, round, at, out);
  const ParameterExpression& first = *e.arguments_[0];
  run(first, first_draw, round, at, out);
  if (info.map) {
    const bool one = first.bounds().low == first.bounds().high;
    return e.operation_ == Operation::kExp && one ? map<nearest_exp>(out) : info.map(out);
  }
  const ParameterExpression& second = *e.arguments_[1];
  if (second.operation_ == Operation::kConstant) return info.combine(out, {&second.constant_, 1});
  std::vector<double> other(out.size());
  run(second, first_draw + first.draws_, round, at, other);
  info.combine(out, other);
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

ParameterExpression::Operation ParameterExpression::operation_named(const std::string& name) {
  std::vector<std::string> names;
  for (const OperationInfo& info : Operations::kAll) {
    if (info.operation == Operation::kConstant) continue;
    if (name == info.name) return info.operation;
    names.emplace_back(info.name);
  }
  throw unknown_name(ErrorKind::kBadProperty, "parameter", "There is no parameter operation", name,
                     names);
}

ParameterPtr make_expression(const std::string& operation, std::vector<ParameterPtr> arguments) {
  return std::make_shared<ParameterExpression>(ParameterExpression::operation_named(operation),
                                               std::move(arguments));
}

}  // namespace tegmenta
