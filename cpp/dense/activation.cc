#include "dense/activation.h"

#include <algorithm>
#include <cmath>

#include "base/elementary.h"

namespace tegmenta::dense {

namespace {

constexpr double kLeak = 0.01;
constexpr std::size_t kWinners = 5;
constexpr double kSqrtTwoOverPi = 0x1.9884533d43651p-1;  // sqrt(2 / pi)
constexpr double kGeluCubic = 0.044715;

double tanh(double x) {
  const double e = elementary::expm1(-2 * std::fabs(x));
  return std::copysign(-e / (2 + e), x);
}

double sigmoid(double x) {
  const double e = elementary::exp(-std::fabs(x));
  return (x < 0 ? e : 1.0) / (1 + e);
}

double gelu_angle(double x) { return kSqrtTwoOverPi * (x + kGeluCubic * x * x * x); }

/// f of one number.
double value(Activation f, double x) {
  switch (f) {
    case Activation::kTanh:
      return tanh(x);
    case Activation::kSigmoid:
      return sigmoid(x);
    case Activation::kRelu:
      return x > 0 ? x : 0;
    case Activation::kLrelu:
      return x > 0 ? x : kLeak * x;
    case Activation::kRelu6:
      return x > 6 ? 6 : x > 0 ? x : 0;
    case Activation::kElu:
      return x > 0 ? x : elementary::expm1(x);
    case Activation::kSilu:
      return x * sigmoid(x);
    case Activation::kGelu:
      return 0.5 * x * (1 + tanh(gelu_angle(x)));
    case Activation::kTelu:
      return x * tanh(elementary::exp(x));
    case Activation::kSoftplus:
      return (x > 0 ? x : 0) + elementary::log1p(elementary::exp(-std::fabs(x)));
    case Activation::kSine:
      return elementary::sin(x);
    case Activation::kUnitThreshold:
      return x >= 1 ? 1 : 0;
    case Activation::kHeaviside:
      return x > 0 ? 1 : 0;
    case Activation::kIdentity:
    case Activation::kSoftmax:
    case Activation::kBkwta:
      break;
  }
  return x;
}

/// f'(x); y = f(x).
double derivative(Activation f, double x, double y) {
  switch (f) {
    case Activation::kTanh:
      return 1 - y * y;
    case Activation::kSigmoid:
      return y * (1 - y);
    case Activation::kRelu:
      return x > 0 ? 1 : 0;
    case Activation::kLrelu:
      return x > 0 ? 1 : kLeak;
    case Activation::kRelu6:
      return x > 0 && x < 6 ? 1 : 0;
    case Activation::kElu:
      return x > 0 ? 1 : y + 1;
    case Activation::kSilu: {
      const double s = sigmoid(x);
      return s + y * (1 - s);
    }
    case Activation::kGelu: {
      const double t = tanh(gelu_angle(x));
      const double slope = kSqrtTwoOverPi * (1 + 3 * kGeluCubic * x * x);
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * slope;
    }
    case Activation::kTelu: {
      // Beyond 20, e^x (1 − tanh²(e^x)) is 0 and must not become infinity times 0.
      const double e = elementary::exp(x > 20 ? 20 : x);
      const double t = tanh(e);
      return t + x * e * (1 - t * t);
    }
    case Activation::kSoftplus:
      return sigmoid(x);
    case Activation::kSine:
      return elementary::cos(x);
    case Activation::kIdentity:
    case Activation::kSoftmax:
      return 1;
    case Activation::kUnitThreshold:
    case Activation::kHeaviside:
    case Activation::kBkwta:
      break;
  }
  return 0;
}

void softmax(const double* x, double* y, std::size_t n) {
  const double largest = *std::max_element(x, x + n);
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    y[i] = elementary::exp(x[i] - largest);
    sum += y[i];
  }
  for (std::size_t i = 0; i < n; ++i) y[i] /= sum;
}

/// Whether fewer than kWinners entries of x come before x[i], by size, then by place.
bool wins(const double* x, std::size_t n, std::size_t i) {
  std::size_t before = 0;
  for (std::size_t k = 0; k < n; ++k) before += x[k] > x[i] || (x[k] == x[i] && k < i);
  return before < kWinners;
}

/// The largest numbers become 1, the others 0; x and y may be the same array.
void winners(const double* x, double* y, std::size_t n) {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t kept[kWinners];
  std::fill_n(kept, kWinners, kNone);
  std::size_t found = 0;
  for (std::size_t i = 0; i < n && found < kWinners; ++i) {
    if (wins(x, n, i)) kept[found++] = i;
  }
  std::fill_n(y, n, 0.0);
  for (std::size_t k = 0; k < found; ++k) y[kept[k]] = 1;
}

}  // namespace

void activate(Activation f, const double* x, double* y, std::size_t n, std::size_t rows) {
  if (f == Activation::kSoftmax || f == Activation::kBkwta) {
    const auto of_row = f == Activation::kSoftmax ? softmax : winners;
    for (std::size_t r = 0; r < rows; ++r) of_row(x + r * n, y + r * n, n);
    return;
  }
  for (std::size_t i = 0; i < n * rows; ++i) y[i] = value(f, x[i]);
}

void propagate_back(Activation f, const double* x, const double* y, double* slope, std::size_t n,
                    std::size_t rows) {
  if (f == Activation::kSoftmax) {
    for (std::size_t r = 0; r < rows; ++r) {
      const double* const p = y + r * n;
      double* const g = slope + r * n;
      double mean = 0;
      for (std::size_t i = 0; i < n; ++i) mean += p[i] * g[i];
      for (std::size_t i = 0; i < n; ++i) g[i] = p[i] * (g[i] - mean);
    }
    return;
  }
  for (std::size_t i = 0; i < n * rows; ++i) slope[i] *= derivative(f, x[i], y[i]);
}

}  // namespace tegmenta::dense
