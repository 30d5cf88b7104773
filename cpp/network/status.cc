// Kernel status.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <string>

#include "base/errors.h"
#include "engine/engine.h"
#include "network/network.h"
#include "network/numbers.h"

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

enum class Counted { kAll, kPlastic };

std::int64_t synapse_bytes(const std::vector<std::unique_ptr<RowStore>>& stores,
                           Counted counted = Counted::kAll) {
  std::int64_t sum = 0;
  for (const auto& store : stores) {
    if (counted == Counted::kPlastic && !store->plastic) continue;
    for (const PartitionRows& rows : store->partitions) sum += rows.bytes();
  }
  return sum;
}

ResultList names(const std::vector<std::string>& list) {
  ResultList results;
  for (const std::string& name : list) results.push_back({name});
  return results;
}

}  // namespace

std::int64_t bytes_of(const Population& population) {
  return static_cast<std::int64_t>(population.size() *
                                   Population::bytes_per_neuron(population.model()));
}

std::int64_t bytes_of(const Device& device) {
  constexpr std::int64_t kParameters = 1000;  // about
  const auto* recorder = dynamic_cast<const Recorder*>(&device);
  return kParameters + (recorder ? recorder->bytes() : 0);
}

std::int64_t bytes_of(const DeviceProjection& list) {
  std::size_t sum = list.targets.size() * sizeof(NodeId);
  const auto add = [&](const auto& sent) {
    sum += sent.weights.size() * sizeof(double) + sent.delays.size() * sizeof(std::uint32_t);
  };
  add(list);
  for (const DeviceProjection::Past& past : list.past) add(past);
  return static_cast<std::int64_t>(sum);
}

void Network::measure() noexcept {
  std::int64_t sum = synapse_bytes(stores_);
  for (const auto& population : populations_) sum += bytes_of(*population);
  for (const auto& device : devices_) sum += bytes_of(*device);
  for (const auto& list : device_projections_) sum += bytes_of(list);
  for (const auto& list : recording_projections_) {
    sum += static_cast<std::int64_t>(list.nodes.size() * sizeof(NodeId));
  }
  sum += static_cast<std::int64_t>(nodes_.size() * sizeof(NodeRecord) +
                                   placement_.place.size() * sizeof(std::uint32_t));
  for (const auto& nodes : placement_.node_of_slot) {
    sum += static_cast<std::int64_t>(nodes.size() * sizeof(NodeId));
  }
  for (const Calendar& calendar : calendars_) sum += calendar.bytes();
  for (const auto& plastic : plastic_) sum += plastic->bytes();
  bytes_ = sum;
}

