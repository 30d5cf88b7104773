// Drives one neuron model alone, without an engine: a population of n neurons whose inputs are set
// step by step, advanced in blocks as the engine does.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/time_grid.h"
#include "models/neuron_kernels.h"
#include "models/neuron_model.h"
#include "models/neuron_registry.h"
#include "simd/kernels.h"

namespace tegmenta::testing {

inline const NeuronModel& model_named(const std::string& name) {
  static const std::vector<std::unique_ptr<NeuronModel>> models = make_neuron_models();
  for (const auto& model : models) {
    if (model->name() == name) return *model;
  }
  throw std::invalid_argument("no model " + name);
}

inline int parameter_index(const NeuronModel& model, const std::string& name) {
  for (std::size_t i = 0; i < model.parameters.size(); ++i) {
    if (model.parameters[i].name == name) return static_cast<int>(i);
  }
  throw std::invalid_argument("no parameter " + name);
}

using Settings = std::vector<std::pair<std::string, double>>;

/// Default parameters with some of them set; names that are states are ignored. Those of ports are
/// named with the number of their receptor: E_rev_1.
inline std::vector<double> parameters_of(const NeuronModel& model, const Settings& settings) {
  std::vector<double> p;
  for (const auto& declared : model.parameters) p.push_back(declared.default_value);
  for (const auto& [name, value] : settings) {
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (model.parameters[i].name == name) p[i] = value;
    }
  }
  for (const auto& declared : model.port_parameters) {
    for (int port = 1; port <= model.ports; ++port) {
      const std::string name = declared.name + "_" + std::to_string(port);
      double value = declared.default_value;
      for (const auto& setting : settings) {
        if (setting.first == name) value = setting.second;
      }
      p.push_back(value);
    }
  }
  return p;
}

class NeuronDriver {
 public:
  enum class Coefficients { kShared, kPerNeuron };

  /// All neurons alike. `kernels` null: the scalar update.
  NeuronDriver(const std::string& name, const Settings& settings, int n, const TimeGrid& grid,
               const simd::Kernels* kernels, Coefficients how = Coefficients::kShared,
               int ports = 1)
      : model_(model_named(name).with_ports(ports)),
        grid_(grid),
        kernels_(kernels),
        shared_(how == Coefficients::kShared),
        real_(n),
        lanes_((n + kLaneGroup - 1) / kLaneGroup * kLaneGroup),
        parameters_(parameters_of(model_, settings)) {
    if (lanes_ > kBlockLanes) throw std::invalid_argument("one block only");
    rows_ = std::max<std::size_t>(2, static_cast<std::size_t>(model_.input_rows()));
    state_.assign(static_cast<std::size_t>(model_.state_columns), column(0));
    for (auto& values : state_) state_pointers_.push_back(values.data());
    for (const auto& declared : model_.states) {
      double value = declared.default_value;
      for (const auto& [key, set] : settings) {
        if (key == declared.name) value = set;
      }
      for (int i = 0; i < lanes_; ++i) set_state(declared.name, i, value);
    }
    model_.initialise(grid_, state_pointers_.data(), static_cast<std::size_t>(lanes_));
    coefficient_.assign(static_cast<std::size_t>(model_.coefficients), column(0));
    for (auto& values : coefficient_) coefficient_pointers_.push_back(values.data());
    for (int i = 0; i < lanes_; ++i) calibrate(i, parameters_);
    clear_inputs();
  }

  NeuronDriver(NeuronDriver&&) = default;  // the columns keep their addresses; a copy's would not

  /// Advances by this from now on, instead of by the model's update.
  void replace_update(std::function<void(const NeuronBlock&)> update) {
    replacement_ = std::move(update);
  }

  const NeuronModel& model() const { return model_; }
  const std::vector<double>& parameters() const { return parameters_; }

  /// Gives one neuron other parameters (only with per-neuron coefficients).
  void calibrate(int neuron, const std::vector<double>& p) {
    std::vector<double> c(coefficient_.size());
    model_.calibrate(p.data(), grid_, c.data());
    for (std::size_t k = 0; k < c.size(); ++k) {
      coefficient_[k][static_cast<std::size_t>(neuron)] = c[k];
    }
  }

  double state(const std::string& name, int neuron = 0) const {
    const StateDeclaration& declared = declaration(name);
    double value =
        state_[static_cast<std::size_t>(declared.column)][static_cast<std::size_t>(neuron)];
    if (declared.offset_parameter >= 0)
      value += parameters_[static_cast<std::size_t>(declared.offset_parameter)];
    return declared.in_steps ? value * grid_.resolution_ms() : value;
  }

  void set_state(const std::string& name, int neuron, double value) {
    const StateDeclaration& declared = declaration(name);
    if (declared.offset_parameter >= 0)
      value -= parameters_[static_cast<std::size_t>(declared.offset_parameter)];
    state_[static_cast<std::size_t>(declared.column)][static_cast<std::size_t>(neuron)] = value;
  }

