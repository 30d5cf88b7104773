// The table of pairs as documentation shows it: with the models of nodes in place of their roles.
#pragma once

#include <string>
#include <vector>

namespace tegmenta {

/// A line of the table of what can be connected with what. Of the lines that hold both ends the
/// first counts.
struct ConnectionPairDescription {
  std::vector<std::string> sources;  // models of nodes
  std::vector<std::string> targets;
  std::string kept_as;         // "synapses", "input", "recording", "sampling"; empty: refused
  bool any_rule = false;       // else only rules that take nodes as they are
  std::string plastic_models;  // "all", "short-term"; empty: none
  std::string refusal;         // the error's text, with {source} and {target}
};

/// In the order in which they count.
std::vector<ConnectionPairDescription> connection_pair_descriptions();

}  // namespace tegmenta
