// Kernel status.
#include <algorithm>
#include <cmath>
#include <string>

#include "base/errors.h"
#include "kernel/descriptions.h"
#include "kernel/kernel_attributes.h"
#include "models/numbers.h"
#include "network/network.h"

namespace tegmenta {

std::int64_t Network::min_delay() {
  find_staged_delays();
  return status_.user_delays ? status_.user_min_delay : std::max<std::int64_t>(1, delay_low_);
}

std::int64_t Network::max_delay() {
  find_staged_delays();
  return status_.user_delays ? status_.user_max_delay : std::max<std::int64_t>(1, delay_high_);
}

std::uint64_t Network::connection_count() const {
  std::uint64_t count = 0;
  for (const auto& store : stores_) {
    count += store->synapses();
    for (const Projection& p : store->staged) count += p.synapses;
  }
  for (const auto& list : device_projections_) count += list.targets.size();
  for (const auto& list : recording_projections_) count += list.nodes.size();
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
void set_delay_limits(double low_ms, double high_ms, const TimeGrid& grid, KernelStatus& status) {
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
  if (change.network.connection_count() > 0) {
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
  if (!change.clears_time || change.network.now_ == 0) return;
  throw Error(ErrorKind::kNotImplemented,
              "biological_time cannot be set back once the kernel has simulated; use "
              "ResetKernel.",
              {{"parameter", std::string("biological_time")}});
}

/// Limits set earlier keep their length in ms, on the new grid.
void move_delay_limits(StatusChange& change) {
  KernelStatus& status = change.status;
  if (!status.user_delays || change.min_delay) return;
  const TimeGrid& before = change.network.grid_;
  set_delay_limits(before.nearest_ms_from_steps(status.user_min_delay),
                   before.nearest_ms_from_steps(status.user_max_delay), change.grid, status);
  status.user_min_delay = std::max<std::int64_t>(1, status.user_min_delay);
  status.user_max_delay = std::max(status.user_min_delay, status.user_max_delay);
}

}  // namespace

void require_fresh(const std::string& attribute, const Network& network) {
  const char* why = network.nodes_.size() > 1   ? "nodes exist"
                    : network.now_ > 0          ? "time has advanced"
                    : network.defaults_changed_ ? "model defaults were changed"
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

ResultMap Network::get_status(const std::vector<std::string>& keys) {
  ResultMap map;
  for (const std::string& key : keys) {
    const KernelAttribute* attribute = find_attribute(key);
    if (!attribute) {
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         "The kernel has no attribute", key, status_keys());
    }
    map.emplace_back(key, attribute->read(*this));
  }
  return map;
}

void Network::set_status(const Properties& params) {
  StatusChange change(*this);
  read_settings(params, change);
  check_grid(change);
  check_delays(change);
  check_time(change);
  const bool new_grid = !(change.grid == grid_);
  std::vector<std::unique_ptr<Device>> prototypes;
  if (new_grid) {
    move_delay_limits(change);
    for (const auto& prototype : device_prototypes_) {
      prototypes.push_back(prototype->clone());
      prototypes.back()->on_resolution(change.grid);
    }
  }

  // From here on nothing can fail.
  status_ = change.status;
  if (new_grid) {
    grid_ = change.grid;
    device_prototypes_ = std::move(prototypes);
    for (SynapseModelEntry& model : synapse_models_) {
      model.delay_ms =
          std::max(grid_.resolution_ms(),
                   grid_.nearest_ms_from_steps(grid_.delay_steps_from_ms(model.delay_ms)));
    }
  }
  devices_changed_ = true;
}

}  // namespace tegmenta
