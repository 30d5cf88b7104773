// Where the spikes of a node go, for nodes of which few send any: an index a node, a list for each
// that has one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/value.h"

namespace tegmenta {

template <typename Path>
class ByNode {
 public:
  /// For so many nodes, none of which has a path.
  void begin(std::size_t nodes) {
    list_of_.assign(nodes, 0);
    lists_.assign(1, {});
  }
  void add(NodeId id, const Path& path) {
    if (list_of_[id] == 0) {
      list_of_[id] = static_cast<std::uint32_t>(lists_.size());
      lists_.emplace_back();
    }
    lists_[list_of_[id]].push_back(path);
  }
  bool none() const { return lists_.size() <= 1; }
  const std::vector<Path>& of(NodeId id) const { return lists_[list_of_[id]]; }
  std::span<const std::vector<Path>> lists() const { return lists_; }

 private:
  std::vector<std::uint32_t> list_of_;    // 0: it has none
  std::vector<std::vector<Path>> lists_;  // the first is empty
};

}  // namespace tegmenta
