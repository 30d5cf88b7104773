// Connections that go, from their marking to the network without them.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "network/network.h"
#include "synapses/removed.h"

namespace tegmenta {

Error inexistent_connection(NodeId source, NodeId target, const std::string& text);

class Removal {
 public:
  /// Marks those of a list, which is valid. Throws InexistentConnection where one is there twice.
  Removal(Network& network, const SynapseList& list);

  /// Works out what is under way through them, and takes all the memory.
  void prepare();
  /// The connections go; what is left, and who keeps positions of it, closes up.
  void commit() noexcept;

 private:
  bool mark(const SynapsePosition& at);
  void mark_lists_to_drop();
  void mark_stores_to_drop();
  SynapsePosition after(const SynapsePosition& at) const noexcept;
  void shorten_arriving() noexcept;
  void remove_from_rows() noexcept;
  void remove_from_lists() noexcept;
  void drop_stores() noexcept;

  Network& net_;
  WorkerTeam& workers_;
  std::vector<std::vector<Removed>> rows_;             // by store and partition; empty: of none
  std::vector<Removed> of_generators_, of_recorders_;  // by list
  // What is empty afterwards goes as a whole.
  Removed stores_, generator_lists_, recorder_lists_;
  bool plastic_ = false;  // some are
  std::vector<std::pair<std::size_t, GeneratorList>> shorter_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> touched_;  // store and partition
  std::vector<ChosenSynapses*> recorded_;
};

}  // namespace tegmenta
