// Freestanding.
#pragma once

namespace tegmenta::compiled {

inline constexpr int kMostMatrixRows = 64;

/// Doubles of room that the exponential of an n × n matrix needs.
constexpr int matrix_room(int n) { return 8 * n * n; }

/// e = e^a of n × n numbers, row by row, n ≤ kMostMatrixRows: the same bits on all machines. Each
/// number is right to an ulp, small ones beside large ones, too, unless it is a difference of far
/// larger ones. What is 0 by the places of zeros in a is 0. NaN where a is not finite.
void matrix_exponential(const double* a, int n, double* e, double* room);

}  // namespace tegmenta::compiled
