#include "kernel/digest.h"

#include "base/held.h"
#include "kernel/layout.h"
#include "recording/recorders.h"

namespace tegmenta {

namespace {

void add_device(Digest& digest, const Device& device, const Clock& clock) {
  digest("id", device.id);
  digest("model", device.model_name);
  for (const ParameterDeclaration& parameter : device.description().parameters) {
    digest(parameter.name.c_str(), device.get(parameter.name, clock.grid, clock.now));
  }
}

}  // namespace

std::uint64_t digest_of(Network& network) {
  Watch nobody;
  Layout(network).lay_out(nobody);
  Digest digest;
  digest("settings", network.settings);
  digest("clock", network.clock);
  digest("calls", network.calls);
  digest("catalog", network.catalog);
  for (const auto& prototype : network.catalog.devices) {
    add_device(digest, *prototype, {network.clock.grid, 0});
  }
  digest("nodes", network.nodes);
  for (const auto& device : network.nodes.devices) add_device(digest, *device, network.clock);
  digest("synapses", network.synapses);
  digest("recording", network.recording);
  digest("plasticity", network.plasticity);
  return digest.value();
}

}  // namespace tegmenta
