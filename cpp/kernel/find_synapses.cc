// GetConnections. The order of synapses is (model, source, delay, target, order of creation), the
// same for any partitioning.
#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "kernel/layout.h"
#include "kernel/synapse_access.h"
#include "synapses/device_position.h"

namespace tegmenta {

namespace {

/// Whether a node is one of those asked for; all are where none are named.
class Membership {
 public:
  Membership(const std::optional<std::vector<NodeId>>& ids, std::size_t nodes) {
    if (!ids) return;
    member_.assign(nodes, 0);
    for (NodeId id : *ids) member_[id] = 1;
  }
  bool all() const { return member_.empty(); }
  bool has(NodeId id) const { return member_.empty() || member_[id]; }

 private:
  std::vector<std::uint8_t> member_;
};

// `first`, `first` + 1, … behind what is there.
void append_successive(std::vector<std::uint64_t>& positions, std::uint64_t first,
                       std::size_t count) {
  const std::size_t before = positions.size();
  positions.resize(before + count);
  std::iota(positions.begin() + static_cast<std::ptrdiff_t>(before), positions.end(), first);
}

class Finder {
 public:
  Finder(const Network& net, const ConnectionFilter& filter, Watch& watch)
      : net_(net),
        filter_(filter),
        watch_(watch),
        sources_(filter.source, net.nodes.records.size()),
        targets_(filter.target, net.nodes.records.size()) {}

  void add_model(int model);

  std::vector<std::uint64_t> positions;

 private:
  /// A run of a row of the source.
  struct Piece {
    std::uint32_t delay_channel;
    std::uint32_t store;
    std::uint32_t partition;
    const Run* run;

    std::uint32_t delay() const { return delay_channel >> 8; }
  };
  using Pieces = std::vector<Piece>;

  template <typename List>
  bool is_wanted(const List& list, int model) const {
    return list.model == model && (!filter_.synapse_label || list.label == *filter_.synapse_label);
  }
  void find_pieces(NodeId source, const std::vector<std::uint32_t>& stores);
  void add_delay(Pieces::const_iterator begin, Pieces::const_iterator end);
  template <typename Add>
  void for_targets(const Piece& piece, Add&& add) const;
  void add_rows(int model);
  void add_generators(int model);
  void add_recorders(int model);

