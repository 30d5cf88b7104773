#include "models/numbers.h"

#include <cmath>
#include <cstdint>

namespace tegmenta {

void throw_type_mismatch(const std::string& model, const std::string& parameter,
                         const std::string& expected, const Value& given) {
  Error error(ErrorKind::kTypeMismatch,
              parameter + (model.empty() ? "" : " of " + model) + " must be " + expected +
                  ", got " + describe(given) + ".",
              {{"parameter", parameter}, {"expected", expected}, {"given", describe(given)}});
  if (!model.empty()) error.with("model", model);
  throw error;
}

double meant_number(const ParameterDeclaration& declaration, double x) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const bool is_largest = x == std::numeric_limits<double>::max();
  if (is_largest && declaration.range.contains(kInfinity)) return kInfinity;
  return x;
}

Error read_only(const std::string& owner, const std::string& key) {
  return {ErrorKind::kBadProperty,
          key + " of " + owner + " can only be read.",
          {{"model", owner}, {"parameter", key}}};
}

Error negative_conductance(const std::string& model, double weight) {
  return bad_value(ErrorKind::kBadProperty, model, "weight", weight,
                   "≥ 0, as a conductance that its receptor's reversal potential makes excitatory "
                   "or inhibitory");
}

void check_number(const std::string& model, const ParameterDeclaration& declaration, double x) {
  if (declaration.type == ParameterType::kBool) {
    if (x != 0 && x != 1) {
      throw_type_mismatch(model, declaration.name, "a boolean", Value(x));
    }
    if (!declaration.range.contains(x)) {
      throw bad_value(ErrorKind::kBadProperty, model, declaration.name, x != 0,
                      x != 0 ? "false" : "true");
    }
    return;
  }
  if (!declaration.range.contains(x)) {
    throw bad_value(ErrorKind::kBadProperty, model, declaration.name, x, declaration.range.text());
  }
  if (declaration.type == ParameterType::kInt && x != std::floor(x)) {
    throw bad_value(ErrorKind::kTypeMismatch, model, declaration.name, x, "an integer");
  }
}

double scalar_number(const std::string& model, const ParameterDeclaration& declaration,
                     const Value& value) {
  const bool wants_bool = declaration.type == ParameterType::kBool;
  if (const auto* b = std::get_if<bool>(&value)) {
    if (!wants_bool) throw_type_mismatch(model, declaration.name, "a number", value);
    check_number(model, declaration, *b);
    return *b;
  }
  const auto* x = std::get_if<double>(&value);
  if (!x)
    throw_type_mismatch(model, declaration.name, wants_bool ? "a boolean" : "a number", value);
  if (wants_bool) throw_type_mismatch(model, declaration.name, "a boolean", value);
  const double meant = meant_number(declaration, *x);
  check_number(model, declaration, meant);
  return meant;
}

double require_number(const std::string& owner, const std::string& key, const Value& value) {
  const auto* x = std::get_if<double>(&value);
  if (!x) throw_type_mismatch(owner, key, "a number", value);
  if (std::isnan(*x)) throw bad_value(ErrorKind::kBadProperty, owner, key, *x, "a number");
  return *x;
}

double require_finite(const std::string& owner, const std::string& key, const Value& value) {
  const double x = require_number(owner, key, value);
  if (!std::isfinite(x)) {
    throw bad_value(ErrorKind::kBadProperty, owner, key, x, "a finite number");
  }
  return x;
}

bool require_bool(const std::string& owner, const std::string& key, const Value& value) {
  const auto* b = std::get_if<bool>(&value);
  if (!b) throw_type_mismatch(owner, key, "a boolean", value);
  return *b;
}

const std::string& require_string(const std::string& owner, const std::string& key,
                                  const Value& value) {
  const auto* s = std::get_if<std::string>(&value);
  if (!s) throw_type_mismatch(owner, key, "a string", value);
  return *s;
}

std::vector<double> require_numbers(const std::string& owner, const std::string& key,
                                    const Value& value) {
  if (const auto* one = std::get_if<double>(&value)) {
    throw_type_mismatch(owner, key, "an array of numbers", Value(*one));
  }
  const auto* v = std::get_if<std::vector<double>>(&value);
  if (!v) {
    // An empty list has no type of its own.
    if (const auto* s = std::get_if<std::vector<std::string>>(&value); s && s->empty()) return {};
    throw_type_mismatch(owner, key, "an array of numbers", value);
  }
  for (double x : *v) {
    if (!std::isfinite(x)) {
      throw bad_value(ErrorKind::kBadProperty, owner, key, x, "finite numbers only");
    }
  }
  return *v;
}

std::int64_t require_integer(const std::string& owner, const std::string& key, const Value& value,
                             double low, double high) {
  const double x = require_number(owner, key, value);
  const bool in_range = x >= low && x <= high;
  if (!in_range) {
    throw bad_value(ErrorKind::kBadProperty, owner, key, x,
                    "an integer in [" + format_number(low) + ", " + format_number(high) + "]");
  }
  if (x != std::floor(x)) {
    throw bad_value(ErrorKind::kTypeMismatch, owner, key, x, "an integer");
  }
  return static_cast<std::int64_t>(x);
}

}  // namespace tegmenta
