#include "kernel/status.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/errors.h"
#include "kernel/connector.h"
#include "kernel/descriptions.h"
#include "kernel/kernel_attributes.h"
#include "models/numbers.h"

namespace tegmenta {

std::int64_t min_delay(Network& network) {
  Connector(network).find_staged_delays();
  return network.settings.user_delays ? network.settings.user_min_delay
                                      : std::max<std::int64_t>(1, network.synapses.delays.low);
}

std::int64_t max_delay(Network& network) {
  Connector(network).find_staged_delays();
  return network.settings.user_delays ? network.settings.user_max_delay
                                      : std::max<std::int64_t>(1, network.synapses.delays.high);
}

std::uint64_t connection_count(const Network& network) {
  std::uint64_t count = 0;
  for (const auto& store : network.synapses.stores) {
    count += store->synapses_and_staged();
  }
  for (const auto& list : network.synapses.of_generators) count += list.targets.size();
  for (const auto& list : network.recording.lists) count += list.nodes.size();
  return count;
}

namespace {

const KernelAttribute* find_attribute(const std::string& name) {
  const auto& all = kernel_attributes();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> setting_names() {
  std::vector<std::string> names;
  for (const KernelAttribute& attribute : kernel_attributes()) {
    if (attribute.write) names.emplace_back(attribute.name);
  }
  return names;
}

/// What a new kernel has.
std::string default_text(const KernelAttribute& attribute, Network& fresh) {
  if (*attribute.default_text != '\0') return attribute.default_text;
  const Result result = attribute.read(fresh);
  if (const auto* x = std::get_if<double>(&result.value)) return format_number(*x);
  if (const auto* flag = std::get_if<bool>(&result.value)) return *flag ? "true" : "false";
  return "'" + std::get<std::string>(result.value) + "'";
}

void read_settings(const Properties& params, StatusChange& change) {
  for (const auto& [key, value] : params) {
    const KernelAttribute* attribute = find_attribute(key);
    if (!attribute) {
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         "The kernel has no setting", key, setting_names());
    }
    if (!attribute->write) {
      throw Error(ErrorKind::kBadProperty, key + " of the kernel can only be read.",
                  {{"parameter", key}});
    }
    attribute->write(*attribute, value, change);
  }
}

/// The new grid, whose parts depend on each other.
void check_grid(StatusChange& change) {
  if (!change.resolution) {
    if (!change.tics_per_ms) return;
    throw Error(ErrorKind::kBadProperty, "tics_per_ms can only be set together with resolution.",
                {{"parameter", std::string("tics_per_ms")}});
  }
  const double resolution = *change.resolution;
  const double tics_per_ms = change.tics_per_ms.value_or(change.grid.tics_per_ms());
  const auto made = std::isfinite(resolution) && resolution > 0
                        ? TimeGrid::with_resolution(resolution, tics_per_ms)
                        : std::nullopt;
  if (!made) {
    throw bad_value(
        ErrorKind::kBadProperty, kNoOwner, "resolution", resolution,
        "a whole number of tics (" + format_number(1 / tics_per_ms) + " ms), at least one");
  }
  if (*made == change.grid) return;
  change.grid = *made;
  require_fresh("resolution", change.network);
}

/// Limits of delays that a user gives, in steps that contain them.
void set_delay_limits(double low_ms, double high_ms, const TimeGrid& grid, Settings& status) {
  status.user_min_delay = static_cast<std::int64_t>(low_ms * grid.steps_per_ms() + 1e-9);
  status.user_max_delay =
      static_cast<std::int64_t>(std::ceil(high_ms * grid.steps_per_ms() - 1e-9));
}

void check_delays(StatusChange& change) {
  const Value* low = change.min_delay;
  const Value* high = change.max_delay;
  if ((low == nullptr) != (high == nullptr)) {
    throw Error(ErrorKind::kBadProperty, "min_delay and max_delay can only be set together.",
                {{"parameter", std::string(low ? "max_delay" : "min_delay")}});
  }
  if (!low) return;
  const double lo = require_number(kNoOwner, "min_delay", *low);
  const double hi = require_number(kNoOwner, "max_delay", *high);
  if (connection_count(change.network) > 0) {
    throw Error(ErrorKind::kBadProperty,
                "min_delay and max_delay cannot be set once connections exist.",
                {{"parameter", std::string("min_delay")}});
  }
  const double resolution = change.grid.resolution_ms();
  if (!(lo >= resolution) || !std::isfinite(lo)) {
    throw bad_value(ErrorKind::kBadDelay, kNoOwner, "min_delay", lo,
                    "≥ the resolution (" + format_number(resolution) + " ms)");
  }
  if (!(hi >= lo) || !(hi < resolution * (1 << 21))) {
    throw bad_value(ErrorKind::kBadDelay, kNoOwner, "max_delay", hi,
                    "≥ min_delay (" + format_number(lo) + " ms) and below 2^21 steps");
  }
  change.status.user_delays = true;
  set_delay_limits(lo, hi, change.grid, change.status);
}

void check_time(const StatusChange& change) {
  if (!change.clears_time || change.network.clock.now == 0) return;
  throw Error(ErrorKind::kNotImplemented,
              "biological_time cannot be set back once the kernel has simulated; use "
              "ResetKernel.",
              {{"parameter", std::string("biological_time")}});
}

/// Limits set earlier keep their length in ms, on the new grid.
void move_delay_limits(StatusChange& change) {
  Settings& status = change.status;
  if (!status.user_delays || change.min_delay) return;
  const TimeGrid& before = change.network.clock.grid;
  set_delay_limits(before.nearest_ms_from_steps(status.user_min_delay),
                   before.nearest_ms_from_steps(status.user_max_delay), change.grid, status);
  status.user_min_delay = std::max<std::int64_t>(1, status.user_min_delay);
  status.user_max_delay = std::max(status.user_min_delay, status.user_max_delay);
}

}  // namespace

void require_fresh(const std::string& attribute, const Network& network) {
  const char* why = network.nodes.records.size() > 1 ? "nodes exist"
                    : network.clock.now > 0          ? "time has advanced"
                    : network.catalog.changed        ? "model defaults were changed"
                                                     : nullptr;
  if (!why) return;
  throw Error(ErrorKind::kKernelException,
              attribute + " cannot be changed once " + why + "; call ResetKernel first.",
              {{"parameter", attribute}});
}

std::vector<std::string> status_keys() {
  std::vector<std::string> keys;
  for (const KernelAttribute& attribute : kernel_attributes()) keys.emplace_back(attribute.name);
  return keys;
}

std::vector<KernelAttributeDescription> kernel_attribute_descriptions() {
  Network fresh;
  std::vector<KernelAttributeDescription> descriptions;
  for (const KernelAttribute& attribute : kernel_attributes()) {
    const bool settable = attribute.write != nullptr;
    descriptions.push_back({.name = attribute.name,
                            .type = attribute.type,
                            .unit = attribute.unit,
                            .default_text = settable ? default_text(attribute, fresh) : "",
                            .allowed = settable ? allowed_text(attribute) : "",
                            .choices = attribute.choices,
                            .role = settable ? Role::kParameter : Role::kReadOnly,
                            .description = attribute.description});
  }
  return descriptions;
}

ResultMap get_status(Network& network, const std::vector<std::string>& keys) {
  ResultMap map;
  for (const std::string& key : keys) {
    const KernelAttribute* attribute = find_attribute(key);
    if (!attribute) {
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         "The kernel has no attribute", key, status_keys());
    }
    map.emplace_back(key, attribute->read(network));
  }
  return map;
}

