// Positions of device connections, and of synapses that have been removed: they share the word with
// those of rows, under store numbers that no row store can have.
#pragma once

#include <cstddef>
#include <cstdint>

#include "synapses/row_store.h"

namespace tegmenta {

inline constexpr std::uint32_t kRemovedStore = 0xfffd;  // of synapses that are no more
inline constexpr std::uint32_t kGeneratorStore = 0xfffe;
inline constexpr std::uint32_t kRecorderStore = 0xffff;

/// Lists of connections there may be, and connections in one.
inline constexpr std::size_t kMostDeviceLists = std::size_t{1} << 24;
inline constexpr std::size_t kMostDeviceListSize = std::size_t{1} << 24;

inline SynapsePosition device_position(std::uint32_t store, std::size_t list, std::size_t element) {
  // The list takes the partition's 12 bits and the upper 12 of the offset's 36.
  return {store, static_cast<std::uint32_t>(list >> 12),
          (static_cast<std::uint64_t>(list & 0xfff) << 24) | element};
}

inline std::size_t list_of(const SynapsePosition& at) {
  return static_cast<std::size_t>(at.partition) << 12 | static_cast<std::size_t>(at.offset >> 24);
}

inline std::size_t element_of(const SynapsePosition& at) {
  return static_cast<std::size_t>(at.offset & 0xffffff);
}

}  // namespace tegmenta
