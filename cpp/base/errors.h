// Errors of the core. Each carries its data as fields, never only a text; binding/ turns it into a
// JavaScript error class of the same name.
#pragma once

#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tegmenta {

/// The kinds of errors, kKernelException …: the entries of errors.def.
enum class ErrorKind {
#define TEGMENTA_ERROR(name, when) k##name,
#include "base/errors.def"
#undef TEGMENTA_ERROR
};

struct ErrorDescription {
  ErrorKind kind;
  const char* name;  // of the class, e.g. "BadProperty"
  const char* when;  // it is thrown
};

/// Every kind, in the order of errors.def.
std::span<const ErrorDescription> error_descriptions() noexcept;

/// Name of the error class, e.g. "BadProperty".
const char* to_string(ErrorKind kind) noexcept;

using FieldValue = std::variant<bool, double, std::string>;

struct Field {
  std::string name;
  FieldValue value;
};

class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string message, std::vector<Field> fields = {})
      : kind_(kind), message_(std::move(message)), fields_(std::move(fields)) {}

  ErrorKind kind() const noexcept { return kind_; }
  const char* what() const noexcept override { return message_.c_str(); }
  const std::vector<Field>& fields() const noexcept { return fields_; }

  /// Adds a field known only further out (node, model). Keeps what is already there.
  Error& with(std::string name, FieldValue value);
  /// Gives a field another name if it has this value.
  Error& rename(std::string_view name, const FieldValue& value, const std::string& other);

 private:
  ErrorKind kind_;
  std::string message_;
  std::vector<Field> fields_;
};

/// Shortest decimal text that reads back as the same double; NaN and Infinity as in JavaScript.
std::string format_number(double x);

/// "tau_m of iaf_psc_delta must be > 0, got -1." with the fields model, parameter, value, allowed.
Error bad_value(ErrorKind kind, std::string_view model, std::string_view parameter,
                FieldValue value, std::string_view allowed);

/// The candidate nearest to a misspelt name, or "" when none is near enough.
std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates);

/// "iaf_psc_delta has no parameter 'tau_n'; did you mean 'tau_m'?" (fields parameter, suggestion).
/// Where nothing is near, the known names.
Error unknown_name(ErrorKind kind, std::string_view field, std::string_view owner_has_no,
                   std::string_view name, const std::vector<std::string>& candidates);

}  // namespace tegmenta
