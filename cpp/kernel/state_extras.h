// What is saved with a network for those who work with it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/value.h"

namespace tegmenta {

/// Nodes that are found again by a name.
struct NamedNodes {
  std::string name;
  std::vector<NodeId> ids;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("name", self.name);
    visit("ids", self.ids);
  }
};

/// What is saved with a network for those who work with it.
struct StateExtras {
  std::string about;  // JSON: by what it was written, and the files of its recorders
  std::vector<NamedNodes> collections;
  std::vector<std::uint8_t> user;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("about", self.about);
    visit("collections", self.collections);
    visit("user", self.user);
  }
};

}  // namespace tegmenta
