// Generated synapses in the order in which their draws are named.
#pragma once

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

#include "connect/generate.h"

namespace tegmenta {

/// By source, target and creation, so that synapses of one pair are numbered.
struct NamedSynapses {
  std::vector<NodeId> sources, targets;
  std::vector<std::uint32_t> repeats;
  std::vector<std::uint64_t> indices;

  /// Sorts `made`.
  explicit NamedSynapses(std::vector<GeneratedSynapse>& made) {
    const auto before = [](const GeneratedSynapse& a, const GeneratedSynapse& b) {
      return std::tie(a.source, a.target) < std::tie(b.source, b.target);
    };
    if (!std::is_sorted(made.begin(), made.end(), before)) {
      std::stable_sort(made.begin(), made.end(), before);
    }
    for (const GeneratedSynapse& s : made) {
      const bool again =
          !sources.empty() && sources.back() == s.source && targets.back() == s.target;
      repeats.push_back(again ? repeats.back() + 1 : 0);
      sources.push_back(s.source);
      targets.push_back(s.target);
      indices.push_back(s.index);
    }
  }

  SynapseBlock part(std::size_t from, std::size_t size) const {
    return {sources.data() + from, targets.data() + from, repeats.data() + from,
            indices.data() + from, size};
  }
  SynapseBlock all() const { return part(0, sources.size()); }
};

}  // namespace tegmenta
