// Where the synapses of a layout are in the next one.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "synapses/row_store.h"

namespace tegmenta {

class Relocation {
 public:
  explicit Relocation(std::size_t stores) : stores_(stores) {
    for (std::uint32_t s = 0; s < stores; ++s) stores_[s].now = s;
  }

  /// places: partition and offset of each synapse in its new store, by [partition][offset].
  void move(std::uint32_t store, std::uint32_t to,
            std::vector<std::vector<std::uint64_t>>&& places) {
    stores_[store] = {to, std::move(places)};
  }

  /// Devices' connections and stores that stay are where they were.
  SynapsePosition operator()(const SynapsePosition& at) const {
    if (at.store >= stores_.size() || stores_[at.store].places.empty()) return at;
    SynapsePosition now =
        SynapsePosition::unpack(stores_[at.store].places[at.partition][at.offset]);
    now.store = stores_[at.store].now;
    return now;
  }

  void follow(std::vector<std::uint64_t>& positions) const {
    for (std::uint64_t& word : positions) {
      word = (*this)(SynapsePosition::unpack(word)).packed();
    }
  }

 private:
  struct Store {
    std::uint32_t now = 0;
    std::vector<std::vector<std::uint64_t>> places = {};
  };
  std::vector<Store> stores_;
};

}  // namespace tegmenta