void set_status(Network& network, const Properties& params) {
  StatusChange change(network);
  read_settings(params, change);
  check_grid(change);
  check_delays(change);
  check_time(change);
  const bool new_grid = !(change.grid == network.clock.grid);
  std::vector<std::unique_ptr<Device>> prototypes;
  std::vector<NeuronModelEntry> neurons;
  if (new_grid) {
    // Users have set none of them: the resolution could not be changed any more.
    neurons = network.catalog.neurons;
    for (NeuronModelEntry& entry : neurons) {
      entry.model->set_defaults(change.grid, entry.parameters.data(), entry.states.data());
    }
    move_delay_limits(change);
    for (const auto& prototype : network.catalog.devices) {
      prototypes.push_back(prototype->clone());
      prototypes.back()->on_resolution(change.grid);
    }
  }
  // Spikes under way keep the draws of the seed with which they were sent.
  if (change.status.seed_of_run() != network.settings.seed_of_run()) network.settle_plasticity();

  // From here on nothing can fail.
  network.settings = change.status;
  if (new_grid) {
    network.clock.grid = change.grid;
    network.catalog.devices = std::move(prototypes);
    network.catalog.neurons = std::move(neurons);
    for (SynapseModelEntry& model : network.catalog.synapses) {
      model.delay_ms = std::max(network.clock.grid.resolution_ms(),
                                network.clock.grid.nearest_ms_from_steps(
                                    network.clock.grid.delay_steps_from_ms(model.delay_ms)));
    }
  }
  network.nodes.devices_changed = true;
}

}  // namespace tegmenta
