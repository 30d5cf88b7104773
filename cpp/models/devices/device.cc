#include "models/devices/device.h"

#include <cmath>
#include <limits>

#include "models/numbers.h"

namespace tegmenta {

Device::Device(const ModelDescription& description) : model_name(description.name) {
  const std::size_t n = description.parameters.size();
  parameters_.number.resize(n);
  parameters_.array.resize(n);
  parameters_.texts.resize(n);
  parameters_.text.resize(n);
  parameters_.synapses.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const ParameterDeclaration& d = description.parameters[i];
    parameters_.number[i] = d.default_value;
    if (d.name == "origin") origin_ = static_cast<int>(i);
    if (d.name == "start") start_ = static_cast<int>(i);
    if (d.name == "stop") stop_ = static_cast<int>(i);
  }
}

int Device::index(const char* name) const {
  const auto& declared = description().parameters;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    if (declared[i].name == name) return static_cast<int>(i);
  }
  throw Error(ErrorKind::kInternalError, std::string(name) + " is not declared");
}

void Device::bad(const char* parameter, FieldValue value, const std::string& allowed) const {
  throw bad_value(ErrorKind::kBadProperty, model_name, parameter, std::move(value), allowed);
}

void Device::must_come_with(const char* parameter, const char* other) const {
  throw Error(ErrorKind::kBadProperty,
              std::string(parameter) + " of " + model_name + " can only be set together with " +
                  other + ".",
              {{"model", model_name}, {"parameter", std::string(parameter)}});
}

DeviceParameters Device::checked(const Properties& params, const DeviceContext& context) {
  const auto& declared = description().parameters;
  DeviceParameters next = parameters_;
  std::vector<bool> changed(declared.size(), false);
  for (const auto& [key, value] : params) {
    std::size_t i = 0;
    while (i < declared.size() && declared[i].name != key) ++i;
    if (i == declared.size()) {
      std::vector<std::string> names;
      for (const auto& d : declared) {
        if (d.role != Role::kReadOnly) names.push_back(d.name);
      }
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                         model_name + " has no parameter", key, names)
          .with("model", model_name);
    }
    const ParameterDeclaration& d = declared[i];
    if (d.role == Role::kReadOnly) {
      throw Error(ErrorKind::kBadProperty, key + " of " + model_name + " can only be read.",
                  {{"model", model_name}, {"parameter", key}});
    }
    changed[i] = true;
    switch (d.type) {
      case ParameterType::kDoubles:
      case ParameterType::kInts:
        next.array[i] = require_numbers(model_name, key, value);
        if (d.type == ParameterType::kInts) {
          for (double x : next.array[i]) {
            if (x != std::floor(x)) {
              throw bad_value(ErrorKind::kTypeMismatch, model_name, key, x, "integers");
            }
          }
        }
        break;
      case ParameterType::kNodes:
        if (const auto* nodes = std::get_if<NodeIds>(&value)) {
          next.array[i].assign(nodes->ids.begin(), nodes->ids.end());
        } else if (std::holds_alternative<std::vector<double>>(value)) {
          next.array[i] = require_numbers(model_name, key, value);
        } else {
          throw_type_mismatch(model_name, key, "a collection of nodes", value);
        }
        break;
      case ParameterType::kSynapses:
        if (!context.find_synapses) {
          throw Error(ErrorKind::kBadProperty,
                      key + " of " + model_name + " belong to a node: give them to Create or set.",
                      {{"model", model_name}, {"parameter", key}});
        }
        if (const auto* list = std::get_if<SynapseList>(&value)) {
          next.synapses[i] = std::make_shared<ChosenSynapses>(context.find_synapses(*list));
        } else {
          throw_type_mismatch(model_name, key, "a collection of synapses", value);
        }
        break;
      case ParameterType::kString:
        next.text[i] = require_string(model_name, key, value);
        break;
      case ParameterType::kStrings:
        if (const auto* one = std::get_if<std::string>(&value)) {
          next.texts[i] = {*one};
        } else if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
          next.texts[i] = *list;
        } else if (const auto* none = std::get_if<std::vector<double>>(&value);
                   none && none->empty()) {
          next.texts[i] = {};
        } else {
          throw_type_mismatch(model_name, key, "an array of strings", value);
        }
        break;
      case ParameterType::kDouble:
      case ParameterType::kInt:
      case ParameterType::kBool:
        next.number[i] = scalar_number(model_name, d, value);
        break;
      case ParameterType::kEvents:
        break;  // only read
    }
  }
  validate(next, changed, context);
  before_change(next);
  return next;
}

