// Values on their way into the core (Value) and out of it (Result).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/column.h"
#include "base/name_column.h"

namespace tegmenta {

class ParameterExpression;
using ParameterPtr = std::shared_ptr<const ParameterExpression>;

using NodeId = std::uint32_t;

struct NodeIds {
  std::vector<NodeId> ids;
};

/// Positions of synapses in the order (model, source, delay, target, creation). Becomes stale when
/// the network changes.
struct SynapseList {
  std::vector<std::uint64_t> positions;
  std::uint64_t generation = 0;
};

using Value = std::variant<bool, double, std::string, std::vector<double>, std::vector<bool>,
                           std::vector<std::string>, std::vector<std::vector<double>>, NodeIds,
                           SynapseList, ParameterPtr>;

/// Keys and values in the order they were given.
using Properties = std::vector<std::pair<std::string, Value>>;

/// What some nodes or synapses of a list are given. Of values given one each there are as many as
/// there are of them.
struct PropertyGroup {
  Properties values;
  std::optional<std::vector<std::uint32_t>> positions;  // in the list, ascending; none: all of it

  std::size_t size(std::size_t length) const { return positions ? positions->size() : length; }
  std::size_t position(std::size_t i) const { return positions ? (*positions)[i] : i; }
};
/// No position is in two of them.
using PropertyGroups = std::vector<PropertyGroup>;

/// The same properties for a whole list.
PropertyGroups given_to_all(Properties values);

struct Result;
using ResultList = std::vector<Result>;
using ResultMap = std::vector<std::pair<std::string, Result>>;

struct Result {
  std::variant<std::monostate, bool, double, std::string, Column<double>, Column<std::uint32_t>,
               NameColumn, ResultList, ResultMap>
      value;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("value", self.value);
  }
};

/// A list of texts.
Result list_of_texts(const std::vector<std::string>& texts);

/// What kind of value it is, in words for error texts ("a number", "an array of numbers", …).
std::string describe(const Value& value);

}  // namespace tegmenta
