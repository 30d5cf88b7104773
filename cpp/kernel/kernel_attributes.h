// The attributes of a kernel: one table, from which GetKernelStatus, SetKernelStatus, the types in
// TypeScript and the documentation derive.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time_grid.h"
#include "base/value.h"
#include "models/declaration.h"
#include "network/network.h"

namespace tegmenta {

/// In error texts: the names of attributes say enough.
inline constexpr const char* kNoOwner = "";

/// What one SetSettings asks for. Writers fill it; the network stays as it is until all of it
/// has been accepted.
struct StatusChange {
  explicit StatusChange(const Network& net)
      : network(net), grid(net.clock.grid), status(net.settings) {}

  const Network& network;
  TimeGrid grid;
  Settings status;
  std::optional<double> resolution;
  std::optional<double> tics_per_ms;
  // Not read before the grid is known, which they are measured against.
  const Value* min_delay = nullptr;
  const Value* max_delay = nullptr;
  bool clears_time = false;
};

/// One attribute. What it allows is its range or its choices, unless `allowed` says more.
struct KernelAttribute {
  const char* name;
  ParameterType type = ParameterType::kDouble;
  const char* unit = "";
  const char* description;
  Result (*read)(Network& network);
  /// Null: can only be read.
  void (*write)(const KernelAttribute& attribute, const Value& value,
                StatusChange& change) = nullptr;
  Range range = {};
  std::vector<std::string> choices = {};
  const char* allowed = "";
  /// Where it is not simply what a new kernel has.
  const char* default_text = "";
};

/// The attributes, in the order of GetKernelStatus.
const std::vector<KernelAttribute>& kernel_attributes();

/// Throws KernelException where the network has begun to depend on the attribute.
void require_fresh(const std::string& attribute, const Network& network);

/// What an attribute that can be set allows, in words.
std::string allowed_text(const KernelAttribute& attribute);

}  // namespace tegmenta