  const std::vector<std::vector<double>>& columns() const { return state_; }

  /// Inputs of the steps of the next call of advance.
  double& excitatory(int step, int neuron = 0) { return row(0, step, neuron); }
  double& inhibitory(int step, int neuron = 0) { return row(1, step, neuron); }
  /// Of a receptor that is a port, from 1 on.
  double& port(int receptor, int step, int neuron = 0) { return row(receptor - 1, step, neuron); }
  double& current(int step, int neuron = 0) {
    has_current_ = true;
    return at(current_, step, neuron);
  }
  double& filtered_current(int step, int neuron = 0) {
    has_filtered_ = true;
    return at(filtered_, step, neuron);
  }

  /// Advances by 1 ≤ steps ≤ kBlockSteps with the inputs set, and clears these.
  void advance(int steps) {
    NeuronBlock block{};
    block.state = state_pointers_.data();
    block.coefficient = coefficient_pointers_.data();
    block.uniform = shared_;
    block.lanes = lanes_;
    block.steps = steps;
    block.excitatory = inputs_.data();
    block.inhibitory = inputs_.data() + kRow;
    block.input_stride = kBlockLanes;
    block.ports = model_.ports;
    block.port_input = inputs_.data();
    block.port_stride = kRow;
    block.current = has_current_ ? current_.data() : nullptr;
    block.filtered_current = has_filtered_ ? filtered_.data() : nullptr;
    fired_.assign(kBlockSteps * kStride, 0xAA);
    block.fired = fired_.data();
    block.fired_stride = kStride;
    multiplicity_.assign(kBlockSteps * kBlockLanes, 0);
    block.multiplicity = model_.has_multiplicity ? multiplicity_.data() : nullptr;
    block.multiplicity_stride = kBlockLanes;
    block.resolution_ms = grid_.resolution_ms();
    block.first_step = step_;
    block.first_node = 1;
    block.real_lanes = real_;
    block.seed = 12345;
    NeuronFailure failure;
    block.failure = &failure;
    if (replacement_) {
      replacement_(block);
    } else if (kernels_) {
      (neuron_kernels(*kernels_).*model_.vector_kernel)(block);
    } else {
      model_.update_scalar(block);
    }
    if (failure.kind != NeuronFailure::kNone) {
      const auto step = static_cast<double>(block.first_step + failure.step);
      throw model_.failed(block, failure, step * block.resolution_ms);
    }
    step_ += steps;
    clear_inputs();
  }

  /// Spikes that a neuron emitted in a step of the last advance.
  int spikes(int step, int neuron = 0) const {
    const auto s = static_cast<std::size_t>(step);
    const auto i = static_cast<std::size_t>(neuron);
    if (!(fired_[s * kStride + i / 8] >> (i & 7) & 1)) return 0;
    return model_.has_multiplicity ? static_cast<int>(multiplicity_[s * kBlockLanes + i]) : 1;
  }

  /// Spike masks of the last advance, all bytes of each step.
  const std::vector<std::uint8_t>& masks() const { return fired_; }
  int mask_bytes() const { return lanes_ / 8; }
  static constexpr std::size_t kStride = kBlockLanes / 8;

 private:
  std::vector<double> column(double value) const { return std::vector<double>(kBlockLanes, value); }

  const StateDeclaration& declaration(const std::string& name) const {
    for (const auto& declared : model_.states) {
      if (declared.name == name) return declared;
    }
    throw std::invalid_argument("no state " + name);
  }

  static constexpr std::size_t kRow = std::size_t{kBlockSteps} * kBlockLanes;

  double& row(int of, int step, int neuron) {
    return inputs_[static_cast<std::size_t>(of) * kRow +
                   static_cast<std::size_t>(step * kBlockLanes + neuron)];
  }
  static double& at(std::vector<double>& values, int step, int neuron) {
    return values[static_cast<std::size_t>(step * kBlockLanes + neuron)];
  }

  void clear_inputs() {
    inputs_.assign(rows_ * kRow, 0.0);
    for (auto* values : {&current_, &filtered_}) values->assign(kRow, 0.0);
    has_current_ = has_filtered_ = false;
  }

  const NeuronModel& model_;
  TimeGrid grid_;
  const simd::Kernels* kernels_;
  std::function<void(const NeuronBlock&)> replacement_;
  bool shared_;
  int real_;
  int lanes_;
  std::int64_t step_ = 0;
  std::vector<double> parameters_;
  std::vector<std::vector<double>> state_, coefficient_;
  std::vector<double*> state_pointers_;
  std::vector<const double*> coefficient_pointers_;
  std::size_t rows_ = 2;
  std::vector<double> inputs_;  // [row], as the next
  std::vector<double> current_, filtered_;
  bool has_current_ = false;
  bool has_filtered_ = false;
  std::vector<std::uint8_t> fired_;
  std::vector<std::uint32_t> multiplicity_;
};

}  // namespace tegmenta::testing
