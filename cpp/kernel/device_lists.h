// Changing and removing devices' connections: what was sent keeps what they had.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "network/network.h"
#include "synapses/removed.h"

namespace tegmenta {

/// Weights and delays of a device's connections as they will be.
struct ChangedList {
  std::uint32_t store;  // kGeneratorStore or kRecorderStore
  std::size_t list;
  std::vector<double> weights;
  std::vector<std::uint32_t> delays;
};

/// What a list of synapses changes, its past given room. weights, delays: one a synapse, or none.
std::vector<ChangedList> changed_lists(Network& network, const SynapseList& list,
                                       const std::vector<double>& weights,
                                       const std::vector<std::uint32_t>& delays);
/// Room for what the list has been until now.
void make_room_for_past(GeneratorList& list, std::int64_t now);
void change_list(Network& network, ChangedList&& changed) noexcept;
/// The list without the connections that go. Neurons still get what those have sent; `targets_get`:
/// its targets do.
GeneratorList without(const GeneratorList& list, const Removed& gone, std::int64_t now,
                      bool targets_get);
/// Takes those that go out of a recorder's list. One that has none left is to be dropped.
// NOLINTNEXTLINE(bugprone-exception-escape)
void remove_from(RecorderList& list, const Removed& gone) noexcept;
/// Forgets what has arrived.
void forget_past(GeneratorList& list, std::int64_t now) noexcept;

}  // namespace tegmenta
