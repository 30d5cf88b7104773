#include "base/value.h"

#include <utility>

namespace tegmenta {

std::string describe(const Value& value) {
  struct Visitor {
    std::string operator()(bool) const { return "a boolean"; }
    std::string operator()(double) const { return "a number"; }
    std::string operator()(const std::string& s) const { return "the string '" + s + "'"; }
    std::string operator()(const std::vector<double>& v) const {
      return "an array of " + std::to_string(v.size()) + " numbers";
    }
    std::string operator()(const std::vector<bool>& v) const {
      return "an array of " + std::to_string(v.size()) + " booleans";
    }
    std::string operator()(const std::vector<std::string>& v) const {
      return "an array of " + std::to_string(v.size()) + " strings";
    }
    std::string operator()(const std::vector<std::vector<double>>& v) const {
      return "a list of " + std::to_string(v.size()) + " arrays";
    }
    std::string operator()(const NodeIds& v) const {
      return "a collection of " + std::to_string(v.ids.size()) + " nodes";
    }
    std::string operator()(const SynapseList& v) const {
      return "a collection of " + std::to_string(v.positions.size()) + " synapses";
    }
    std::string operator()(const ParameterPtr&) const { return "a random parameter"; }
  };
  return std::visit(Visitor{}, value);
}

PropertyGroups given_to_all(Properties values) {
  PropertyGroups groups(1);
  groups.front().values = std::move(values);
  return groups;
}

Result list_of_texts(const std::vector<std::string>& texts) {
  ResultList list;
  for (const std::string& text : texts) list.push_back({text});
  return {std::move(list)};
}

}  // namespace tegmenta
