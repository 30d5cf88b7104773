#include "dense/finite.h"

#include <bit>
#include <cstdint>
#include <string>

#include "base/errors.h"

namespace tegmenta::dense {

namespace {

constexpr std::uint64_t kExponent = 0x7FF0000000000000u;

/// All bits of the exponent set: infinite or NaN.
bool is_special(double x) { return (std::bit_cast<std::uint64_t>(x) & kExponent) == kExponent; }

}  // namespace

void require_finite(const char* owner, const char* name, const double* values, std::size_t n) {
  unsigned special = 0;
  for (std::size_t i = 0; i < n; ++i) special |= is_special(values[i]) ? 1u : 0u;
  if (special == 0) return;
  std::size_t i = 0;
  while (!is_special(values[i])) ++i;
  throw bad_value(ErrorKind::kBadProperty, owner, std::string(name) + "[" + std::to_string(i) + "]",
                  values[i], "finite");
}

}  // namespace tegmenta::dense
