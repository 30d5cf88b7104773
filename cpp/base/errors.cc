#include "base/errors.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace tegmenta {

namespace {

constexpr ErrorDescription kErrors[] = {
#define TEGMENTA_ERROR(name, when) {ErrorKind::k##name, #name, when},
#include "base/errors.def"
#undef TEGMENTA_ERROR
};

}  // namespace

std::span<const ErrorDescription> error_descriptions() noexcept { return kErrors; }

const char* to_string(ErrorKind kind) noexcept {
  return kErrors[static_cast<std::size_t>(kind)].name;
}

Error& Error::rename(std::string_view name, const FieldValue& value, const std::string& other) {
  for (Field& field : fields_) {
    if (field.name == name && field.value == value) field.name = other;
  }
  return *this;
}

Error& Error::with(std::string name, FieldValue value) {
  const bool known =
      std::any_of(fields_.begin(), fields_.end(), [&](const Field& f) { return f.name == name; });
  if (!known) fields_.push_back({std::move(name), std::move(value)});
  return *this;
}

std::string format_number(double x) {
  // As JavaScript writes them.
  if (std::isnan(x)) return "NaN";
  if (std::isinf(x)) return x > 0 ? "Infinity" : "-Infinity";
  char text[40];
  const bool whole = x == std::floor(x) && std::abs(x) < 1e15;
  const auto end = whole ? std::to_chars(text, text + sizeof text, x, std::chars_format::fixed).ptr
                         : std::to_chars(text, text + sizeof text, x).ptr;
  return std::string(text, end);
}

Error bad_value(ErrorKind kind, std::string_view model, std::string_view parameter,
                FieldValue value, std::string_view allowed) {
  std::string shown;
  if (const auto* b = std::get_if<bool>(&value)) shown = *b ? "true" : "false";
  if (const auto* d = std::get_if<double>(&value)) shown = format_number(*d);
  if (const auto* s = std::get_if<std::string>(&value)) shown = "'" + *s + "'";
  std::string text(parameter);
  if (!model.empty()) text += " of " + std::string(model);
  text += " must be " + std::string(allowed) + ", got " + shown + ".";
  std::vector<Field> fields;
  if (!model.empty()) fields.push_back({"model", std::string(model)});
  fields.push_back({"parameter", std::string(parameter)});
  fields.push_back({"value", std::move(value)});
  fields.push_back({"allowed", std::string(allowed)});
  return Error(kind, std::move(text), std::move(fields));
}

namespace {

// Levenshtein distance, ignoring the case of ASCII letters.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      const std::size_t change = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + change});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(name, candidate);
    // What shares no letter was not meant.
    if (distance < std::min(best_distance, std::max(name.size(), candidate.size()))) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

Error unknown_name(ErrorKind kind, std::string_view field, std::string_view owner_has_no,
                   std::string_view name, const std::vector<std::string>& candidates) {
  std::string text = std::string(owner_has_no) + " '" + std::string(name) + "'";
  std::vector<Field> fields{{std::string(field), std::string(name)}};
  const std::string suggestion = nearest_name(name, candidates);
  if (suggestion.empty()) {
    text += candidates.empty() ? "." : "; known: ";
    for (const std::string& candidate : candidates) {
      text += candidate + (&candidate == &candidates.back() ? "." : ", ");
    }
  } else {
    text += "; did you mean '" + suggestion + "'?";
    fields.push_back({"suggestion", suggestion});
  }
  return Error(kind, std::move(text), std::move(fields));
}

}  // namespace tegmenta