  const Network& net_;
  const ConnectionFilter& filter_;
  Watch& watch_;
  Membership sources_, targets_;
  Pieces pieces_;
  std::vector<std::pair<NodeId, std::uint64_t>> merged_;  // target, position
};

void Finder::find_pieces(NodeId source, const std::vector<std::uint32_t>& stores) {
  pieces_.clear();
  for (std::uint32_t s : stores) {
    const RowStore& store = *net_.synapses.stores[s];
    const NodeId row = source - store.source_low;
    if (source < store.source_low || row >= store.source_count) continue;
    for (std::uint32_t p = 0; p < store.partitions.size(); ++p) {
      const PartitionRows& rows = store.partitions[p];
      if (rows.row_begin.empty()) continue;
      for (std::uint32_t r = rows.row_begin[row]; r < rows.row_begin[row + 1]; ++r) {
        pieces_.push_back({rows.runs[r].delay_channel, s, p, &rows.runs[r]});
      }
    }
  }
  std::stable_sort(pieces_.begin(), pieces_.end(),
                   [](const Piece& a, const Piece& b) { return a.delay() < b.delay(); });
}

/// Calls add(target, position) for the synapses of a run whose targets are asked for.
template <typename Add>
void Finder::for_targets(const Piece& piece, Add&& add) const {
  const PartitionRows& rows = net_.synapses.stores[piece.store]->partitions[piece.partition];
  const auto& nodes = net_.synapses.placement.node_of_slot[piece.partition];
  const std::uint64_t base =
      SynapsePosition{piece.store, piece.partition, piece.run->offset}.packed();
  for (std::uint32_t n = 0; n < piece.run->length; ++n) {
    const NodeId target = nodes[rows.targets[piece.run->offset + n]];
    if (targets_.has(target)) add(target, base + n);
  }
}

/// Runs of one source that have the same delay.
void Finder::add_delay(Pieces::const_iterator begin, Pieces::const_iterator end) {
  const bool several = std::any_of(begin, end, [&](const Piece& piece) {  // targets interleave
    return piece.store != begin->store || piece.delay_channel != begin->delay_channel;
  });
  if (several) {
    merged_.clear();
    for (auto piece = begin; piece != end; ++piece) {
      for_targets(*piece, [&](NodeId target, std::uint64_t position) {
        merged_.emplace_back(target, position);
      });
    }
    std::stable_sort(merged_.begin(), merged_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [target, position] : merged_) positions.push_back(position);
    return;
  }
  for (auto piece = begin; piece != end; ++piece) {
    if (targets_.all()) {
      append_successive(
          positions, SynapsePosition{piece->store, piece->partition, piece->run->offset}.packed(),
          piece->run->length);
    } else {
      for_targets(*piece, [&](NodeId, std::uint64_t position) { positions.push_back(position); });
    }
  }
}

void Finder::add_rows(int model) {
  std::vector<std::uint32_t> stores;
  NodeId low = static_cast<NodeId>(net_.nodes.records.size()), high = 0;
  std::uint64_t count = positions.size();
  for (std::uint32_t s = 0; s < net_.synapses.stores.size(); ++s) {
    const RowStore& store = *net_.synapses.stores[s];
    if (store.source_count == 0 || !is_wanted(store, model)) continue;
    stores.push_back(s);
    low = std::min(low, store.source_low);
    high = std::max(high, store.source_low + store.source_count);
    count += store.synapses();
  }
  if (sources_.all() && targets_.all() && !stores.empty()) reserve_filled(positions, count);
  for (NodeId source = low; source < high; ++source) {
    if (!sources_.has(source)) continue;
    watch_.check();
    find_pieces(source, stores);
    for (auto begin = pieces_.cbegin(); begin != pieces_.cend();) {
      const auto end = std::find_if(begin, pieces_.cend(), [&](const Piece& piece) {
        return piece.delay() != begin->delay();
      });
      add_delay(begin, end);
      begin = end;
    }
  }
}

void Finder::add_generators(int model) {
  for (std::size_t d = 0; d < net_.synapses.of_generators.size(); ++d) {
    const GeneratorList& made = net_.synapses.of_generators[d];
    if (!is_wanted(made, model) || !sources_.has(net_.nodes.devices[made.device]->id)) continue;
    for (std::size_t i = 0; i < made.targets.size(); ++i) {
      if (!targets_.has(made.targets[i])) continue;
      positions.push_back(device_position(kGeneratorStore, d, i).packed());
    }
  }
}

void Finder::add_recorders(int model) {
  for (std::size_t d = 0; d < net_.recording.lists.size(); ++d) {
    const RecorderList& made = net_.recording.lists[d];
    if (!is_wanted(made, model)) continue;
    const NodeId recorder = net_.nodes.devices[made.device]->id;
    const auto& [of_recorder, of_nodes] =
        made.recorder_asks ? std::tie(sources_, targets_) : std::tie(targets_, sources_);
    if (!of_recorder.has(recorder)) continue;
    for (std::size_t i = 0; i < made.nodes.size(); ++i) {
      if (!of_nodes.has(made.nodes[i])) continue;
      positions.push_back(device_position(kRecorderStore, d, i).packed());
    }
  }
}

/// Rows; then connections from generators, then those of recorders, as they were made.
void Finder::add_model(int model) {
  add_rows(model);
  add_generators(model);
  add_recorders(model);
}

}  // namespace

void SynapseAccess::check_filter(const ConnectionFilter& filter) const {
  for (const auto& ids : {filter.source, filter.target}) {
    if (!ids) continue;
    for (NodeId id : *ids) net_.nodes.require(id);
  }
  if (filter.synapse_model) net_.catalog.find_synapse(*filter.synapse_model);
}

SynapseList SynapseAccess::get_connections(const ConnectionFilter& filter, Watch& watch) {
  check_filter(filter);
  const int only_model =
      filter.synapse_model ? net_.catalog.find_synapse(*filter.synapse_model) : -1;
  Layout(net_).lay_out(watch);
  Finder finder(net_, filter, watch);
  for (int model = 0; model < static_cast<int>(net_.catalog.synapses.size()); ++model) {
    if (only_model < 0 || model == only_model) finder.add_model(model);
  }
  SynapseList list;
  list.generation = net_.synapses.generation;
  list.positions = std::move(finder.positions);
  return list;
}

}  // namespace tegmenta
