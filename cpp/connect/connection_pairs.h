// Which nodes can be connected with which, and what becomes of it. One table says so; Connect and
// the documentation ask it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/errors.h"
#include "models/node_role.h"

namespace tegmenta {

/// What a connection is kept as.
enum class ConnectionKind : std::uint8_t {
  kNone,       // it is refused
  kSynapses,   // in rows of synapses
  kInput,      // in a generator's list of targets
  kRecording,  // in a recorder's list of the nodes whose spikes reach it
  kSampling,   // in a recorder's list of the nodes that it samples
};

/// Empty for kNone.
const char* to_string(ConnectionKind kind) noexcept;

/// The receptors that a target has for what the source sends.
enum class Receptors : std::uint8_t { kNone, kOfSpikes, kOfCurrents, kOfRewards };

/// The plastic synapse models that can connect them.
enum class PlasticModels : std::uint8_t {
  kNone,
  kReleasing,  // SynapseModel::releases
  kAll,
};

/// Empty for kNone.
const char* to_string(PlasticModels models) noexcept;

/// The end of a connection that an error names as its model.
enum class End : std::uint8_t { kSource, kTarget };

class RoleSet {
 public:
  constexpr RoleSet(std::initializer_list<NodeRole> roles) {
    for (const NodeRole role : roles) bits_ |= bit(role);
  }
  static constexpr RoleSet all() {
    RoleSet set{};
    set.bits_ = (1u << kNodeRoles) - 1;
    return set;
  }
  constexpr bool contains(NodeRole role) const { return (bits_ & bit(role)) != 0; }

 private:
  static constexpr std::uint32_t bit(NodeRole role) { return 1u << static_cast<int>(role); }

  std::uint32_t bits_ = 0;
};

/// A line of the table. Of those that hold a source's and a target's role the first counts.
struct ConnectionPair {
  RoleSet sources;
  RoleSet targets;
  ConnectionKind kind = ConnectionKind::kNone;
  Receptors receptors = Receptors::kNone;
  /// Whether all rules can connect them, not only those that take nodes as they are.
  bool any_rule = false;
  PlasticModels plastic_models = PlasticModels::kNone;
  bool make_symmetric = false;
  // Where they are refused:
  /// What the error says; {source} and {target} stand for the names of the models.
  const char* text = nullptr;
  End named = End::kSource;
  /// Said before anything about the synapse model.
  bool whatever_model = false;
};

std::span<const ConnectionPair> connection_pairs();

/// The line that counts for a source and a target. The table has one for all.
const ConnectionPair& pair_of(NodeRole source, NodeRole target);

/// The first source and target that no line holds.
constexpr std::optional<std::pair<NodeRole, NodeRole>> first_missing(
    std::span<const ConnectionPair> pairs) {
  for (int s = 0; s < kNodeRoles; ++s) {
    for (int t = 0; t < kNodeRoles; ++t) {
      const auto source = static_cast<NodeRole>(s);
      const auto target = static_cast<NodeRole>(t);
      bool held = false;
      for (const ConnectionPair& pair : pairs) {
        held |= pair.sources.contains(source) && pair.targets.contains(target);
      }
      if (!held) return std::pair(source, target);
    }
  }
  return std::nullopt;
}

/// What is thrown where a pair is refused.
Error refusal(const ConnectionPair& pair, const std::string& source, const std::string& target);

}  // namespace tegmenta
