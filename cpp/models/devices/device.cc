#include "models/devices/device.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/numbers.h"
#include "models/read_outs.h"

namespace tegmenta {

namespace {

/// A value that was given for a parameter, put into its place. Throws TypeMismatch or BadProperty.
class GivenValue {
 public:
  GivenValue(const std::string& model, const ParameterDeclaration& declaration, const Value& value,
             const DeviceContext& context)
      : model_(model), declared_(declaration), value_(value), context_(context) {}

  void operator()(double* place) const { *place = scalar_number(model_, declared_, value_); }
  void operator()(bool* place) const { *place = scalar_number(model_, declared_, value_) != 0; }
  void operator()(std::string* place) const {
    *place = require_string(model_, declared_.name, value_);
  }
  void operator()(std::vector<double>* place) const {
    const auto* nodes = std::get_if<NodeIds>(&value_);
    if (declared_.type != ParameterType::kNodes) {
      *place = require_numbers(model_, declared_.name, value_);
      if (declared_.type == ParameterType::kInts) require_integers(*place);
    } else if (nodes) {
      place->assign(nodes->ids.begin(), nodes->ids.end());
    } else if (std::holds_alternative<std::vector<double>>(value_)) {
      *place = require_numbers(model_, declared_.name, value_);
    } else {
      throw_type_mismatch(model_, declared_.name, "a collection of nodes", value_);
    }
  }
  void operator()(std::vector<std::string>* place) const {
    if (const auto* one = std::get_if<std::string>(&value_)) {
      *place = {*one};
    } else if (const auto* list = std::get_if<std::vector<std::string>>(&value_)) {
      *place = *list;
    } else if (const auto* none = std::get_if<std::vector<double>>(&value_);
               none && none->empty()) {
      place->clear();
    } else {
      throw_type_mismatch(model_, declared_.name, "an array of strings", value_);
    }
  }
  void operator()(std::shared_ptr<ChosenSynapses>* place) const {
    const std::string& name = declared_.name;
    if (!context_.find_synapses) {
      throw Error(ErrorKind::kBadProperty,
                  name + " of " + model_ + " belong to a node: give them to Create or set.",
                  {{"model", model_}, {"parameter", name}});
    }
    const auto* list = std::get_if<SynapseList>(&value_);
    if (!list) throw_type_mismatch(model_, name, "a collection of synapses", value_);
    *place = std::make_shared<ChosenSynapses>(context_.find_synapses(*list));
  }
  void operator()(Events*) const {}  // can only be read

 private:
  void require_integers(const std::vector<double>& numbers) const {
    for (double x : numbers) {
      if (x != std::floor(x)) {
        throw bad_value(ErrorKind::kTypeMismatch, model_, declared_.name, x, "integers");
      }
    }
  }

  const std::string& model_;
  const ParameterDeclaration& declared_;
  const Value& value_;
  const DeviceContext& context_;
};

/// A parameter that was loaded is what it may be set to.
struct InRange {
  const std::string& model;
  const ParameterDeclaration& declared;

  void operator()(const double* x) const { check_number(model, declared, *x); }
  void operator()(const std::vector<double>* numbers) const {
    for (const double x : *numbers) {
      if (!std::isfinite(x) || (declared.type == ParameterType::kInts && x != std::floor(x))) {
        throw bad_value(ErrorKind::kBadProperty, model, declared.name, x, "finite numbers only");
      }
    }
  }
  void operator()(const auto*) const {}
};

/// A parameter as users see it.
struct Shown {
  Result operator()(const double* x) const { return {*x}; }
  Result operator()(const bool* flag) const { return {*flag}; }
  Result operator()(const std::string* text) const { return {*text}; }
  Result operator()(const std::vector<double>* numbers) const { return {column_of(*numbers)}; }
  Result operator()(const std::vector<std::string>* texts) const {
    ResultList list;
    for (const std::string& text : *texts) list.push_back({text});
    return {std::move(list)};
  }
  Result operator()(const std::shared_ptr<ChosenSynapses>* synapses) const {
    static const ChosenSynapses none;
    const ChosenSynapses& chosen = *synapses ? **synapses : none;
    return {ResultMap{{"source", {column_of(chosen.sources)}},
                      {"target", {column_of(chosen.targets)}}}};
  }
  Result operator()(const Events*) const { return {}; }  // read by the recorders themselves
};

/// Throws UnaccessedDictionaryEntry where there is no such parameter.
std::size_t position_of(const Device& device, const std::string& key, bool to_be_set) {
  const auto& declared = device.description().parameters;
  const auto found = std::find_if(declared.begin(), declared.end(),
                                  [&](const ParameterDeclaration& d) { return d.name == key; });
  if (found != declared.end()) return static_cast<std::size_t>(found - declared.begin());
  if (to_be_set && is_read_out(key)) throw read_only(device.model_name, key);
  std::vector<std::string> names;
  for (const auto& d : declared) {
    if (!to_be_set || d.role != Role::kReadOnly) names.push_back(d.name);
  }
  throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                     device.model_name + " has no parameter", key, names)
      .with("model", device.model_name);
}

}  // namespace

bool GivenParameters::has(std::string_view name) const {
  return std::any_of(params_.begin(), params_.end(),
                     [&](const auto& entry) { return entry.first == name; });
}

