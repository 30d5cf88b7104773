#include "network/population.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/memory.h"
#include "connect/parameter.h"
#include "models/neurons/common.h"
#include "models/numbers.h"
#include "models/read_outs.h"

namespace tegmenta {

namespace {

std::size_t round_up(std::size_t n, std::size_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

double without_denormals(double x) {
  return std::fabs(x) < std::numeric_limits<double>::min() ? 0 : x;
}

std::vector<std::string> settable_names(const NeuronModel& model) {
  std::vector<std::string> names;
  for (const auto& p : model.parameters) {
    if (p.role != Role::kReadOnly) names.push_back(p.name);
  }
  for (const auto& p : model.port_parameters) names.push_back(p.name);
  for (const auto& s : model.states) {
    if (!s.read_only) names.push_back(s.name);
  }
  if (model.has_spike_times) names.push_back("spike_times");
  if (model.has_calcium) names.push_back(calcium_declaration().name);
  return names;
}

// A value that users give a state, as the model keeps it.
double kept_state(const StateDeclaration& state, double value, const TimeGrid& grid) {
  return state.in_steps ? static_cast<double>(grid.steps_from_ms_ceil(value)) : value;
}

template <typename Declarations>
int position_of(const Declarations& declared, const std::string& name) {
  for (std::size_t i = 0; i < declared.size(); ++i) {
    if (declared[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace

int find_parameter(const NeuronModel& model, const std::string& name) {
  return position_of(model.parameters, name);
}

int find_port_parameter(const NeuronModel& model, const std::string& name) {
  return position_of(model.port_parameters, name);
}

int find_state(const NeuronModel& model, const std::string& name) {
  return position_of(model.states, name);
}

int find_derived(const NeuronModel& model, const std::string& name) {
  return position_of(model.derived, name);
}

Result read_number(ParameterType type, double value) {
  if (type == ParameterType::kBool) return {value != 0};
  return {value};
}

std::size_t Population::bytes_per_neuron(const NeuronModel& model) {
  return 8 * static_cast<std::size_t>(model.state_columns + 2) + 16;
}

Population::Population(const NeuronModelEntry& entry, NodeId first, std::size_t size,
                       const Clock& clock)
    : model_(entry.model),
      model_name_(entry.name),
      first_(first),
      size_(size),
      padded_(round_up(size, kBlockLanes)) {
  for (double value : entry.parameters) parameters_.push_back({true, value, {}});
  columns_.resize(static_cast<std::size_t>(model_->state_columns));
  for (auto& column : columns_) column.assign(padded_, 0.0);
  if (model_->has_spike_times) {
    spike_times_.resize(size_);
    given_.resize(size_, {nullptr, nullptr});
  }
  last_spike.assign(size_, -1);
  calcium.assign(size_, entry.calcium);
  if (entry.calcium != 0) calcium_since_.assign(size_, clock.now);
  find_parameters();
  for (std::size_t s = 0; s < model_->states.size(); ++s) {
    const StateDeclaration& state = model_->states[s];
    double value = kept_state(state, entry.states[s], clock.grid);
    if (state.offset_parameter >= 0) {
      value -= entry.parameters[static_cast<std::size_t>(state.offset_parameter)];
    }
    auto& column = columns_[static_cast<std::size_t>(state.column)];
    std::fill(column.begin(), column.end(), value);
  }
  std::vector<double*> raw;
  for (auto& column : columns_) raw.push_back(column.data());
  model_->initialise(clock.grid, raw.data(), size_);
}

void Population::find_parameters() {
  // Not by their names, which a text can use for others.
  tau_Ca_ = common::archive_index<&common::Archive::tau_Ca>(*model_);
  beta_Ca_ = common::archive_index<&common::Archive::beta_Ca>(*model_);
  static_assert(std::tuple_size_v<std::remove_const_t<decltype(common::kCommon)>> == 1);
  frozen_ = model_->parameters.size() - 1;
}

bool Population::loaded() {
  const auto each = [&](const auto& list) { return list.size() == size_; };
  const auto each_or_none = [&](const auto& list) { return list.empty() || each(list); };
  model_ = model_->with_columns(parameters_.size());
  if (!model_) return false;
  bool fits = size_ > 0 && columns_.size() == static_cast<std::size_t>(model_->state_columns) &&
              each(last_spike) && each(calcium) && each_or_none(calcium_since_) &&
              (model_->has_spike_times ? each(spike_times_) : spike_times_.empty());
  for (const NumberColumn& p : parameters_) fits &= p.fits(size_);
  for (const auto& column : columns_) fits &= each(column);
  // -1: never.
  const auto is_time = [](std::int64_t step) { return step >= -1; };
  fits &= std::all_of(last_spike.begin(), last_spike.end(), is_time) &&
          std::all_of(calcium_since_.begin(), calcium_since_.end(), is_time);
  for (const auto& stamps : spike_times_) {
    fits &= std::is_sorted(stamps.begin(), stamps.end()) &&
            std::all_of(stamps.begin(), stamps.end(), is_time);
  }
  if (!fits) return false;
  find_parameters();
  // Vectors read behind the last neuron: there is another like it.
  padded_ = round_up(size_, kBlockLanes);
  for (auto& column : columns_) column.resize(padded_, double{column.back()});
  for (const auto& stamps : spike_times_) {
    given_.push_back({stamps.data(), stamps.data() + stamps.size()});
  }
  return true;
}

bool Population::initial_fits() const {
  const auto all_fit = [&](const std::vector<NumberColumn>& list, std::size_t n) {
    return list.size() == n && std::all_of(list.begin(), list.end(),
                                           [&](const NumberColumn& c) { return c.fits(size_); });
  };
  return all_fit(initial_->columns, columns_.size()) &&
         all_fit(initial_->offsets, model_->states.size()) && initial_->calcium.fits(size_);
}

void Population::keep_initial() {
  if (initial_) return;
  auto made = std::make_unique<Initial>();
  for (const auto& column : columns_) {
    made->columns.push_back(gathered(size_, [&](std::size_t lane) { return column[lane]; }));
  }
  for (const StateDeclaration& state : model_->states) {
    made->offsets.push_back(state.offset_parameter < 0
                                ? NumberColumn{}
                                : parameters_[static_cast<std::size_t>(state.offset_parameter)]);
  }
  made->calcium = gathered(size_, [&](std::size_t lane) { return calcium[lane]; });
  initial_ = std::move(made);
}

void Population::restart() {
  std::fill(last_spike.begin(), last_spike.end(), -1);
  std::fill(calcium_since_.begin(), calcium_since_.end(), 0);
  if (!initial_) return;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    for (std::size_t lane = 0; lane < size_; ++lane) {
      columns_[c][lane] = initial_->columns[c].at(lane);
    }
    std::fill(columns_[c].begin() + static_cast<std::ptrdiff_t>(size_), columns_[c].end(),
              double{columns_[c][size_ - 1]});
  }
  // Absolute voltages are what they were, whatever they are relative to by now.
  for (std::size_t s = 0; s < model_->states.size(); ++s) {
    const StateDeclaration& state = model_->states[s];
    if (state.offset_parameter < 0 || state.moves_with_parameter) continue;
    const NumberColumn& now = parameters_[static_cast<std::size_t>(state.offset_parameter)];
    auto& column = columns_[static_cast<std::size_t>(state.column)];
    for (std::size_t lane = 0; lane < size_; ++lane) {
      const double then = initial_->offsets[s].at(lane);
      if (now.at(lane) != then) column[lane] += then - now.at(lane);
    }
  }
  for (std::size_t lane = 0; lane < size_; ++lane) calcium[lane] = initial_->calcium.at(lane);
  // Without a time since when, calcium counts from the last spike.
  if (calcium_since_.empty() && !(initial_->calcium.uniform && initial_->calcium.value == 0)) {
    calcium_since_.assign(size_, 0);
  }
}

bool Population::uniform_parameters() const {
  return std::all_of(parameters_.begin(), parameters_.end(),
                     [](const auto& p) { return p.uniform; });
}

std::vector<double> Population::derived(std::size_t lane, const TimeGrid& grid) const {
  std::vector<double> parameters, numbers(model_->derived.size());
  parameters_at(lane, parameters);
  model_->derive(parameters.data(), grid, numbers.data());
  return numbers;
}

void Population::parameters_at(std::size_t lane, std::vector<double>& parameters) const {
  parameters.resize(parameters_.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i] = parameters_[i].at(lane);
}

void Population::brought(std::size_t lane, const Clock& clock, std::vector<double>& parameters,
                         std::vector<double>& states) const {
  parameters_at(lane, parameters);
  states.resize(columns_.size());
  for (std::size_t c = 0; c < states.size(); ++c) states[c] = columns_[c][lane];
  model_->bring(parameters.data(), clock.grid, clock.now, states.data());
}

double Population::read_state(int state, std::size_t lane, const Clock& clock) const {
  const StateDeclaration& s = model_->states[static_cast<std::size_t>(state)];
  const auto column = static_cast<std::size_t>(s.column);
  double value = columns_[column][lane];
  if (model_->changes_at_events) {
    std::vector<double> parameters, states;
    brought(lane, clock, parameters, states);
    value = states[column];
  }
  value = without_denormals(value);
  if (s.offset_parameter >= 0) {
    value += parameters_[static_cast<std::size_t>(s.offset_parameter)].at(lane);
  }
  // A rate, say, whose excess makes up for more than there is.
  if (s.moves_with_parameter) value = std::max(value, s.range.low);
  return s.in_steps ? value * clock.grid.resolution_ms() : value;
}

void Population::calibrate(const TimeGrid& grid) {
  if (calibrated_) return;
  const std::size_t count = static_cast<std::size_t>(model_->coefficients);
  uniform_coefficients_ = uniform_parameters();
  coefficients_.resize(count);
  for (auto& c : coefficients_) c.assign(uniform_coefficients_ ? 1 : padded_, 0.0);
  if (model_->calibrates_tiles) {
    calibrate_tiles(grid);
  } else {
    calibrate_one_by_one(grid);
  }
  // Not worth it for a few neurons.
  constexpr std::size_t kManyNeurons = 64, kTabulatedSteps = 1024;
  calcium_decay_.reset();
  if (tau_Ca_ >= 0 && size_ >= kManyNeurons) {
    const NumberColumn& tau = parameters_[static_cast<std::size_t>(tau_Ca_)];
    if (tau.uniform) calcium_decay_.emplace(tau.value, grid.resolution_ms(), kTabulatedSteps);
  }
  calibrated_ = true;
}

// Padding lanes copy the last neuron, so that nothing in them can overflow or trap.

void Population::calibrate_one_by_one(const TimeGrid& grid) {
  std::vector<double> p(parameters_.size());
  std::vector<double> c(coefficients_.size());
  const std::size_t rows = uniform_coefficients_ ? 1 : padded_;
  scalar_update_ = false;
  for (std::size_t lane = 0; lane < rows; ++lane) {
    const std::size_t neuron = std::min(lane, size_ - 1);
    for (std::size_t i = 0; i < p.size(); ++i) p[i] = parameters_[i].at(neuron);
    if (model_->needs_scalar(p.data())) scalar_update_ = true;
    model_->calibrate(p.data(), grid, c.data());
    for (std::size_t i = 0; i < c.size(); ++i) coefficients_[i][lane] = c[i];
  }
}

void Population::calibrate_tiles(const TimeGrid& grid) {
  constexpr std::size_t kTile = NeuronModel::kCalibrated;
  const std::size_t each = parameters_.size(), rows = uniform_coefficients_ ? 1 : padded_;
  std::vector<double> tile(each * std::min(kTile, rows));
  std::vector<double*> c(coefficients_.size());
  scalar_update_ = false;
  for (std::size_t first = 0; first < rows; first += kTile) {
    const std::size_t n = std::min(kTile, rows - first);
    for (std::size_t lane = 0; lane < n; ++lane) {
      const std::size_t neuron = std::min(first + lane, size_ - 1);
      double* const p = tile.data() + lane * each;
      for (std::size_t i = 0; i < each; ++i) p[i] = parameters_[i].at(neuron);
      if (model_->needs_scalar(p)) scalar_update_ = true;
    }
    for (std::size_t i = 0; i < c.size(); ++i) c[i] = coefficients_[i].data() + first;
    model_->calibrate_tile(tile.data(), n, grid, c.data());
  }
}

double Population::record_spike(std::size_t lane, std::int64_t stamp, std::uint32_t multiplicity,
                                const TimeGrid& grid) {
  double after = 0;
  if (beta_Ca_ >= 0) {
    after = calcium_at(lane, stamp, grid) +
            multiplicity * parameters_[static_cast<std::size_t>(beta_Ca_)].at(lane);
    calcium[lane] = after;
  }
  last_spike[lane] = stamp;
  return after;
}

double Population::calcium_at(std::size_t lane, std::int64_t now, const TimeGrid& grid) const {
  if (calcium[lane] == 0) return 0;
  std::int64_t since = last_spike[lane];
  if (!calcium_since_.empty()) since = std::max(since, calcium_since_[lane]);
  const std::int64_t elapsed = now - since;
  if (calcium_decay_) return without_denormals(calcium[lane] * (*calcium_decay_)(elapsed));
  const double tau = parameters_[static_cast<std::size_t>(tau_Ca_)].at(lane);
  return without_denormals(calcium[lane] * ExpTable(tau, grid.resolution_ms(), 0)(elapsed));
}

std::vector<double> NodeDraw::values(const ParameterExpression& parameter,
                                     std::span<const NodeId> ids, std::uint32_t key) const {
  std::vector<double> values(ids.size());
  const std::vector<std::uint32_t> keys(std::min(ids.size(), kDrawBlock), key);
  for (std::size_t i = 0; i < ids.size(); i += kDrawBlock) {
    const DrawNames names{kernels,        seed,       Purpose::kNodeParameter, 0, call,
                          ids.data() + i, keys.data()};
    parameter.evaluate(names, std::span(values).subspan(i, std::min(kDrawBlock, ids.size() - i)));
  }
  return values;
}

namespace {

// The numbers that one key gives for n nodes, from a scalar, one value a node, or a draw a node.
struct GivenNumbers {
  bool uniform = true;
  double value = 0;
  std::vector<double> values;
};

GivenNumbers numbers_for(const std::string& model, const ParameterDeclaration& declaration,
                         const Value& value, const std::vector<std::size_t>& value_index,
                         std::size_t value_count, NodeId first, int key_ordinal,
                         const std::vector<std::size_t>& lanes, const NodeDraw& draw) {
  GivenNumbers given;
  const auto spread = [&](std::size_t size, auto&& at) {
    if (size != value_count) {
      throw Error(ErrorKind::kDimensionMismatch,
                  declaration.name + " of " + model + " needs one value or " +
                      std::to_string(value_count) + ", one a node; got " + std::to_string(size) +
                      ".",
                  {{"model", model},
                   {"parameter", declaration.name},
                   {"expected", static_cast<double>(value_count)},
                   {"given", static_cast<double>(size)}});
    }
    given.uniform = false;
    given.values.reserve(lanes.size());
    for (std::size_t i = 0; i < lanes.size(); ++i) given.values.push_back(at(value_index[i]));
  };
  if (const auto* list = std::get_if<std::vector<double>>(&value)) {
    if (declaration.type == ParameterType::kBool) {
      throw_type_mismatch(model, declaration.name, "a boolean or an array of booleans", value);
    }
    spread(list->size(), [&](std::size_t i) { return (*list)[i]; });
  } else if (const auto* flags = std::get_if<std::vector<bool>>(&value)) {
    if (declaration.type != ParameterType::kBool) {
      throw_type_mismatch(model, declaration.name, "a number or an array of numbers", value);
    }
    spread(flags->size(), [&](std::size_t i) { return (*flags)[i] ? 1.0 : 0.0; });
  } else if (const auto* parameter = std::get_if<ParameterPtr>(&value)) {
    if (declaration.type == ParameterType::kBool) {
      throw_type_mismatch(model, declaration.name, "a boolean", value);
    }
    given.uniform = false;
    std::vector<NodeId> ids(lanes.size());
    for (std::size_t i = 0; i < lanes.size(); ++i) ids[i] = first + static_cast<NodeId>(lanes[i]);
    given.values = draw.values(**parameter, ids, static_cast<std::uint32_t>(key_ordinal));
  } else {
    given.value = scalar_number(model, declaration, value);
  }
  for (std::size_t i = 0; i < given.values.size(); ++i) {
    try {
      given.values[i] = meant_number(declaration, given.values[i]);
      check_number(model, declaration, given.values[i]);
    } catch (Error& e) {
      e.with("node", static_cast<double>(first + lanes[i]));
      throw;
    }
  }
  return given;
}

}  // namespace

namespace {

// What tells the draws of a parameter, or else of a state, from those of others.
int draw_name(const NeuronModel& model, int parameter, int state) {
  if (parameter < 0) return model.drawn_first + state;
  return parameter < model.drawn_first ? parameter
                                       : parameter + static_cast<int>(model.states.size());
}

Error not_settable(const NeuronModel& model, const std::string& name, const std::string& key) {
  const std::vector<ParameterDeclaration> of_receptors = receptor_declarations(model);
  const bool tells_receptors = std::any_of(of_receptors.begin(), of_receptors.end(),
                                           [&](const auto& d) { return d.name == key; });
  if (is_read_out(key) || tells_receptors || find_derived(model, key) >= 0)
    return read_only(name, key);
  return unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter",
                      name + " has no parameter", key, settable_names(model))
      .with("model", name);
}

// How a parameter, or else a state, is declared. Throws where it can only be read.
ParameterDeclaration settable(const NeuronModel& model, const std::string& name, int parameter,
                              int state) {
  ParameterDeclaration declaration =
      parameter >= 0 ? model.parameters[static_cast<std::size_t>(parameter)]
                     : model.states[static_cast<std::size_t>(state)].declaration();
  if (declaration.role == Role::kReadOnly) throw read_only(name, declaration.name);
  return declaration;
}

Error port_mismatch(const std::string& model, const std::string& parameter,
                    const std::string& expected, std::size_t expected_size, std::size_t size) {
  return {ErrorKind::kDimensionMismatch,
          parameter + " of " + model + " needs " + expected + "; got " + std::to_string(size) + ".",
          {{"model", model},
           {"parameter", parameter},
           {"expected", static_cast<double>(expected_size)},
           {"given", static_cast<double>(size)}}};
}

// The arrays that some nodes get: one for all, or one a node, taken at value_index. node_of(i) is
// the i-th of them; null: they are no nodes.
template <typename NodeOf>
void read_port_lists(const NeuronModel& model, const std::string& name, std::size_t parameter,
                     const Value& value, const std::vector<std::size_t>& value_index,
                     std::size_t value_count, const NodeOf& node_of,
                     std::vector<std::vector<double>>& lists) {
  ParameterDeclaration declared = model.port_parameters[parameter];
  const auto* one = std::get_if<std::vector<double>>(&value);
  const auto* each = std::get_if<std::vector<std::vector<double>>>(&value);
  constexpr bool kNodes = !std::is_null_pointer_v<NodeOf>;
  if (!one && !(each && kNodes)) {
    throw_type_mismatch(name, declared.name,
                        std::string("an array of numbers, one a receptor") +
                            (kNodes ? ", or an array of such arrays, one a node" : ""),
                        value);
  }
  if (each && each->size() != value_count) {
    throw port_mismatch(name, declared.name,
                        "one array or " + std::to_string(value_count) + ", one a node", value_count,
                        each->size());
  }
  if (one) {
    lists.assign(1, *one);
  } else {
    for (const std::size_t i : value_index) lists.push_back((*each)[i]);
  }
  declared.type = ParameterType::kDouble;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    try {
      for (const double x : lists[i]) check_number(name, declared, x);
      if (lists[i].empty() || lists[i].size() > NeuronModel::kMostPorts) {
        throw bad_value(ErrorKind::kBadProperty, name, declared.name + ".length",
                        static_cast<double>(lists[i].size()),
                        "1 to " + std::to_string(NeuronModel::kMostPorts) + ", one a receptor");
      }
    } catch (Error& e) {
      if constexpr (kNodes) e.with("node", static_cast<double>(node_of(i)));
      throw;
    }
  }
}

template <typename NodeOf>
GivenPorts given_ports(const NeuronModel& model, const std::string& name, const Properties& params,
                       const std::vector<std::size_t>& value_index, std::size_t value_count,
                       const NodeOf& node_of) {
  GivenPorts given;
  given.lists.resize(model.port_parameters.size());
  for (const auto& [key, value] : params) {
    const int parameter = find_port_parameter(model, key);
    if (parameter < 0) continue;
    const auto at = static_cast<std::size_t>(parameter);
    read_port_lists(model, name, at, value, value_index, value_count, node_of, given.lists[at]);
  }
  const auto ports = static_cast<std::size_t>(given.ports());
  for (std::size_t j = 0; j < given.lists.size(); ++j) {
    for (const auto& list : given.lists[j]) {
      if (list.size() == ports) continue;
      throw port_mismatch(name, model.port_parameters[j].name,
                          std::to_string(ports) + " values, as all parameters of receptors", ports,
                          list.size());
    }
  }
  return given;
}

// Throws unless all parameters of ports are given, whose number changes.
void require_all_ports(const NeuronModel& model, const std::string& name, const GivenPorts& given) {
  const auto ports = static_cast<std::size_t>(given.ports());
  for (std::size_t j = 0; j < given.lists.size(); ++j) {
    if (!given.lists[j].empty()) continue;
    throw port_mismatch(name, model.port_parameters[j].name,
                        std::to_string(ports) + " values, too: give both together", ports,
                        static_cast<std::size_t>(model.ports));
  }
}

}  // namespace

bool GivenPorts::any() const { return ports() > 0; }

int GivenPorts::ports() const {
  for (const auto& list : lists) {
    if (!list.empty()) return static_cast<int>(list.front().size());
  }
  return 0;
}

Population::Change::Change(Population& population, std::vector<std::size_t> lanes,
                           const std::vector<std::size_t>& value_index, std::size_t value_count,
                           const Properties& params, const NodeDraw& draw, const Clock& clock)
    : population_(population), clock_(clock), lanes_(std::move(lanes)) {
  read_ports(params, value_index, value_count);
  const NeuronModel& model = this->model();
  const std::string& name = population.model_name();
  for (const auto& [key, value] : params) {
    if (model.has_spike_times && key == "spike_times") {
      give_spikes(value, value_index, value_count);
      continue;
    }
    if (find_port_parameter(model, key) >= 0) continue;
    if (is_calcium(model, key)) {
      GivenNumbers given = numbers_for(name, calcium_declaration(), value, value_index, value_count,
                                       population.first(), draw_name(model, -1, -1), lanes_, draw);
      calcium_ = NewColumn{given.uniform, given.value, std::move(given.values)};
      continue;
    }
    const int p = find_parameter(model, key);
    const int s = p < 0 ? find_state(model, key) : -1;
    if (p < 0 && s < 0) throw not_settable(model, name, key);
    const ParameterDeclaration declaration = settable(model, name, p, s);
    GivenNumbers given = numbers_for(name, declaration, value, value_index, value_count,
                                     population.first(), draw_name(model, p, s), lanes_, draw);
    NewColumn column{given.uniform, given.value, std::move(given.values)};
    if (p >= 0) {
      parameters_.emplace_back(p, std::move(column));
    } else {
      states_.emplace_back(s, std::move(column));
    }
  }
  check_together();
  keep_calcium();
  take_memory();
}

void Population::Change::read_ports(const Properties& params,
                                    const std::vector<std::size_t>& value_index,
                                    std::size_t value_count) {
  const NeuronModel& model = population_.model();
  if (model.ports == 0) return;
  const std::string& name = population_.model_name();
  const GivenPorts given = given_ports(
      model, name, params, value_index, value_count,
      [&](std::size_t i) { return population_.first_ + static_cast<NodeId>(lanes_[i]); });
  if (!given.any()) return;
  const int ports = given.ports();
  if (ports != model.ports) {
    require_all_ports(model, name, given);
    if (lanes_.size() != population_.size_) {
      throw Error(ErrorKind::kDimensionMismatch,
                  "Neurons of one Create call have the same number of receptors, " +
                      std::to_string(model.ports) + " of " + name + " here; got " +
                      std::to_string(ports) + " for some of them. Give all of them arrays at once.",
                  {{"model", name},
                   {"expected", static_cast<double>(model.ports)},
                   {"given", static_cast<double>(ports)}});
    }
    other_ports_ = &model.with_ports(ports);
  }
  take_ports(given);
}

// Columns of the ports that are given; where their number changes, all there will be.
void Population::Change::take_ports(const GivenPorts& given) {
  const NeuronModel& model = this->model();
  for (std::size_t j = 0; j < model.port_parameters.size(); ++j) {
    if (given.lists[j].empty()) continue;
    for (int k = 0; k < model.ports; ++k) {
      NewColumn column{given.lists[j].size() == 1, given.at(j, 0, k), {}};
      for (std::size_t i = 0; !column.uniform && i < lanes_.size(); ++i) {
        column.values.push_back(given.at(j, i, k));
      }
      if (!other_ports_) {
        parameters_.emplace_back(static_cast<int>(model.port_column(j, k)), std::move(column));
      } else if (column.uniform) {
        port_parameters_.push_back({true, column.value, {}});
      } else {
        NumberColumn own{false, 0, {}};
        own.values.assign(population_.size_, 0.0);
        for (std::size_t i = 0; i < lanes_.size(); ++i) own.values[lanes_[i]] = column.values[i];
        port_parameters_.push_back(std::move(own));
      }
    }
  }
  if (!other_ports_) return;
  const int more = std::max(0, model.state_columns - population_.model_->state_columns);
  require_memory(static_cast<double>(population_.padded_) * more * sizeof(double),
                 "The receptors of " + population_.model_name());
  for (int c = 0; c < more; ++c) port_states_.emplace_back(population_.padded_, 0.0);
  population_.parameters_.reserve(model.parameter_columns());
  population_.columns_.reserve(static_cast<std::size_t>(model.state_columns));
  if (population_.initial_) {
    population_.initial_->columns.reserve(static_cast<std::size_t>(model.state_columns));
    population_.initial_->offsets.reserve(model.states.size());
  }
}

void Population::Change::put_ports() noexcept {
  if (!other_ports_) return;
  Population& pop = population_;
  pop.model_ = other_ports_;
  pop.parameters_.resize(other_ports_->parameters.size());
  for (NumberColumn& column : port_parameters_) pop.parameters_.push_back(std::move(column));
  const auto columns = static_cast<std::size_t>(other_ports_->state_columns);
  if (pop.columns_.size() > columns) pop.columns_.resize(columns);
  for (auto& column : port_states_) pop.columns_.push_back(std::move(column));
  if (pop.initial_) {
    pop.initial_->columns.resize(columns);
    pop.initial_->offsets.resize(other_ports_->states.size());
  }
  pop.calibrated_ = false;
}

// What there is of it decays on with the time constant that it has had so far.
void Population::Change::keep_calcium() {
  const bool new_tau = std::any_of(parameters_.begin(), parameters_.end(), [&](const auto& change) {
    return change.first == population_.tau_Ca_;
  });
  const bool some = std::any_of(lanes_.begin(), lanes_.end(),
                                [&](std::size_t lane) { return population_.calcium[lane] != 0; });
  if (calcium_ || !new_tau || !some) return;
  NewColumn& now = calcium_.emplace();
  now.uniform = false;
  now.values.reserve(lanes_.size());
  for (const std::size_t lane : lanes_) {
    now.values.push_back(population_.calcium_at(lane, clock_.now, clock_.grid));
  }
}

// The checks between parameters, once if everything is the same for all.
void Population::Change::check_together() const {
  const NeuronModel& model = this->model();
  std::vector<double> p(population_.parameters_.size());
  bool same_for_all = true;
  for (const auto& column : population_.parameters_) same_for_all &= column.uniform;
  for (const auto& change : parameters_) same_for_all &= change.second.uniform;
  const std::size_t checks = same_for_all ? std::min<std::size_t>(1, lanes_.size()) : lanes_.size();
  for (std::size_t i = 0; i < checks; ++i) {
    for (std::size_t k = 0; k < p.size(); ++k) p[k] = population_.parameters_[k].at(lanes_[i]);
    for (const auto& [k, column] : parameters_) p[static_cast<std::size_t>(k)] = column.at(i);
    try {
      model.check(p.data(), clock_.grid);
    } catch (Error& e) {
      e.with("node", static_cast<double>(population_.first() + lanes_[i]));
      throw;
    }
  }
}

// What commit needs, here, where failing is allowed.
void Population::Change::take_memory() {
  at_parameters_.reserve(population_.parameters_.size());
  at_states_.reserve(population_.columns_.size());
  if (calcium_ && population_.calcium_since_.empty()) {
    population_.calcium_since_.assign(population_.size_, -1);
  }
  for (const auto& [k, column] : parameters_) {
    NumberColumn& old = population_.parameters_[static_cast<std::size_t>(k)];
    const bool stays_uniform = column.uniform && (lanes_.size() == population_.size_ ||
                                                  (old.uniform && old.value == column.value));
    // Other groups of the same call may have taken it.
    if (!stays_uniform && old.uniform && old.values.size() != population_.size_) {
      old.values.assign(population_.size_, old.value);
    }
  }
}

void Population::Change::give_spikes(const Value& value,
                                     const std::vector<std::size_t>& value_index,
                                     std::size_t value_count) {
  const TimeGrid& grid = clock_.grid;
  const std::string& model = population_.model_name();
  const auto* one = std::get_if<std::vector<double>>(&value);
  const auto* each = std::get_if<std::vector<std::vector<double>>>(&value);
  if (!one && !each) {
    throw_type_mismatch(model, "spike_times",
                        "an array of times, or an array of such arrays, one a node", value);
  }
  if (each && each->size() != value_count) {
    throw Error(ErrorKind::kDimensionMismatch,
                "spike_times of " + model + " needs one array of times or " +
                    std::to_string(value_count) + ", one a node; got " +
                    std::to_string(each->size()) + ".",
                {{"model", model},
                 {"parameter", std::string("spike_times")},
                 {"expected", static_cast<double>(value_count)},
                 {"given", static_cast<double>(each->size())}});
  }
  spike_times_.clear();
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const std::vector<double>& times = one ? *one : (*each)[value_index[i]];
    const auto bad = [&](double ms, const std::string& allowed) {
      Error error = bad_value(ErrorKind::kBadProperty, model, "spike_times", ms, allowed);
      error.with("node", static_cast<double>(population_.first() + lanes_[i]));
      return error;
    };
    std::vector<std::int64_t> stamps;
    stamps.reserve(times.size());
    for (double ms : times) {
      const auto step = grid.steps_from_ms_exact(ms);
      if (!step || *step <= 0) {
        throw bad(ms, "positive multiples of the resolution (" +
                          format_number(grid.resolution_ms()) + " ms)");
      }
      if (!stamps.empty() && *step <= stamps.back()) throw bad(ms, "strictly increasing");
      stamps.push_back(*step);
    }
    spike_times_.push_back(std::move(stamps));
  }
}

void Population::Change::commit_calcium() noexcept {
  if (!calcium_) return;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    population_.calcium[lanes_[i]] = calcium_->at(i);
    population_.calcium_since_[lanes_[i]] = clock_.now;
  }
}

// States that change at events alone are brought to the present with what has held so far.
void Population::Change::commit_time() noexcept {
  Population& pop = population_;
  if (!pop.model_->changes_at_events || (parameters_.empty() && states_.empty())) return;
  for (const std::size_t lane : lanes_) {
    pop.brought(lane, clock_, at_parameters_, at_states_);
    for (std::size_t c = 0; c < at_states_.size(); ++c) pop.columns_[c][lane] = at_states_[c];
  }
}

void Population::Change::commit() noexcept {
  commit_calcium();
  put_ports();
  commit_time();
  Population& pop = population_;
  const NeuronModel& model = *pop.model_;
  // Absolute voltages stay as they are when only their reference (E_L) changes.
  for (const auto& [k, change] : parameters_) {
    for (const StateDeclaration& state : model.states) {
      if (state.offset_parameter != k || state.moves_with_parameter) continue;
      auto& column = pop.columns_[static_cast<std::size_t>(state.column)];
      for (std::size_t i = 0; i < lanes_.size(); ++i) {
        const double before = pop.parameters_[static_cast<std::size_t>(k)].at(lanes_[i]);
        column[lanes_[i]] = column[lanes_[i]] + before - change.at(i);
      }
    }
  }
  for (const auto& [k, change] : parameters_) {
    NumberColumn& column = pop.parameters_[static_cast<std::size_t>(k)];
    if (change.uniform && lanes_.size() == pop.size_) {
      column.uniform = true;
      column.value = change.value;
      column.values.clear();
    } else if (!(change.uniform && column.uniform && column.value == change.value)) {
      column.uniform = false;
      for (std::size_t i = 0; i < lanes_.size(); ++i) column.values[lanes_[i]] = change.at(i);
    }
    pop.calibrated_ = false;
    pop.calcium_decay_.reset();
  }
  for (const auto& [k, change] : states_) {
    const StateDeclaration& state = model.states[static_cast<std::size_t>(k)];
    auto& column = pop.columns_[static_cast<std::size_t>(state.column)];
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      double value = kept_state(state, change.at(i), clock_.grid);
      if (state.offset_parameter >= 0) {
        value -= pop.parameters_[static_cast<std::size_t>(state.offset_parameter)].at(lanes_[i]);
      }
      column[lanes_[i]] = value;
    }
  }
  for (const auto& [k, change] : parameters_) {
    const int begun = model.begun_anew_by(k);
    if (begun < 0) continue;
    auto& column = pop.columns_[static_cast<std::size_t>(begun)];
    for (const std::size_t lane : lanes_) column[lane] = 0;
  }
  for (std::size_t i = 0; i < spike_times_.size(); ++i) {
    std::vector<std::int64_t>& stamps = pop.spike_times_[lanes_[i]];
    stamps = std::move(spike_times_[i]);
    pop.given_[lanes_[i]] = {stamps.data(), stamps.data() + stamps.size()};
  }
}

bool is_calcium(const NeuronModel& model, const std::string& name) {
  return model.has_calcium && name == calcium_declaration().name;
}

const ParameterDeclaration& calcium_declaration() {
  static const auto* const declaration = new ParameterDeclaration(
      declare(Role::kState, "Ca", "", 0, Range::non_negative(),
              "Calcium concentration: decays with tau_Ca, grows by beta_Ca a spike."));
  return *declaration;
}

ParameterDeclaration spike_times_declaration() {
  ParameterDeclaration d;
  d.name = "spike_times";
  d.type = ParameterType::kDoubles;
  d.unit = "ms";
  d.range = Range::positive();
  d.description =
      "Times of the spikes, on the grid and strictly increasing; those that have passed "
      "are without effect.";
  d.default_text = "[]";
  return d;
}

namespace {

// The defaults of a model with the ports that are given; they are the model's afterwards.
const NeuronModel& change_default_ports(const NeuronModelEntry& entry, const Properties& params,
                                        std::vector<double>& p, std::vector<double>& s) {
  const NeuronModel& before = *entry.model;
  if (before.ports == 0) return before;
  const GivenPorts given = given_ports(before, entry.name, params, {0}, 1, nullptr);
  if (!given.any()) return before;
  if (given.ports() != before.ports) require_all_ports(before, entry.name, given);
  const NeuronModel& model = before.with_ports(given.ports());
  p.resize(model.parameter_columns());
  for (std::size_t j = 0; j < model.port_parameters.size(); ++j) {
    if (given.lists[j].empty()) continue;
    for (int k = 0; k < model.ports; ++k) p[model.port_column(j, k)] = given.at(j, 0, k);
  }
  const std::size_t known = s.size();
  s.resize(model.states.size());
  for (std::size_t k = known; k < s.size(); ++k) s[k] = model.states[k].default_value;
  return model;
}

// States that move with a parameter do so, where they are not given themselves.
void follow_parameters(const NeuronModel& model, const Properties& params,
                       const std::vector<double>& before, const std::vector<double>& p,
                       std::vector<double>& s) {
  for (std::size_t k = 0; k < s.size(); ++k) {
    const StateDeclaration& state = model.states[k];
    const bool given = std::any_of(params.begin(), params.end(),
                                   [&](const auto& entry) { return entry.first == state.name; });
    if (!state.moves_with_parameter || given) continue;
    const auto parameter = static_cast<std::size_t>(state.offset_parameter);
    s[k] = p[parameter] + (s[k] - before[parameter]);
  }
}

}  // namespace

void change_defaults(NeuronModelEntry& entry, const Properties& params, const TimeGrid& grid) {
  std::vector<double> p = entry.parameters;
  std::vector<double> s = entry.states;
  const NeuronModel& model = change_default_ports(entry, params, p, s);
  double calcium = entry.calcium;
  for (const auto& [key, value] : params) {
    if (model.has_spike_times && key == "spike_times") {
      throw Error(
          ErrorKind::kBadProperty,
          "spike_times belong to every single " + entry.name + "; give them to Create or set.",
          {{"model", entry.name}, {"parameter", key}});
    }
    if (find_port_parameter(model, key) >= 0) continue;
    const int i = find_parameter(model, key);
    const int j = i < 0 ? find_state(model, key) : -1;
    if (is_calcium(model, key)) {
      calcium = scalar_number(entry.name, calcium_declaration(), value);
    } else if (i < 0 && j < 0) {
      throw not_settable(model, entry.name, key);
    } else {
      (i >= 0 ? p[static_cast<std::size_t>(i)] : s[static_cast<std::size_t>(j)]) =
          scalar_number(entry.name, settable(model, entry.name, i, j), value);
    }
  }
  follow_parameters(model, params, entry.parameters, p, s);
  model.check(p.data(), grid);
  entry.model = &model;
  entry.parameters = std::move(p);
  entry.states = std::move(s);
  entry.calcium = calcium;
}

std::vector<ParameterDeclaration> receptor_declarations(const NeuronModel& model) {
  std::vector<ParameterDeclaration> all;
  if (!model.port_parameters.empty()) {
    all.push_back(declare(Role::kReadOnly, "n_receptors", "", model.ports, Range::positive(),
                          "Number of receptors: of values in the arrays that describe them.",
                          ParameterType::kInt));
  }
  if (!model.port_names.empty()) {
    all.push_back(declare(Role::kReadOnly, kReceptorTypes, "", 0, Range::finite(),
                          "Numbers of the receptors (`receptor_type`), by the names of its ports.",
                          ParameterType::kMap));
  }
  if (!model.current_names.empty()) {
    all.push_back(declare(Role::kReadOnly, kContinuousInputs, "", 0, Range::finite(),
                          "Numbers of the receptors of currents, by the names of its inputs.",
                          ParameterType::kMap));
  }
  return all;
}

namespace {

Result numbers_by_name(const std::vector<std::string>& names, int first) {
  ResultMap map;
  for (const std::string& one : names) {
    for (std::size_t begin = 0; begin <= one.size();) {
      const std::size_t end = std::min(one.find('/', begin), one.size());
      map.emplace_back(one.substr(begin, end - begin), Result{static_cast<double>(first)});
      begin = end + 1;
    }
    ++first;
  }
  return {std::move(map)};
}

}  // namespace

Result read_receptors(const NeuronModel& model, const std::string& key) {
  if (key == kReceptorTypes) return numbers_by_name(model.port_names, 1);
  if (key == kContinuousInputs) return numbers_by_name(model.current_names, 0);
  return {static_cast<double>(model.ports)};
}

std::vector<std::string> recordables_of(const NeuronModel& model) {
  std::vector<std::string> names;
  for (const StateDeclaration& s : model.states) names.push_back(s.name);
  if (!names.empty() && model.has_calcium) names.push_back(calcium_declaration().name);
  return names;
}

}  // namespace tegmenta
