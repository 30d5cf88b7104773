// Activation functions of rate-coded inputs and outputs, by their usual names, with the same bits
// on every machine.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace tegmenta::dense {

/// identity x, tanh, sigmoid 1/(1 + e^−x), relu max(x, 0), lrelu (slope 0.01 below 0), relu6
/// min(max(x, 0), 6), elu (e^x − 1 below 0), silu x sigmoid(x), gelu (its tanh form: D. Hendrycks,
/// K. Gimpel, arXiv 1606.08415), telu x tanh(e^x), softplus log(1 + e^x), softmax over a row,
/// sine, unit_threshold [x ≥ 1], heaviside [x > 0], bkwta (1 for the 5 largest of a row, else 0;
/// of equal ones the first).
enum class Activation {
  kIdentity,
  kTanh,
  kSigmoid,
  kRelu,
  kLrelu,
  kRelu6,
  kElu,
  kSilu,
  kGelu,
  kTelu,
  kSoftplus,
  kSoftmax,
  kSine,
  kUnitThreshold,
  kHeaviside,
  kBkwta,
};

/// Names in the order of the values.
inline constexpr std::array<std::string_view, 16> kActivationNames = {
    "identity", "tanh", "sigmoid",  "relu",    "lrelu", "relu6",          "elu",       "silu",
    "gelu",     "telu", "softplus", "softmax", "sine",  "unit_threshold", "heaviside", "bkwta"};
constexpr const auto& names_of(Activation) { return kActivationNames; }

/// y = f(x), row by row of n entries; x and y may be the same array.
void activate(Activation f, const double* x, double* y, std::size_t n, std::size_t rows);

/// slope[i] = Σ_k slope[k] · ∂f(x)_k/∂x_i in place, row by row; y is f(x). Steps count as flat.
void propagate_back(Activation f, const double* x, const double* y, double* slope, std::size_t n,
                    std::size_t rows);

}  // namespace tegmenta::dense
