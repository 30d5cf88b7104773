#include "state_digest.h"

#include <type_traits>
#include <variant>

#include "models/read_outs.h"

namespace tegmenta::testing {

namespace {

std::vector<std::string> names_in(const Result& result) {
  std::vector<std::string> names;
  for (const Result& name : std::get<ResultList>(result.value)) {
    names.push_back(std::get<std::string>(name.value));
  }
  return names;
}

void add_map(StateDigest& digest, const ResultMap& map) {
  for (const auto& [key, value] : map) {
    digest.add(key);
    digest.add(value);
  }
}

}  // namespace

void StateDigest::add(const Result& result) {
  std::visit(
      [&](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, ResultMap>) {
          add_map(*this, value);
        } else if constexpr (std::is_same_v<T, ResultList>) {
          for (const Result& element : value) add(element);
        } else if constexpr (std::is_same_v<T, NameColumn>) {
          for (const std::string& name : value.names()) add(name);
          add(value.codes().data(), value.codes().size() * sizeof(value.codes()[0]));
          add(value.ends().data(), value.ends().size() * sizeof(value.ends()[0]));
        } else if constexpr (std::is_arithmetic_v<T>) {
          add(static_cast<double>(value));
        } else if constexpr (!std::is_same_v<T, std::monostate>) {  // a text or a column
          add(value.data(), value.size() * sizeof(value[0]));
        }
      },
      result.value);
}

std::uint64_t digest_of_state(Simulator& kernel, bool synapses) {
  StateDigest digest;
  if (synapses) {
    const SynapseList all = kernel.get_connections({});
    for (const char* key : {"source", "target", "weight", "delay", "synapse_model"}) {
      digest.add(kernel.get_synapses(all, key));
    }
  }
  std::vector<std::string> models;
  for (const auto& [key, value] : kernel.get_status()) {
    // Of work done, not of the network; the counter is that of the last run alone.
    if (key.starts_with("memory") || key.starts_with("visits")) continue;
    if (key == "local_spike_counter") continue;
    digest.add(key);
    digest.add(value);
    if (key != "node_models" && key != "synapse_models") continue;
    for (std::string& name : names_in(value)) models.push_back(std::move(name));
  }
  for (const std::string& model : models) add_map(digest, kernel.get_defaults(model));
  for (const NodeRange& range : kernel.node_ranges()) {
    const Ids ids = ids_from(range.first, range.last - range.first + 1);
    for (const std::string& key : kernel.node_keys(range.model)) {
      const ReadOutDeclaration* const read_out = find_read_out(key);
      if (read_out && read_out->by_threads) continue;
      digest.add(key);
      digest.add(kernel.get_nodes(ids, key));
    }
  }
  return digest.value();
}

}  // namespace tegmenta::testing
