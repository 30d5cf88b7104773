// Where neurons live: partitions of nearly the same expected cost.
#include <algorithm>
#include <utility>
#include <vector>

#include "base/work_per_thread.h"
#include "kernel/layout.h"

namespace tegmenta {

namespace {

constexpr std::uint32_t kSlotsPerPartition = 65536;  // a target is 16 bits
constexpr std::uint32_t kLanesTogether = 64;         // a group of lanes shares Philox blocks
// Room for the rounding of chunks keeps a share below what 16 bits can address.
constexpr std::uint64_t kMostSlots = kSlotsPerPartition - 2 * kLanesTogether;

std::uint32_t round_up(std::uint32_t n, std::uint32_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

/// Lanes of one population that stay together.
struct LaneGroup {
  std::uint32_t population;
  std::uint32_t lane;
  std::uint32_t lanes;
  NodeId first;
  Receives receives;

  std::uint32_t slots() const { return round_up(lanes, kLaneGroup); }
};

/// Fills partition after partition with groups of lanes.
class Placer {
 public:
  /// slots, cost: of all that will be placed.
  Placer(NodeId end, std::uint64_t slots, double cost, int threads)
      : left_(slots), partitions_(partitions_for(slots, static_cast<std::uint64_t>(threads))) {
    share_ = cost / static_cast<double>(partitions_);
    placement.end = end;
    placement.place.assign(end, Placement::kNone);
    placement.node_of_slot.resize(partitions_);
    placement.receives.resize(partitions_);
    placement.chunks.resize(partitions_);
    placement.partition_first.assign(partitions_, end);
    placement.partition_first[0] = 1;
  }

  void add(const LaneGroup& group, double cost) {
    if (is_full_for(group, cost)) {
      ++partition_;
      used_ = 0;
    }
    if (used_ == 0 && partition_ > 0) placement.partition_first[partition_] = group.first;
    auto& chunks = placement.chunks[partition_];
    if (used_ > 0 && chunks.back().population == group.population) {
      chunks.back().lane_end = group.lane + group.lanes;
    } else {
      chunks.push_back({group.population, group.lane, group.lane + group.lanes, used_});
    }
    put(group);
    used_ += group.slots();
    left_ -= group.slots();
    placed_ += cost;
  }

  Placement placement;

 private:
  static std::uint64_t partitions_for(std::uint64_t slots, std::uint64_t threads) {
    const std::uint64_t most = threads * kMostSlots;
    return std::max<std::uint64_t>(1, (slots + most - 1) / most) * threads;
  }
  bool is_full_for(const LaneGroup& group, double cost) const {
    if (partition_ + 1 >= partitions_ || used_ == 0) return false;
    const bool has_share = placed_ + cost / 2 >= share_ * static_cast<double>(partition_ + 1);
    const bool rest_fits = left_ <= (partitions_ - partition_ - 1) * kMostSlots;
    return used_ + group.slots() > kMostSlots || (has_share && rest_fits);
  }
  void put(const LaneGroup& group) {
    auto& nodes = placement.node_of_slot[partition_];
    auto& receives = placement.receives[partition_];
    nodes.resize(used_ + group.slots(), 0);
    receives.resize(used_ + group.slots(), Receives::kInput);
    for (std::uint32_t i = 0; i < group.lanes; ++i) {
      nodes[used_ + i] = group.first + i;
      receives[used_ + i] = group.receives;
      placement.place[group.first + i] = static_cast<std::uint32_t>(partition_) << 16 | (used_ + i);
    }
  }

  std::uint64_t left_;  // slots to be placed
  std::uint64_t partitions_;
  double share_ = 0;   // cost
  double placed_ = 0;  // cost
  std::size_t partition_ = 0;
  std::uint32_t used_ = 0;  // slots of the partition
};

}  // namespace

namespace {

// Each part of a network costs something by itself, whoever does it.
int threads_for(double cost, int most) {
  const double least = std::max(1.0, work_per_thread());
  return static_cast<int>(std::clamp(cost / least, 1.0, static_cast<double>(most)));
}

}  // namespace

// What a neuron is expected to cost a step, in updates of one: its own update, what generators give
// it, and the spikes that reach it when every source fires at a moderate rate.
std::vector<float> Layout::expected_costs() const {
  constexpr double kSpikesPerSecond = 10;
  constexpr double kGenerator = 0.5;  // drawing one input costs about half an update
  const auto synapse =
      static_cast<float>(kSpikesPerSecond * net_.clock.grid.resolution_ms() / 1000);
  std::vector<float> costs(net_.nodes.records.size(), 1);
  for (const auto& store : net_.synapses.stores) {
    for (std::size_t p = 0; p < store->partitions.size(); ++p) {
      const auto& nodes = net_.synapses.placement.node_of_slot[p];
      for (std::uint16_t slot : store->partitions[p].targets) costs[nodes[slot]] += synapse;
    }
    for (const Projection& projection : store->staged) {
      const std::vector<NodeId>& targets = projection.pattern.synapse_targets();
      const auto each = synapse * static_cast<float>(static_cast<double>(projection.synapses) /
                                                     static_cast<double>(targets.size()));
      for (NodeId id : targets) costs[id] += each;
    }
  }
  for (const GeneratorList& list : net_.synapses.of_generators) {
    for (NodeId id : list.targets) costs[id] += static_cast<float>(kGenerator);
  }
  return costs;
}

// Ranges of neurons of nearly the same expected cost, split between groups of lanes.
Placement Layout::place_nodes() const {
  const std::vector<float> costs = expected_costs();
  const auto cost_of = [&](NodeId first, std::uint32_t n) {
    double sum = 0;
    for (std::uint32_t i = 0; i < n; ++i) sum += costs[first + i];
    return sum;
  };
  std::uint64_t slots = 0;
  double cost = 0;
  for (const auto& population : net_.nodes.populations) {
    const auto size = static_cast<std::uint32_t>(population->size());
    slots += round_up(size, kLaneGroup);
    cost += cost_of(population->first(), size);
  }
  Placer placer(static_cast<NodeId>(net_.nodes.records.size()), slots, cost,
                threads_for(cost, net_.settings.threads));
  for (std::uint32_t index = 0; index < net_.nodes.populations.size(); ++index) {
    const Population& population = *net_.nodes.populations[index];
    const auto size = static_cast<std::uint32_t>(population.size());
    for (std::uint32_t lane = 0; lane < size; lane += kLanesTogether) {
      const LaneGroup group{index, lane, std::min(kLanesTogether, size - lane),
                            population.first() + lane, receives(population.model())};
      placer.add(group, cost_of(group.first, group.lanes));
    }
  }
  return std::move(placer.placement);
}

}  // namespace tegmenta
