#include "kernel/kernel_attributes.h"

#include <algorithm>
#include <cstdint>

#include "base/errors.h"
#include "kernel/descriptions.h"
#include "kernel/guard_options.h"
#include "kernel/memory_used.h"
#include "kernel/status.h"
#include "models/numbers.h"
#include "simd/dispatch.h"

namespace tegmenta {

namespace {

Result number(auto count) { return Result{static_cast<double>(count)}; }

Result visits(const Network& network, std::uint64_t VisitCounts::* count) {
  std::uint64_t sum = 0;
  for (const auto& plastic : network.plasticity.partitions) sum += plastic->counts.*count;
  return number(sum);
}

std::int64_t integer(const KernelAttribute& attribute, const Value& value) {
  return require_integer(kNoOwner, attribute.name, value, attribute.range.low,
                         attribute.range.high);
}

const std::string& choice(const KernelAttribute& attribute, const Value& value) {
  const std::string& text = require_string(kNoOwner, attribute.name, value);
  const auto& choices = attribute.choices;
  if (std::find(choices.begin(), choices.end(), text) == choices.end()) {
    throw bad_value(ErrorKind::kBadProperty, kNoOwner, attribute.name, text,
                    allowed_text(attribute));
  }
  return text;
}

bool flag(const KernelAttribute& attribute, const Value& value) {
  if (const bool* given = std::get_if<bool>(&value)) return *given;
  throw_type_mismatch(kNoOwner, attribute.name, "a boolean", value);
}

/// A setting that is nothing but kept.
template <auto Setting>
Result read_kept(Network& network) {
  return Result{network.settings.*Setting};
}

template <auto Setting>
void write_flag(const KernelAttribute& attribute, const Value& value, StatusChange& change) {
  change.status.*Setting = flag(attribute, value);
}

template <auto Setting>
void write_text(const KernelAttribute& attribute, const Value& value, StatusChange& change) {
  change.status.*Setting = require_string(kNoOwner, attribute.name, value);
}

void write_threads(const KernelAttribute& attribute, const Value& value, StatusChange& change) {
  change.status.threads = static_cast<int>(integer(attribute, value));
  if (change.status.threads != change.network.settings.threads) {
    require_fresh(attribute.name, change.network);
  }
}

void write_time(const KernelAttribute& attribute, const Value& value, StatusChange& change) {
  const double ms = require_number(kNoOwner, attribute.name, value);
  if (ms != 0) {
    throw bad_value(ErrorKind::kBadProperty, kNoOwner, attribute.name, ms, allowed_text(attribute));
  }
  change.clears_time = true;
}

std::vector<KernelAttribute> time_attributes() {
  return {
      {.name = "resolution",
       .unit = "ms",
       .description = "Simulation step; only in an empty network at time 0",
       .read = [](Network& n) { return number(n.clock.grid.resolution_ms()); },
       .write =
           [](const KernelAttribute& attribute, const Value& value, StatusChange& change) {
             change.resolution = require_number(kNoOwner, attribute.name, value);
           },
       .allowed = "a whole number of tics, at least one"},
      {.name = "tics_per_ms",
       .type = ParameterType::kInt,
       .description = "Tics (units of time) in a ms; only together with `resolution`",
       .read = [](Network& n) { return number(n.clock.grid.tics_per_ms()); },
       .write =
           [](const KernelAttribute& attribute, const Value& value, StatusChange& change) {
             change.tics_per_ms = static_cast<double>(integer(attribute, value));
           },
       .range = {1, 1e9}},
      {.name = "ms_per_tic",
       .unit = "ms",
       .description = "Length of a tic",
       .read = [](Network& n) { return number(n.clock.grid.ms_per_tic()); }},
      {.name = "tics_per_step",
       .type = ParameterType::kInt,
       .description = "Tics in a step",
       .read = [](Network& n) { return number(n.clock.grid.tics_per_step()); }},
      {.name = "T_max",
       .unit = "ms",
       .description = "Largest time that can be represented",
       .read =
           [](Network& n) { return number(n.clock.grid.ms_from_steps(n.clock.grid.max_step())); }},
      {.name = "T_min",
       .unit = "ms",
       .description = "Smallest time that can be represented",
       .read =
           [](Network& n) { return number(-n.clock.grid.ms_from_steps(n.clock.grid.max_step())); }},
      {.name = "biological_time",
       .unit = "ms",
       .description = "Time simulated; it can be set only before the first simulation",
       .read = [](Network& n) { return number(n.clock.grid.nearest_ms_from_steps(n.clock.now)); },
       .write = write_time,
       .allowed = "0"},
  };
}

std::vector<KernelAttribute> delay_attributes() {
  return {
      {.name = "min_delay",
       .unit = "ms",
       .description = "Smallest delay; only together with `max_delay`, before connections exist",
       .read = [](Network& n) { return number(n.clock.grid.nearest_ms_from_steps(min_delay(n))); },
       .write = [](const KernelAttribute&, const Value& value,
                   StatusChange& change) { change.min_delay = &value; },
       .allowed = "≥ `resolution`",
       .default_text = "that of the connections; without any, `resolution`"},
      {.name = "max_delay",
       .unit = "ms",
       .description = "Largest delay; only together with `min_delay`, before connections exist",
       .read = [](Network& n) { return number(n.clock.grid.nearest_ms_from_steps(max_delay(n))); },
       .write = [](const KernelAttribute&, const Value& value,
                   StatusChange& change) { change.max_delay = &value; },
       .allowed = "≥ `min_delay` and below 2^21 steps",
       .default_text = "that of the connections; without any, `resolution`"},
  };
}

std::vector<KernelAttribute> setting_attributes() {
  return {
      {.name = "local_num_threads",
       .type = ParameterType::kInt,
       .description = "Threads that simulate; the results do not depend on it. Only in an empty "
                      "network at time 0",
       .read = [](Network& n) { return number(n.settings.threads); },
       .write = write_threads,
       .range = {1, kMostThreads}},
      {.name = "rng_seed",
       .type = ParameterType::kInt,
       .description = "Seed of all random numbers",
       .read = [](Network& n) { return number(n.settings.seed); },
       .write =
           [](const KernelAttribute& attribute, const Value& value, StatusChange& change) {
             change.status.seed = static_cast<std::uint32_t>(integer(attribute, value));
             change.status.run_seed.reset();
           },
       .range = kSeeds},
      {.name = "weight_precision",
       .type = ParameterType::kString,
       .description = "How weights that differ are kept by later Connects: 'single' rounds them to "
                      "32 bits and halves their memory. Connect takes the same key for its own "
                      "synapses",
       .read =
           [](Network& n) {
             return Result{std::string(n.settings.single_precision ? "single" : "double")};
           },
       .write =
           [](const KernelAttribute& attribute, const Value& value, StatusChange& change) {
             change.status.single_precision = choice(attribute, value) == "single";
           },
       .choices = {"single", "double"}},
      {.name = "simd_level",
       .type = ParameterType::kString,
       .description = "Instruction set of the hot loops; the results do not depend on it. If "
                      "TEGMENTA_SIMD names none that the processor has, no kernel can be made "
                      "(BadProperty)",
       .read = [](Network& n) { return Result{std::string(n.settings.simd->name)}; },
       .write =
           [](const KernelAttribute& attribute, const Value& value, StatusChange& change) {
             const std::string& level = require_string(kNoOwner, attribute.name, value);
             change.status.simd = &simd::require_level(kNoOwner, attribute.name, level);
           },
       .allowed = "'baseline', 'avx2', 'avx512', as far as the processor has it",
       .default_text = "the best one, or that of the environment variable TEGMENTA_SIMD"},
  };
}

template <std::size_t I>
KernelAttribute guard_attribute() {
  const GuardDescription& guard = guard_descriptions()[I];
  return {
      .name = guard.name,
      .unit = guard.unit,
      .description = guard.description,
      .read = [](Network& n) { return number(n.settings.guards.*guard_descriptions()[I].limit); },
      .write =
          [](const KernelAttribute& attribute, const Value& value, StatusChange& change) {
            change.status.guards.*guard_descriptions()[I].limit =
                require_guard(attribute.name, value);
          },
      .range = kGuardRange,
      .allowed = kGuardAllowed};
}

std::vector<KernelAttribute> guard_attributes() {
  return {guard_attribute<0>(), guard_attribute<1>(), guard_attribute<2>(), guard_attribute<3>()};
}

/// What lib/ writes, and where.
std::vector<KernelAttribute> output_attributes() {
  return {
      {.name = "verbosity",
       .type = ParameterType::kInt,
       .description = "NEST's level of messages, as VerbosityLevel names it. It is kept, also by "
                      "ResetKernel, but nothing depends on it: tegmenta prints no messages",
       .read = [](Network& n) { return number(n.settings.verbosity); },
       .write =
           [](const KernelAttribute& attribute, const Value& value, StatusChange& change) {
             change.status.verbosity = static_cast<int>(integer(attribute, value));
           },
       .range = {0, 100}},
      {.name = "print_time",
       .type = ParameterType::kBool,
       .description = "Whether simulations print their progress on the standard error stream",
       .read = read_kept<&Settings::print_time>,
       .write = write_flag<&Settings::print_time>,
       .allowed = "true or false"},
      {.name = "overwrite_files",
       .type = ParameterType::kBool,
       .description = "Whether recorders may replace files that exist",
       .read = read_kept<&Settings::overwrite_files>,
       .write = write_flag<&Settings::overwrite_files>,
       .allowed = "true or false"},
      {.name = "data_path",
       .type = ParameterType::kString,
       .description = "Directory of the files that recorders write; the working directory where "
                      "it is empty",
       .read = read_kept<&Settings::data_path>,
       .write = write_text<&Settings::data_path>,
       .allowed = "any text"},
      {.name = "data_prefix",
       .type = ParameterType::kString,
       .description = "What the names of files that recorders write begin with",
       .read = read_kept<&Settings::data_prefix>,
       .write = write_text<&Settings::data_prefix>,
       .allowed = "any text"},
  };
}

std::vector<KernelAttribute> network_attributes() {
  return {
      {.name = "prepared",
       .type = ParameterType::kBool,
       .description = "Whether it is between Prepare and Cleanup",
       .read = [](Network& n) { return Result{n.prepared}; }},
      {.name = "network_size",
       .type = ParameterType::kInt,
       .description = "Number of nodes",
       .read = [](Network& n) { return number(n.nodes.count()); }},
      {.name = "num_connections",
       .type = ParameterType::kInt,
       .description = "Number of synapses, those from and to devices included",
       .read = [](Network& n) { return number(connection_count(n)); }},
      {.name = "local_spike_counter",
       .type = ParameterType::kInt,
       .description = "Spikes of neurons, with multiplicity, in the last run",
       .read = [](Network& n) { return number(n.last_spikes); }},
      {.name = "memory_synapses",
       .type = ParameterType::kInt,
       .unit = "B",
       .description = "Bytes that hold the synapses between neurons",
       .read = [](Network& n) { return number(synapse_bytes(n)); }},
      {.name = "memory_rows_read",
       .type = ParameterType::kInt,
       .unit = "B",
       .description = "Bytes of those that delivery reads when every source spikes once",
       .read = [](Network& n) { return number(bytes_read(n)); }},
      {.name = "memory_plastic_synapses",
       .type = ParameterType::kInt,
       .unit = "B",
       .description = "Bytes of those that hold plastic synapses",
       .read = [](Network& n) { return number(synapse_bytes(n, Counted::kPlastic)); }},
      {.name = "memory_under_way",
       .type = ParameterType::kInt,
       .unit = "B",
       .description = "Bytes that hold spikes under way",
       .read = [](Network& n) { return number(calendar_bytes(n)); }},
      {.name = "memory_nodes",
       .type = ParameterType::kInt,
       .unit = "B",
       .description = "Bytes that hold neurons and devices, and what recorders have recorded",
       .read = [](Network& n) { return number(node_bytes(n)); }},
      {.name = "memory_plasticity",
       .type = ParameterType::kInt,
       .unit = "B",
       .description = "Bytes that hold histories of spikes and modulators for plastic synapses",
       .read = [](Network& n) { return number(plasticity_bytes(n)); }},
      {.name = "memory_total",
       .type = ParameterType::kInt,
       .unit = "B",
       .description = "Bytes that hold the network",
       .read = [](Network& n) { return number(n.bytes); }},
  };
}

std::vector<KernelAttribute> visit_attributes() {
  return {
      {.name = "visits",
       .type = ParameterType::kInt,
       .description = "Visits of plastic synapses at spikes of their sources",
       .read = [](Network& n) { return visits(n, &VisitCounts::synapses); }},
      {.name = "visits_flushed",
       .type = ParameterType::kInt,
       .description = "Visits of plastic synapses whose sources have been silent for long",
       .read = [](Network& n) { return visits(n, &VisitCounts::flushed); }},
      {.name = "visits_closed_form",
       .type = ParameterType::kInt,
       .description = "Visits of synapses with a third factor that one formula did, as no bound of "
                      "the weight was within reach",
       .read = [](Network& n) { return visits(n, &VisitCounts::closed_form); }},
      {.name = "visits_by_stretch",
       .type = ParameterType::kInt,
       .description = "Stretches between pairings at whose end one clipping did, as the weight "
                      "could only rise or only fall",
       .read = [](Network& n) { return visits(n, &VisitCounts::by_stretch); }},
      {.name = "visits_by_event",
       .type = ParameterType::kInt,
       .description = "Stretches walked event by event or step by step of the third factor, with a "
                      "clipping after each",
       .read = [](Network& n) { return visits(n, &VisitCounts::by_event); }},
  };
}

std::vector<KernelAttribute> list_attributes() {
  return {
      {.name = "node_models",
       .type = ParameterType::kStrings,
       .description = "Neurons and devices that Create knows",
       .read = [](Network& n) { return list_of_texts(n.catalog.node_model_names()); }},
      {.name = "synapse_models",
       .type = ParameterType::kStrings,
       .description = "Synapse models that Connect knows",
       .read = [](Network& n) { return list_of_texts(n.catalog.synapse_model_names()); }},
      {.name = "connection_rules",
       .type = ParameterType::kStrings,
       .description = "Rules that Connect knows",
       .read = [](Network&) { return list_of_texts(connection_rule_names()); }},
  };
}

}  // namespace

const std::vector<KernelAttribute>& kernel_attributes() {
  static const std::vector<KernelAttribute> attributes = [] {
    std::vector<KernelAttribute> all;
    for (auto part : {time_attributes, delay_attributes, setting_attributes, guard_attributes,
                      output_attributes, network_attributes, visit_attributes, list_attributes}) {
      for (KernelAttribute& attribute : part()) all.push_back(std::move(attribute));
    }
    return all;
  }();
  return attributes;
}

std::string allowed_text(const KernelAttribute& attribute) {
  if (*attribute.allowed != '\0') return attribute.allowed;
  if (attribute.choices.empty()) return "an integer " + attribute.range.text();
  std::string text;
  for (const std::string& choice : attribute.choices) {
    text += (text.empty() ? "'" : " or '") + choice + "'";
  }
  return text;
}

}  // namespace tegmenta
