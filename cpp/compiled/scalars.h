// Operations of compiled models that are done one number at a time: compiled once, for all
// instruction-set levels. Freestanding.
#pragma once

#include <cstdint>

namespace tegmenta::compiled {

/// What is left of a after division by b, exactly, with the sign of a, as C's fmod.
double remainder(double a, double b);

// Of integers of 64 bits. A number becomes the nearest of them towards 0, NaN becomes 0.
double bits_and(double a, double b);
double bits_or(double a, double b);
double bits_exclusive_or(double a, double b);
double bits_not(double a);
/// By no bits where b is not in 0 … 63.
double shift_left(double a, double b);
double shift_right(double a, double b);

/// A Poisson number made of the words of a draw; 0 where its mean is not > 0. Means are at most
/// 2^53.
double poisson_number(std::uint32_t seed, const std::uint32_t (&words)[4], double mean);

}  // namespace tegmenta::compiled
