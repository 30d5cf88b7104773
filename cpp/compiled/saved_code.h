// Models of texts as states keep them.
#pragma once

#include <cstdint>
#include <string>

#include "base/time_grid.h"
#include "compiled/decode.h"

namespace tegmenta {

/// The code of a model as numbers and texts (compiled/decode.h).
struct SavedCode {
  std::uint32_t ordinal = 0;
  TimeGrid grid;  // of its defaults
  compiled::EncodedModel code;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("ordinal", self.ordinal);
    visit("grid", self.grid);
    visit("strings", self.code.strings);
    visit("integers", self.code.integers);
    visit("numbers", self.code.numbers);
  }
};

/// What a model of a text is told by: models may have the same name, where one has taken the place
/// of another that copies are made of.
inline std::string base_of(const std::string& name, std::uint32_t ordinal) {
  return name + "@" + std::to_string(ordinal);
}

}  // namespace tegmenta