namespace {

struct Attribute {
  const char* name;
  Result (*read)(Network&);
};

template <typename Count>
double sum_of_visits(const Network& network, Count VisitCounts::* count) {
  Count sum = 0;
  for (const auto& plastic : network.plastic_) sum += plastic->counts.*count;
  return static_cast<double>(sum);
}

double bytes_read(const Network& network) {
  std::int64_t read = 0;
  for (const auto& store : network.stores_) {
    for (const PartitionRows& rows : store->partitions) read += rows.bytes_read();
  }
  return static_cast<double>(read);
}

const Attribute kAttributes[] = {
    {"resolution", [](Network& n) { return Result{n.grid_.resolution_ms()}; }},
    {"tics_per_ms", [](Network& n) { return Result{n.grid_.tics_per_ms()}; }},
    {"ms_per_tic", [](Network& n) { return Result{n.grid_.ms_per_tic()}; }},
    {"tics_per_step",
     [](Network& n) { return Result{static_cast<double>(n.grid_.tics_per_step())}; }},
    {"T_max", [](Network& n) { return Result{n.grid_.ms_from_steps(n.grid_.max_step())}; }},
    {"T_min", [](Network& n) { return Result{-n.grid_.ms_from_steps(n.grid_.max_step())}; }},
    {"biological_time", [](Network& n) { return Result{n.grid_.nearest_ms_from_steps(n.now_)}; }},
    {"min_delay", [](Network& n) { return Result{n.grid_.nearest_ms_from_steps(n.min_delay())}; }},
    {"max_delay", [](Network& n) { return Result{n.grid_.nearest_ms_from_steps(n.max_delay())}; }},
    {"local_num_threads",
     [](Network& n) { return Result{static_cast<double>(n.status_.threads)}; }},
    {"rng_seed", [](Network& n) { return Result{static_cast<double>(n.status_.seed)}; }},
    {"weight_precision",
     [](Network& n) {
       return Result{std::string(n.status_.single_precision ? "single" : "double")};
     }},
    {"simd_level", [](Network& n) { return Result{std::string(n.status_.simd->name)}; }},
    {"prepared", [](Network& n) { return Result{n.prepared_}; }},
    {"network_size", [](Network& n) { return Result{static_cast<double>(n.node_count())}; }},
    {"num_connections",
     [](Network& n) { return Result{static_cast<double>(n.connection_count())}; }},
    {"local_spike_counter", [](Network& n) { return Result{static_cast<double>(n.last_spikes_)}; }},
    {"memory_synapses",
     [](Network& n) { return Result{static_cast<double>(synapse_bytes(n.stores_))}; }},
    {"memory_rows_read", [](Network& n) { return Result{bytes_read(n)}; }},
    {"memory_plastic_synapses",
     [](Network& n) {
       return Result{static_cast<double>(synapse_bytes(n.stores_, Counted::kPlastic))};
     }},
    {"memory_total", [](Network& n) { return Result{static_cast<double>(n.bytes())}; }},
    {"visits", [](Network& n) { return Result{sum_of_visits(n, &VisitCounts::synapses)}; }},
    {"visits_flushed", [](Network& n) { return Result{sum_of_visits(n, &VisitCounts::flushed)}; }},
    {"visits_closed_form",
     [](Network& n) { return Result{sum_of_visits(n, &VisitCounts::closed_form)}; }},
    {"visits_by_stretch",
     [](Network& n) { return Result{sum_of_visits(n, &VisitCounts::by_stretch)}; }},
    {"visits_by_event",
     [](Network& n) { return Result{sum_of_visits(n, &VisitCounts::by_event)}; }},
    {"node_models", [](Network& n) { return Result{names(n.node_model_names())}; }},
    {"synapse_models", [](Network& n) { return Result{names(n.synapse_model_names())}; }},
    {"connection_rules", [](Network&) { return Result{names(connection_rule_names())}; }},
};

}  // namespace

std::vector<std::string> status_keys() {
  std::vector<std::string> keys;
  for (const Attribute& attribute : kAttributes) keys.emplace_back(attribute.name);
  return keys;
}

ResultMap Network::get_status(const std::vector<std::string>& keys) {
  ResultMap map;
  for (const std::string& key : keys) {
    const auto* const found =
        std::find_if(std::begin(kAttributes), std::end(kAttributes),
                     [&](const Attribute& attribute) { return attribute.name == key; });
    if (found == std::end(kAttributes)) {
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         "The kernel has no attribute", key, status_keys());
    }
    map.emplace_back(key, found->read(*this));
  }
  return map;
}

