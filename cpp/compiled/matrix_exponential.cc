#include "compiled/matrix_exponential.h"

#include <algorithm>
#include <utility>

#include "base/elementary_core.h"

// Scaling and squaring: e^a = (e^(a / 2^s))^(2^s), with the series of the inner exponential. In
// pairs of doubles, about 104 bits, so that neither squaring nor what cancels between time
// constants that are nearly equal is seen in the result.

namespace tegmenta::compiled {

namespace {

using elementary::core::fast_sum;
using elementary::core::product;
using Pair = elementary::core::Pair<double>;

constexpr double kLargestNorm = 0.125;  // of what the series is summed for
constexpr int kMostTerms = 160;         // far more than a chain of kMostMatrixRows needs
constexpr double kNothing = 0x1p-106;   // of a sum

/// a + b exactly (D. E. Knuth, The Art of Computer Programming 2, 4.2.2, theorem C).
Pair exact_sum(double a, double b) {
  const double sum = a + b, part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

Pair sum(const Pair& a, const Pair& b) {
  const Pair high = exact_sum(a.high, b.high), low = exact_sum(a.low, b.low);
  const Pair first = fast_sum(high.high, high.low + low.high);
  return fast_sum(first.high, first.low + low.low);
}

Pair times(const Pair& a, const Pair& b) {
  const Pair p = product(a.high, b.high);
  return fast_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

Pair divided(const Pair& a, double by) {
  const double quotient = a.high / by;
  const Pair back = product(quotient, by);
  return fast_sum(quotient, ((a.high - back.high) - back.low + a.low) / by);
}

/// A matrix of pairs in memory that the caller gives.
class PairMatrix {
 public:
  PairMatrix(int n, double* memory) : n_(n), high_(memory), low_(memory + n * n) {}

  Pair at(int i, int k) const { return {high_[i * n_ + k], low_[i * n_ + k]}; }
  void set(int i, int k, const Pair& x) {
    high_[i * n_ + k] = x.high;
    low_[i * n_ + k] = x.low;
  }
  bool is_zero(int i, int k) const { return high_[i * n_ + k] == 0; }

 private:
  int n_;
  double *high_, *low_;
};

/// to = (x · y) / by.
void multiply(int n, const PairMatrix& x, const PairMatrix& y, double by, PairMatrix& to) {
  for (int i = 0; i < n; ++i) {
    for (int k = 0; k < n; ++k) {
      Pair total{0, 0};
      for (int j = 0; j < n; ++j) {
        if (x.is_zero(i, j) || y.is_zero(j, k)) continue;
        total = sum(total, times(x.at(i, j), y.at(j, k)));
      }
      to.set(i, k, by == 1 ? total : divided(total, by));
    }
  }
}

/// x += y. Returns whether that changed anything that matters.
bool add(int n, PairMatrix& x, const PairMatrix& y) {
  bool changed = false;
  for (int i = 0; i < n; ++i) {
    for (int k = 0; k < n; ++k) {
      if (y.is_zero(i, k)) continue;
      const Pair total = sum(x.at(i, k), y.at(i, k));
      changed = changed || elementary::core::absolute(y.at(i, k).high) >
                               kNothing * elementary::core::absolute(total.high);
      x.set(i, k, total);
    }
  }
  return changed;
}

double norm_of(const double* a, int n) {
  double most = 0;
  for (int i = 0; i < n; ++i) {
    double row = 0;
    for (int k = 0; k < n; ++k) row += elementary::core::absolute(a[i * n + k]);
    if (!(row < elementary::core::kInfinity)) return elementary::core::kNaN;
    most = row > most ? row : most;
  }
  return most;
}

}  // namespace

void matrix_exponential(const double* a, int n, double* e, double* room) {
  const int size = n * n;
  double norm = norm_of(a, n), scale = 1;
  if (norm != norm) {
    std::fill_n(e, size, elementary::core::kNaN);
    return;
  }
  int squarings = 0;
  for (; norm > kLargestNorm; ++squarings) norm *= 0.5, scale *= 0.5;
  std::fill_n(room, matrix_room(n), 0.0);
  const auto matrix = [&](int which) { return PairMatrix(n, room + 2 * size * which); };
  PairMatrix result = matrix(0), term = matrix(1), next = matrix(2), scaled = matrix(3);
  for (int i = 0; i < n; ++i) {
    result.set(i, i, {1, 0});
    term.set(i, i, {1, 0});
    for (int k = 0; k < n; ++k) scaled.set(i, k, {a[i * n + k] * scale, 0});
  }
  for (int k = 1; k <= kMostTerms; ++k) {
    multiply(n, term, scaled, k, next);
    std::swap(term, next);
    // A chain of n numbers reaches its end in the n-th term only.
    if (!add(n, result, term) && k >= n) break;
  }
  for (; squarings > 0; --squarings) {
    multiply(n, result, result, 1, next);
    std::swap(result, next);
  }
  for (int i = 0; i < n; ++i) {
    for (int k = 0; k < n; ++k) e[i * n + k] = result.at(i, k).high;
  }
}

}  // namespace tegmenta::compiled
