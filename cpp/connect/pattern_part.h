// A part of a pattern: what one Connect makes between nodes of one role and nodes of another. The
// part draws as the whole does and keeps its own pairs, so that neither draws nor the places of
// values depend on how a call is split.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/value.h"

namespace tegmenta {

using IdList = std::shared_ptr<const std::vector<NodeId>>;

/// A set of nodes, as ranges of IDs.
class NodeRanges {
 public:
  struct Range {
    NodeId begin, end;
  };

  /// IDs in any order, with repetitions.
  explicit NodeRanges(std::vector<NodeId> ids);

  bool contains(NodeId id) const {
    // Nodes of one kind mostly follow each other.
    if (ranges_.size() == 1) return id >= ranges_[0].begin && id < ranges_[0].end;
    return among_ranges(id);
  }
  /// Ascending, with gaps between them.
  std::span<const Range> ranges() const { return ranges_; }

 private:
  bool among_ranges(NodeId id) const;

  std::vector<Range> ranges_;
};

/// Kept are the pairs of a source and a target of these.
struct PatternPart {
  PatternPart(const std::vector<NodeId>& kept_sources, const std::vector<NodeId>& kept_targets)
      : sources(std::make_shared<const std::vector<NodeId>>(kept_sources)),
        targets(std::make_shared<const std::vector<NodeId>>(kept_targets)),
        is_source(kept_sources),
        is_target(kept_targets) {}

  /// In order of the pattern's; where it pairs nodes by their places, those of the pairs.
  IdList sources, targets;
  NodeRanges is_source, is_target;
};

}  // namespace tegmenta