void Network::set_status(const Properties& params) {
  TimeGrid grid = grid_;
  KernelStatus next = status_;
  bool new_grid = false, new_threads = false, clear_time = false;
  double tics_per_ms = grid_.tics_per_ms(), resolution = grid_.resolution_ms();
  bool tics_given = false, resolution_given = false;
  const Value* low = nullptr;
  const Value* high = nullptr;
  const std::string owner;  // the names say enough
  const auto fresh = [&](const std::string& key) {
    const char* why = nodes_.size() > 1   ? "nodes exist"
                      : now_ > 0          ? "time has advanced"
                      : defaults_changed_ ? "model defaults were changed"
                                          : nullptr;
    if (why) {
      throw Error(ErrorKind::kKernelException,
                  key + " cannot be changed once " + why + "; call ResetKernel first.",
                  {{"parameter", key}});
    }
  };
  for (const auto& [key, value] : params) {
    if (key == "resolution") {
      resolution = require_number(owner, key, value);
      resolution_given = true;
    } else if (key == "tics_per_ms") {
      tics_per_ms = static_cast<double>(require_integer(owner, key, value, 1, 1e9));
      tics_given = true;
    } else if (key == "local_num_threads") {
      next.threads = static_cast<int>(require_integer(owner, key, value, 1, 1024));
      new_threads = next.threads != status_.threads;
      if (new_threads) fresh(key);
    } else if (key == "rng_seed") {
      next.seed = static_cast<std::uint32_t>(require_integer(owner, key, value, 1, 4294967295.0));
    } else if (key == "min_delay") {
      low = &value;
    } else if (key == "max_delay") {
      high = &value;
    } else if (key == "biological_time") {
      if (require_number(owner, key, value) != 0) {
        throw bad_value(ErrorKind::kBadProperty, owner, key, require_number(owner, key, value),
                        "0");
      }
      clear_time = true;
    } else if (key == "weight_precision") {
      const std::string& text = require_string(owner, key, value);
      if (text != "single" && text != "double") {
        throw bad_value(ErrorKind::kBadProperty, owner, key, text, "'single' or 'double'");
      }
      next.single_precision = text == "single";
    } else if (key == "simd_level") {
      const std::string& text = require_string(owner, key, value);
      next.simd = &simd::require_level(owner, key, text);
    } else {
      std::vector<std::string> known = {"resolution", "tics_per_ms",     "local_num_threads",
                                        "rng_seed",   "min_delay",       "max_delay",
                                        "simd_level", "biological_time", "weight_precision"};
      for (const std::string& name : status_keys()) {
        if (name == key && std::find(known.begin(), known.end(), key) == known.end()) {
          throw Error(ErrorKind::kBadProperty, key + " of the kernel can only be read.",
                      {{"parameter", key}});
        }
      }
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         "The kernel has no setting", key, known);
    }
  }
  if (tics_given && !resolution_given) {
    throw Error(ErrorKind::kBadProperty, "tics_per_ms can only be set together with resolution.",
                {{"parameter", std::string("tics_per_ms")}});
  }
  if (resolution_given) {
    const auto made = std::isfinite(resolution) && resolution > 0
                          ? TimeGrid::with_resolution(resolution, tics_per_ms)
                          : std::nullopt;
    if (!made) {
      throw bad_value(
          ErrorKind::kBadProperty, owner, "resolution", resolution,
          "a whole number of tics (" + format_number(1 / tics_per_ms) + " ms), at least one");
    }
    new_grid = !(*made == grid_);
    grid = *made;
    if (new_grid) fresh("resolution");
  }
  if ((low == nullptr) != (high == nullptr)) {
    throw Error(ErrorKind::kBadProperty, "min_delay and max_delay can only be set together.",
                {{"parameter", std::string(low ? "max_delay" : "min_delay")}});
  }
  if (low) {
    const double lo = require_number(owner, "min_delay", *low);
    const double hi = require_number(owner, "max_delay", *high);
    if (connection_count() > 0) {
      throw Error(ErrorKind::kBadProperty,
                  "min_delay and max_delay cannot be set once connections exist.",
                  {{"parameter", std::string("min_delay")}});
    }
    if (!(lo >= grid.resolution_ms()) || !std::isfinite(lo)) {
      throw bad_value(ErrorKind::kBadDelay, owner, "min_delay", lo,
                      "≥ the resolution (" + format_number(grid.resolution_ms()) + " ms)");
    }
    if (!(hi >= lo) || !(hi < grid.resolution_ms() * (1 << 21))) {
      throw bad_value(ErrorKind::kBadDelay, owner, "max_delay", hi,
                      "≥ min_delay (" + format_number(lo) + " ms) and below 2^21 steps");
    }
    next.user_delays = true;
    next.user_min_delay = static_cast<std::int64_t>(lo * grid.steps_per_ms() + 1e-9);
    next.user_max_delay = static_cast<std::int64_t>(std::ceil(hi * grid.steps_per_ms() - 1e-9));
  }
  if (clear_time && now_ != 0) {
    throw Error(ErrorKind::kNotImplemented,
                "biological_time cannot be set back once the kernel has simulated; use "
                "ResetKernel.",
                {{"parameter", std::string("biological_time")}});
  }

  if (new_grid && next.user_delays && !low) {
    // Limits set earlier keep their length in ms, on the new grid.
    const double lo = grid_.nearest_ms_from_steps(next.user_min_delay);
    const double hi = grid_.nearest_ms_from_steps(next.user_max_delay);
    next.user_min_delay =
        std::max<std::int64_t>(1, static_cast<std::int64_t>(lo * grid.steps_per_ms() + 1e-9));
    next.user_max_delay = std::max(
        next.user_min_delay, static_cast<std::int64_t>(std::ceil(hi * grid.steps_per_ms() - 1e-9)));
  }
  std::vector<std::unique_ptr<Device>> prototypes;
  if (new_grid) {
    for (const auto& prototype : device_prototypes_) {
      prototypes.push_back(prototype->clone());
      prototypes.back()->on_resolution(grid);
    }
  }

  // From here on nothing can fail.
  status_ = next;
  if (new_grid) {
    grid_ = grid;
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