DeviceParameters Device::checked(const Properties& params, const DeviceContext& context) {
  const std::shared_ptr<DeviceValues> next = copy_of_parameters();
  for (const auto& [key, value] : params) {
    const std::size_t i = position_of(*this, key, true);
    const ParameterDeclaration& declared = description().parameters[i];
    if (declared.role == Role::kReadOnly) {
      throw Error(ErrorKind::kBadProperty, key + " of " + model_name + " can only be read.",
                  {{"model", model_name}, {"parameter", key}});
    }
    const GivenValue given(model_name, declared, value, context);
    std::visit(given, place(*next, i));
  }
  validate(*next, GivenParameters(params), context);
  before_change(*next);
  return next;
}

void Device::accept(DeviceParameters&& next, const DeviceContext& context) noexcept {
  parameters_ = std::move(next);
  on_change(context);
}

void Device::check_loaded(const DeviceContext& context) {
  const DeviceParameters own = parameters_;
  for (DeviceParameters* parameters : places_of_parameters()) {
    parameters_ = *parameters;
    const std::shared_ptr<DeviceValues> copy = copy_of_parameters();
    parameters_ = own;
    for (std::size_t i = 0; i < description().parameters.size(); ++i) {
      const InRange in_range{model_name, description().parameters[i]};
      std::visit(in_range, place(*copy, i));
    }
    validate(*copy, GivenParameters({}), context);
  }
}

Result Device::get(const std::string& key, const TimeGrid&, std::int64_t) const {
  const std::size_t i = position_of(*this, key, false);
  // Only to be read: the place of a parameter is the same in parameters that change and that don't.
  return std::visit(Shown{}, place(const_cast<DeviceValues&>(*parameters_), i));
}

void Device::refuse(std::string_view parameter, FieldValue value,
                    const std::string& allowed) const {
  throw bad_value(ErrorKind::kBadProperty, model_name, std::string(parameter), std::move(value),
                  allowed);
}

void Device::check_window(const Window& next, const DeviceContext& context) const {
  const TimeGrid& grid = *context.grid;
  const auto require_on_grid = [&](std::string_view name, double t) {
    if (grid.is_grid_time(t)) return;
    refuse(name, t,
           "a multiple of the resolution (" + format_number(grid.resolution_ms()) + " ms)");
  };
  require_on_grid(member_name<&Window::origin>(), next.origin);
  require_on_grid(member_name<&Window::start>(), next.start);
  if (!std::isinf(next.stop)) require_on_grid(member_name<&Window::stop>(), next.stop);
  if (next.stop < next.start) {
    refuse<&Window::stop>(next.stop, "≥ start (" + format_number(next.start) + ")");
  }
}

std::vector<TimeLine::Change> Device::checked_changes(const TimeLineParameters& line,
                                                      const GivenParameters& given,
                                                      const TimeGrid& grid) const {
  const auto must_come_with = [&](std::string_view parameter, std::string_view other) {
    throw Error(ErrorKind::kBadProperty,
                std::string(parameter) + " of " + model_name + " can only be set together with " +
                    std::string(other) + ".",
                {{"model", model_name}, {"parameter", std::string(parameter)}});
  };
  const bool has_times = given.has(line.times_name);
  if (has_times && !given.has(line.values_name)) must_come_with(line.times_name, line.values_name);
  if (!has_times && given.has(line.values_name)) must_come_with(line.values_name, line.times_name);
  constexpr std::string_view kOffgrid = "allow_offgrid_times";
  if (given.has(kOffgrid) && !has_times && !line.times.empty()) {
    must_come_with(kOffgrid, line.times_name);
  }
  std::vector<TimeLine::Change> changes;
  if (!has_times) return changes;
  if (line.times.size() != line.values.size()) {
    refuse(line.values_name, static_cast<double>(line.values.size()),
           "as long as " + std::string(line.times_name) + " (" + std::to_string(line.times.size()) +
               " values)");
  }
  std::int64_t previous = 0;
  for (std::size_t i = 0; i < line.times.size(); ++i) {
    double& t = line.times[i];
    std::int64_t step;
    if (const auto exact = grid.steps_from_ms_exact(t)) {
      step = *exact;
    } else if (line.allow_offgrid_times) {
      step = grid.stamp_step_from_ms(t);
    } else if (t < 0) {
      refuse(line.times_name, t, "> 0");
    } else {
      refuse(line.times_name, t,
             "multiples of the resolution (" + format_number(grid.resolution_ms()) +
                 " ms), or allow_offgrid_times set");
    }
    if (step <= 0) refuse(line.times_name, t, "> 0");
    if (step <= previous) refuse(line.times_name, t, "strictly increasing");
    previous = step;
    t = grid.nearest_ms_from_steps(step);
    changes.push_back({step, line.values[i]});
  }
  return changes;
}

TimeLine Device::line_of(const std::vector<double>& times, const std::vector<double>& values,
                         const TimeGrid& grid) {
  std::vector<TimeLine::Change> changes;
  for (std::size_t i = 0; i < times.size(); ++i) {
    // They are grid times since they were given.
    changes.push_back({*grid.steps_from_ms_exact(times[i]), values[i]});
  }
  TimeLine line;
  line.replace(0, changes);
  return line;
}

DeviceWindow Device::window_of(const Window& window, const TimeGrid& grid) {
  if (window.frozen) return {0, 0};
  const auto steps = [&](double t) {
    if (std::isinf(t)) return std::numeric_limits<std::int64_t>::max() / 4;
    return grid.steps_from_tics_ceil(grid.tics_from_ms(t));
  };
  const std::int64_t origin = steps(window.origin);
  return {origin + steps(window.start), origin + steps(window.stop)};
}

}  // namespace tegmenta
