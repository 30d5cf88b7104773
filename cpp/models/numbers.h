// Turning given values into numbers, one a node or connection, with the errors that name what is
// wrong.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "base/errors.h"
#include "base/value.h"
#include "models/declaration.h"

namespace tegmenta {

/// The largest number of single precision.
inline constexpr double kMostFloat = std::numeric_limits<float>::max();

/// Room for `more` elements, so that appending them cannot fail. Grows by doubling.
template <typename T>
void make_room(std::vector<T>& list, std::size_t more) {
  const std::size_t needed = list.size() + more;
  if (needed > list.capacity()) list.reserve(std::max(needed, 2 * list.capacity()));
}

/// One value in place of many that are equal.
template <typename T>
void shrink_uniform(std::vector<T>& values) {
  const bool same =
      std::all_of(values.begin(), values.end(), [&](T x) { return x == values.front(); });
  if (same && !values.empty()) values.resize(1);
  values.shrink_to_fit();
}

/// The number that is meant: the largest one is Infinity where that is allowed, as NEST has it.
double meant_number(const ParameterDeclaration& declaration, double x);

/// Checks type and range of one number for a declared parameter.
/// Throws TypeMismatch (a fraction for an int or bool parameter) or BadProperty.
void check_number(const std::string& model, const ParameterDeclaration& declaration, double x);

/// A scalar of the declared type. Throws TypeMismatch or BadProperty.
double scalar_number(const std::string& model, const ParameterDeclaration& declaration,
                     const Value& value);

/// "t_spike of iaf_psc_exp can only be read."
Error read_only(const std::string& owner, const std::string& key);

/// BadProperty: a weight of synapses that raise conductances, which would become negative.
Error negative_conductance(const std::string& model, double weight);

[[noreturn]] void throw_type_mismatch(const std::string& model, const std::string& parameter,
                                      const std::string& expected, const Value& given);

/// Single values of other types, for kernel status, devices and connection specifications.
double require_number(const std::string& owner, const std::string& key, const Value& value);
double require_finite(const std::string& owner, const std::string& key, const Value& value);
bool require_bool(const std::string& owner, const std::string& key, const Value& value);
const std::string& require_string(const std::string& owner, const std::string& key,
                                  const Value& value);
std::vector<double> require_numbers(const std::string& owner, const std::string& key,
                                    const Value& value);
/// An integer in [low, high].
std::int64_t require_integer(const std::string& owner, const std::string& key, const Value& value,
                             double low, double high);

}  // namespace tegmenta
