#include "compiled_evaluator.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <initializer_list>
#include <limits>

#include "base/elementary.h"
#include "base/philox.h"
#include "base/random.h"
#include "compiled/matrix_exponential.h"

namespace tegmenta::testing {

namespace {

namespace el = elementary;
using compiled::Instruction;
using compiled::Operation;

constexpr int kMostRounds = 1'000'000;

double mask_of(bool set) { return std::bit_cast<double>(set ? ~std::uint64_t{0} : 0); }
std::uint64_t bits_of(double x) { return std::bit_cast<std::uint64_t>(x); }
double of_bits(std::uint64_t x) { return std::bit_cast<double>(x); }
bool is_set(double mask) { return std::signbit(mask); }

std::int64_t integer(double x) {
  if (std::isnan(x)) return 0;
  if (x >= 0x1p63) return std::numeric_limits<std::int64_t>::max();
  if (x <= -0x1p63) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(x);
}

double number(std::int64_t x) { return static_cast<double>(x); }

int shift(double by) { return by >= 0 && by < 64 ? static_cast<int>(by) : 0; }

double sum(const std::vector<double>& k, const std::vector<double>& c) {
  double total = c[0] * k[0];
  for (std::size_t i = 1; i < c.size(); ++i) total = total + c[i] * k[i];
  return total;
}

}  // namespace

void PlainEvaluator::note(NeuronFailure::Kind kind, int text) {
  if (failure_.kind == NeuronFailure::kNone) failure_ = {kind, 0, 0, text};
}

std::vector<double> PlainEvaluator::run(const compiled::Program& program,
                                        const std::vector<double>& given) {
  failure_ = {};
  operands_ = code_.constants;
  operands_.insert(operands_.end(), given.begin(), given.end());
  operands_.resize(operands_.size() + static_cast<std::size_t>(program.temporaries));
  execute(program, 0, program.main);
  std::vector<double> results;
  for (const std::uint16_t at : program.results) results.push_back(operands_[at]);
  return results;
}

double PlainEvaluator::step(const std::vector<double>& coefficients, std::vector<double>& states,
                            const PlainStep& in) {
  in_ = &in;
  std::vector<double> given = coefficients;
  first_state_ = static_cast<int>(code_.constants.size() + given.size());
  for (const std::vector<double>* more :
       std::initializer_list<const std::vector<double>*>{&states, &in.rows, &in.currents}) {
    given.insert(given.end(), more->begin(), more->end());
  }
  given.push_back(static_cast<double>(in.step + 1) * in.resolution_ms);
  given.push_back(0);
  run(code_.step, given);
  std::copy_n(operands_.begin() + first_state_, states.size(), states.begin());
  return operands_[code_.constants.size() + given.size() - 1];
}

void PlainEvaluator::execute(const compiled::Program& program, int first, int last) {
  int rounds = 0;
  for (int at = first; at < last; ++at) {
    const Instruction& i = program.code[static_cast<std::size_t>(at)];
    const double a = operands_[i.a];
    const auto is = [&](Operation operation) { return i.operation == operation; };
    if (is(Operation::normal) || is(Operation::uniform) || is(Operation::poisson)) {
      draw(i);
    } else if (is(Operation::store_at)) {
      if (a >= 0 && a < i.c) {
        operands_[static_cast<std::size_t>(i.result + std::floor(a))] = operands_[i.b];
      }
    } else if (is(Operation::matrix_exponential)) {
      matrix(i);
    } else if (is(Operation::skip_unless_any)) {
      if (!is_set(a)) at += i.result;
    } else if (is(Operation::loop_while_any)) {
      if (!is_set(a)) continue;
      if (++rounds > kMostRounds) {
        note(NeuronFailure::kEndless);
        return;
      }
      at -= i.result + 1;
    } else if (is(Operation::integrate)) {
      if (is_set(a)) integrate(code_.systems[i.result]);
    } else if (is(Operation::fail)) {
      if (is_set(a)) note(NeuronFailure::kStated, i.result);
    } else {
      operands_[i.result] = value_of(i);
    }
  }
}

double PlainEvaluator::value_of(const Instruction& i) const {
  const double a = operands_[i.a], b = i.b < operands_.size() ? operands_[i.b] : 0,
               c = i.c < operands_.size() ? operands_[i.c] : 0;
  switch (i.operation) {
      // clang-format off
    case Operation::copy: return a;
    case Operation::add: return a + b;
    case Operation::subtract: return a - b;
    case Operation::multiply: return a * b;
    case Operation::divide: return a / b;
    case Operation::multiply_add: return a * b + c;
    case Operation::negate: return -a;
    case Operation::absolute: return std::fabs(a);
    case Operation::square_root: return std::sqrt(a);
    case Operation::least: return b < a ? b : a;
    case Operation::greatest: return a < b ? b : a;
    case Operation::round_down: return std::floor(a);
    case Operation::round_up: return std::ceil(a);
    case Operation::round_half_away: return std::round(a);
    case Operation::truncate: return std::trunc(a);
    case Operation::remainder: return std::fmod(a, b);
    case Operation::less: return mask_of(a < b);
    case Operation::less_or_equal: return mask_of(a <= b);
    case Operation::equal: return mask_of(a == b);
    case Operation::not_equal: return mask_of(a != b);
    case Operation::both: return of_bits(bits_of(a) & bits_of(b));
    case Operation::either: return of_bits(bits_of(a) | bits_of(b));
    case Operation::without: return of_bits(bits_of(a) & ~bits_of(b));
    case Operation::invert: return of_bits(~bits_of(a));
    case Operation::select: return is_set(a) ? b : c;
    case Operation::to_mask: return mask_of(a != 0);
    case Operation::to_number: return is_set(a) ? 1 : 0;
    case Operation::exponential: return el::exp(a);
    case Operation::exponential_minus_1: return el::expm1(a);
    case Operation::logarithm: return el::log(a);
    case Operation::logarithm_10: return el::log10(a);
    case Operation::power: return el::pow(a, b);
    case Operation::sine: return el::sin(a);
    case Operation::cosine: return el::cos(a);
    case Operation::tangent: return el::tan(a);
    case Operation::hyperbolic_sine: return el::sinh(a);
    case Operation::hyperbolic_cosine: return el::cosh(a);
    case Operation::hyperbolic_tangent: return el::tanh(a);
    case Operation::error_function: return el::erf(a);
    case Operation::complementary_error_function: return el::erfc(a);
    case Operation::bits_and: return number(integer(a) & integer(b));
    case Operation::bits_or: return number(integer(a) | integer(b));
    case Operation::bits_exclusive_or: return number(integer(a) ^ integer(b));
    case Operation::bits_not: return number(~integer(a));
    case Operation::shift_left:
      return number(static_cast<std::int64_t>(static_cast<std::uint64_t>(integer(a)) << shift(b)));
    case Operation::shift_right: return number(integer(a) >> shift(b));
    // clang-format on
    case Operation::load_at: {
      const double nearest = std::isnan(b) ? 0 : std::clamp(std::trunc(b), 0.0, i.c - 1.0);
      return operands_[static_cast<std::size_t>(i.a + nearest)];
    }
    case Operation::normal:
    case Operation::uniform:
    case Operation::poisson:
    case Operation::store_at:
    case Operation::matrix_exponential:
    case Operation::skip_unless_any:
    case Operation::loop_while_any:
    case Operation::integrate:
    case Operation::fail:
      break;  // done by execute()
  }
  return 0;
}

void PlainEvaluator::draw(const Instruction& i) {
  const auto ordinal = static_cast<std::uint32_t>(operands_[i.a]);
  const auto words =
      philox4x32({ordinal, in_->node, static_cast<std::uint32_t>(in_->step),
                  static_cast<std::uint32_t>(static_cast<std::uint64_t>(in_->step) >> 32)},
                 {in_->seed, static_cast<std::uint32_t>(Purpose::kCompiled) << 24 | i.b});
  const std::uint64_t first = words[0] | std::uint64_t{words[1]} << 32,
                      second = words[2] | std::uint64_t{words[3]} << 32;
  double& drawn = operands_[i.result];
  if (i.operation == Operation::uniform) {
    drawn = static_cast<double>(first >> 11) * 0x1p-53;
  } else if (i.operation == Operation::normal) {
    const double u = static_cast<double>((first >> 11) + 1) * 0x1p-53;
    const double v = static_cast<double>(second >> 11) * 0x1p-53;
    drawn = std::sqrt(-2.0 * el::log(u)) * el::cos(el::kTwoPi * v);
  } else {
    const double mean = operands_[i.c];
    RandomStream stream(in_->seed, Purpose::kCompiledPoisson, words[0], words[1], words[2],
                        words[3]);
    drawn = std::isnan(mean) ? 0 : static_cast<double>(stream.poisson(std::min(mean, 0x1p53)));
  }
}

void PlainEvaluator::matrix(const Instruction& i) {
  const auto size = static_cast<std::size_t>(i.b) * i.b;
  std::vector<double> given(operands_.begin() + i.a,
                            operands_.begin() + i.a + static_cast<std::ptrdiff_t>(size)),
      e(size), room(static_cast<std::size_t>(compiled::matrix_room(i.b)));
  compiled::matrix_exponential(given.data(), i.b, e.data(), room.data());
  std::copy(e.begin(), e.end(), operands_.begin() + i.result);
}

// --- the solver: Fehlberg's tableau, and the sub-steps of NEST's solver --------------------------

std::vector<double> PlainEvaluator::slopes(const compiled::System& system,
                                           const std::vector<double>& y, double time) {
  const std::vector<double> kept = operands_;
  for (std::size_t i = 0; i < y.size(); ++i) operands_[system.values[i]] = y[i];
  const auto told = static_cast<std::size_t>(first_state_) + code_.states.size() +
                    2 * code_.receptors.size() + code_.currents.size();
  if (system.time == told || system.time >= told + 2) operands_[system.time] = time;
  execute(code_.step, system.first, system.last);
  std::vector<double> found;
  for (const std::uint16_t slope : system.slopes) found.push_back(operands_[slope]);
  operands_ = kept;
  return found;
}

void PlainEvaluator::integrate(const compiled::System& system) {
  const std::vector<std::vector<double>> stages = {
      {0.25},
      {3.0 / 32, 9.0 / 32},
      {1932.0 / 2197, -7200.0 / 2197, 7296.0 / 2197},
      {8341.0 / 4104, -32832.0 / 4104, 29440.0 / 4104, -845.0 / 4104},
      {-6080.0 / 20520, 41040.0 / 20520, -28352.0 / 20520, 9295.0 / 20520, -5643.0 / 20520}};
  const std::vector<double> parts = {1.0 / 4, 3.0 / 8, 12.0 / 13, 1, 1.0 / 2};
  const std::vector<double> whole = {902880.0 / 7618050, 3953664.0 / 7618050, 3855735.0 / 7618050,
                                     -1371249.0 / 7618050, 277020.0 / 7618050};
  const std::vector<double> errors = {1.0 / 360, -128.0 / 4275, -2197.0 / 75240, 1.0 / 50,
                                      2.0 / 55};
  const double end = in_->resolution_ms, begins = static_cast<double>(in_->step) * end;
  const double absolute = operands_[system.absolute], relative = operands_[system.relative];
  double& substep = operands_[static_cast<std::size_t>(first_state_ + system.substep)];
  std::vector<double> y;
  for (const std::uint16_t value : system.values) y.push_back(operands_[value]);
  const std::size_t n = y.size();
  double t = 0, try_next = substep;
  for (int attempts = 0; t < end; ++attempts) {
    if (attempts >= kPatientAttempts && t < kShortestAverage * attempts * end) {
      note(NeuronFailure::kSolver);
      break;
    }
    const bool last = t + try_next > end;
    const double h = last ? end - t : try_next;
    if (!(t + h > t)) {
      note(NeuronFailure::kSolver);
      break;
    }
    std::vector<std::vector<double>> k(n);
    const auto add_slopes = [&](const std::vector<double>& at, double part) {
      const std::vector<double> found = slopes(system, at, begins + (t + part * h));
      for (std::size_t i = 0; i < n; ++i) k[i].push_back(found[i]);
    };
    add_slopes(y, 0);
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
      std::vector<double> next(n);
      for (std::size_t i = 0; i < n; ++i) next[i] = y[i] + h * sum(k[i], stages[stage]);
      add_slopes(next, parts[stage]);
    }
    if (failure_.kind != NeuronFailure::kNone) break;
    std::vector<double> next(n);
    double ratio = 0x1p-1022;
    bool finite = true, exact = h == end;
    for (std::size_t i = 0; i < n; ++i) {
      const std::vector<double> used = {k[i][0], k[i][2], k[i][3], k[i][4], k[i][5]};
      next[i] = y[i] + h * sum(used, whole);
      const double error = std::fabs(h * sum(used, errors));
      const double allowed = absolute + relative * std::fabs(next[i]);
      exact = exact && !(error > allowed);
      ratio = std::max(ratio, error / allowed);  // that of a NaN is not looked at
      finite = finite && std::isfinite(next[i]);
    }
    double factor = 1;
    if (ratio > 1.1) {
      factor = std::max(0.2, 0.9 / el::pow(std::min(ratio, 1e6), 1.0 / 5));
    } else if (ratio < 0.5 && !exact) {
      factor = ratio < 3e-5 ? 5 : std::clamp(0.9 / el::pow(ratio, 1.0 / 6), 1.0, 5.0);
    }
    const double proposed = h * factor;
    if (factor < 1 && t + proposed > t) {
      try_next = proposed;
      continue;
    }
    try_next = std::min(end, factor < 1 ? h : proposed);
    if (!finite) {
      note(NeuronFailure::kNotFinite);
      break;
    }
    y = next;
    t = last ? end : t + h;
  }
  substep = try_next;
  for (std::size_t i = 0; i < n; ++i) operands_[system.values[i]] = y[i];
}

}  // namespace tegmenta::testing