void Device::accept(DeviceParameters&& next, const DeviceContext& context) noexcept {
  parameters_ = std::move(next);
  on_change(context);
}

Result Device::get(const std::string& key, const TimeGrid& grid, std::int64_t now) const {
  (void)grid, (void)now;
  const auto& declared = description().parameters;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    if (declared[i].name != key) continue;
    switch (declared[i].type) {
      case ParameterType::kBool:
        return {parameters_.number[i] != 0};
      case ParameterType::kDoubles:
      case ParameterType::kInts:
      case ParameterType::kNodes:
        return {column_of(parameters_.array[i])};
      case ParameterType::kSynapses: {
        static const ChosenSynapses none;
        const ChosenSynapses& chosen = parameters_.synapses[i] ? *parameters_.synapses[i] : none;
        return {ResultMap{{"source", {column_of(chosen.sources)}},
                          {"target", {column_of(chosen.targets)}}}};
      }
      case ParameterType::kString:
        return {parameters_.text[i]};
      case ParameterType::kStrings: {
        ResultList list;
        for (const std::string& s : parameters_.texts[i]) list.push_back({s});
        return {std::move(list)};
      }
      case ParameterType::kDouble:
      case ParameterType::kInt:
        return {parameters_.number[i]};
      case ParameterType::kEvents:
        break;  // read by the recorders themselves
    }
  }
  std::vector<std::string> names;
  for (const auto& d : declared) names.push_back(d.name);
  throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                     model_name + " has no parameter", key, names)
      .with("model", model_name);
}

void Device::check_window(const DeviceParameters& next, const DeviceContext& context) const {
  const TimeGrid& grid = *context.grid;
  for (const char* name : {"origin", "start", "stop"}) {
    const double t = next.number[static_cast<std::size_t>(index(name))];
    if (std::isinf(t) && std::string(name) == "stop") continue;
    if (!grid.is_grid_time(t)) {
      bad(name, t, "a multiple of the resolution (" + format_number(grid.resolution_ms()) + " ms)");
    }
  }
  const double start = next.number[static_cast<std::size_t>(index("start"))];
  const double stop = next.number[static_cast<std::size_t>(index("stop"))];
  if (stop < start) bad("stop", stop, "≥ start (" + format_number(start) + ")");
}

std::vector<TimeLine::Change> Device::checked_changes(const TimeLineParameters& line,
                                                      DeviceParameters& next,
                                                      const std::vector<bool>& changed,
                                                      const TimeGrid& grid) const {
  const auto name = [&](std::size_t i) { return description().parameters[i].name.c_str(); };
  const char* const times_name = name(line.times);
  const char* const values_name = name(line.values);
  std::vector<double>& times = next.array[line.times];
  const std::vector<double>& values = next.array[line.values];
  const bool given = changed[line.times];
  if (given != changed[line.values]) {
    must_come_with(given ? times_name : values_name, given ? values_name : times_name);
  }
  if (changed[line.offgrid] && !given && !times.empty()) {
    must_come_with(name(line.offgrid), times_name);
  }
  std::vector<TimeLine::Change> changes;
  if (!given) return changes;
  if (times.size() != values.size()) {
    bad(values_name, static_cast<double>(values.size()),
        "as long as " + std::string(times_name) + " (" + std::to_string(times.size()) + " values)");
  }
  std::int64_t previous = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    double& t = times[i];
    std::int64_t step;
    if (const auto exact = grid.steps_from_ms_exact(t)) {
      step = *exact;
    } else if (next.number[line.offgrid] != 0) {
      step = grid.stamp_step_from_ms(t);
    } else {
      bad(times_name, t,
          "multiples of the resolution (" + format_number(grid.resolution_ms()) +
              " ms), or allow_offgrid_times set");
    }
    if (step <= 0) bad(times_name, t, "> 0");
    if (step <= previous) bad(times_name, t, "strictly increasing");
    previous = step;
    t = grid.nearest_ms_from_steps(step);
    changes.push_back({step, values[i]});
  }
  return changes;
}

DeviceWindow Device::window_of(const DeviceParameters& p, const TimeGrid& grid) const {
  const auto steps = [&](int index) {
    const double t = p.number[static_cast<std::size_t>(index)];
    if (std::isinf(t)) return std::numeric_limits<std::int64_t>::max() / 4;
    return grid.steps_from_tics_ceil(grid.tics_from_ms(t));
  };
  const std::int64_t origin = steps(origin_);
  return {origin + steps(start_), origin + steps(stop_)};
}

}  // namespace tegmenta
