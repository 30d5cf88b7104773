// What Connect makes of devices.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/value.h"
#include "synapses/row_store.h"

namespace tegmenta {

/// A connection from a generator to targets, made by one Connect call.
struct GeneratorList {
  std::uint32_t device;  // index of the generator
  std::uint32_t call;    // names the streams of its draws; of no other connection
  int model = 0;
  std::int64_t label = -1;
  std::uint8_t receptor = 0;
  std::int64_t created = 0;           // step
  std::vector<NodeId> targets;        // ascending; several connections to one target are adjacent
  std::vector<double> weights;        // one, or one a target
  std::vector<std::uint32_t> delays;  // steps; one, or one a target
  std::int64_t since = 0;  // weights and delays are those of what is sent from this step on
  /// What they were for what was sent in the update steps [from, until).
  struct Past {
    std::int64_t from;
    std::int64_t until;
    std::vector<double> weights;
    std::vector<std::uint32_t> delays;
    std::vector<NodeId> targets = {};  // where some have been disconnected since; none: the list's

    template <typename Self, typename Visitor>
    static void fields(Self& self, Visitor& visit) {
      visit("from", self.from);
      visit("until", self.until);
      visit("weights", self.weights);
      visit("delays", self.delays);
      visit("targets", self.targets);
    }
  };
  std::vector<Past> past;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("device", self.device);
    visit("call", self.call);
    visit("model", self.model);
    visit("label", self.label);
    visit("receptor", self.receptor);
    visit("created", self.created);
    visit("targets", self.targets);
    visit("weights", self.weights);
    visit("delays", self.delays);
    visit("since", self.since);
    visit("past", self.past);
  }

  double weight(std::size_t i) const { return weights[weights.size() == 1 ? 0 : i]; }
  std::uint32_t delay(std::size_t i) const { return delays[delays.size() == 1 ? 0 : i]; }
  const std::vector<NodeId>& targets_of(const Past& then) const {
    return then.targets.empty() ? targets : then.targets;
  }
};

/// Neurons or generators recorded by a recorder, or nodes sampled by a multimeter.
struct RecorderList {
  std::uint32_t device;        // index of the recorder
  bool recorder_asks = false;  // the recorder is the source and samples its targets
  int model = 0;
  std::int64_t label = -1;
  std::uint8_t receptor = 0;          // of a reward_transmitter, see RewardReceptor
  std::vector<NodeId> nodes;          // ascending
  std::vector<double> weights;        // one, or one a node; none where the synapses have states
  std::vector<std::uint32_t> delays;  // steps; one, or one a node
  /// Of synapses that decide by states of their own what is transmitted: their weights and states,
  /// by position among the nodes, a row for each node. There is one partition. Null: they transmit
  /// everything.
  std::unique_ptr<RowStore> releasing;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor& visit) {
    visit("device", self.device);
    visit("recorder_asks", self.recorder_asks);
    visit("model", self.model);
    visit("label", self.label);
    visit.added("receptor", self.receptor);
    visit("nodes", self.nodes);
    visit("weights", self.weights);
    visit("delays", self.delays);
    visit("releasing", self.releasing);
  }

  double weight(std::size_t i) const {
    return releasing ? releasing->weight_at(0, i) : weights[weights.size() == 1 ? 0 : i];
  }
  std::uint32_t delay(std::size_t i) const { return delays[delays.size() == 1 ? 0 : i]; }
  /// Where one with states is.
  SynapseInRow releasing_synapse(std::size_t i) const {
    const RowPlace at = releasing->partitions[0].find(i);
    const Run& run = releasing->partitions[0].runs[at.run];
    return {nodes[i], at.row, run.delay(), run.offset, i};
  }
};

}  // namespace tegmenta
