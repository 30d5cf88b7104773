#include "connect/pattern_part.h"

#include <algorithm>

namespace tegmenta {

NodeRanges::NodeRanges(std::vector<NodeId> ids) {
  std::sort(ids.begin(), ids.end());
  for (const NodeId id : ids) {
    if (!ranges_.empty() && id <= ranges_.back().end) {
      ranges_.back().end = std::max(ranges_.back().end, id + 1);
    } else {
      ranges_.push_back({id, id + 1});
    }
  }
}

bool NodeRanges::among_ranges(NodeId id) const {
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), id,
                                      [](NodeId x, const Range& range) { return x < range.begin; });
  return after != ranges_.begin() && id < std::prev(after)->end;
}

}  // namespace tegmenta
