// A column of names, of which there are few: each is held once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/column.h"

namespace tegmenta {

/// Names in stretches that are equal: stretch i is names()[codes()[i]] up to, not including,
/// position ends()[i].
class NameColumn {
 public:
  void append(const std::string& name, std::size_t count = 1) {
    if (codes_.empty() || names_[codes_.back()] != name) {
      const auto [known, is_new] =
          code_of_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
      if (is_new) names_.push_back(name);
      codes_.push_back(known->second);
      ends_.push_back(static_cast<std::uint32_t>(size()));
    }
    ends_.back() += static_cast<std::uint32_t>(count);
  }
  std::size_t size() const { return ends_.empty() ? 0 : ends_.back(); }
  const std::vector<std::string>& names() const { return names_; }
  const std::vector<std::uint32_t>& codes() const { return codes_; }
  const std::vector<std::uint32_t>& ends() const { return ends_; }

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("names", self.names_);
    visit("codes", self.codes_);
    visit("ends", self.ends_);
    visit.derived("code_of", self.code_of_);
  }

 private:
  std::unordered_map<std::string, std::uint32_t> code_of_;
  std::vector<std::string> names_;
  std::vector<std::uint32_t> codes_;
  std::vector<std::uint32_t> ends_;
};

}  // namespace tegmenta
