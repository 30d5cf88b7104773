// A neuron model, as its struct declares it, in the form that the engine knows.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>

#include "base/philox.h"
#include "models/neuron_model.h"
#include "models/neurons/common.h"
#include "models/neurons/one_by_one.h"
#include "simd/normal_words.h"

namespace tegmenta {

/// Fails to compile where a part of the model is missing, and names it.
template <typename Model>
consteval bool has_all_neuron_parts() {
  using P = typename Model::Parameters;
  using C = typename Model::template Coefficients<double>;
  static_assert(
      requires { Model::kSummary; }, "A neuron needs what it is in a sentence: kSummary.");
  static_assert(requires { Model::kSource; }, "A neuron needs where it comes from: kSource.");
  static_assert(declares_all<P>(Model::kParameters),
                "Every member of Parameters is declared once in kParameters.");
  static_assert(
      requires(const Given<P>& p) { Model::check(p); },
      "A neuron needs the check of its parameters: check().");
  static_assert(
      std::is_empty_v<C> || requires(const P& p, const TimeGrid& grid) {
        { Model::calibrate(p, grid) } -> std::same_as<C>;
      }, "A neuron needs its coefficients: calibrate().");
  if constexpr (kHasPorts<Model>) {
    static_assert(declares_all<typename Model::PortParameters>(Model::kPortParameters),
                  "Every member of PortParameters is declared once in kPortParameters.");
    static_assert(declares_all<typename Model::template PortState<double>>(Model::kPortStates),
                  "Every member of PortState is declared once in kPortStates.");
    static_assert(!kHasSolver<Model> && std::is_empty_v<typename Model::OptionCoefficients>,
                  "A neuron with ports has neither a solver nor options.");
  } else if constexpr (kHasVectors<Model> && !kHasSolver<Model>) {
    static_assert(
        requires(typename Model::template State<double>& x, const C& c, const Input<double>& in) {
          Model::step(x, c, in);
        }, "A neuron needs step(), derivative() or update().");
  }
  return true;
}

template <typename Model>
class NeuronOf final : public NeuronModel {
  static_assert(has_all_neuron_parts<Model>());
  using Parameters = typename Model::Parameters;
  using State = typename Model::template State<double>;
  using Coefficients = typename Model::template Coefficients<double>;
  using OptionState = typename Model::OptionState;
  using OptionCoefficients = typename Model::OptionCoefficients;
  using PortParameters = typename Model::PortParameters;
  using PortState = typename Model::template PortState<double>;
  using PortCoefficients = typename Model::template PortCoefficients<double>;

  /// What a solver advances; nothing where there is none.
  template <typename M>
  struct SolvedOf {
    struct type {};
  };
  template <HasSolver M>
  struct SolvedOf<M> {
    using type = typename M::template Solved<double>;
  };
  using Solved = typename SolvedOf<Model>::type;

  // Columns: what is solved, the rest of the state, that of options, the sub-step of the solver;
  // then those of ports.
  static constexpr std::size_t kSolved = kColumnsOf<Solved>;
  static constexpr std::size_t kStates = kColumnsOf<State>;
  static constexpr std::size_t kOptionStates = kColumnsOf<OptionState>;
  static constexpr std::size_t kSubstep = kSolved + kStates + kOptionStates;
  static constexpr std::size_t kCoefficients = kColumnsOf<Coefficients>;
  static constexpr std::size_t kOptionCoefficients = kColumnsOf<OptionCoefficients>;
  static constexpr std::size_t kPortStates = kColumnsOf<PortState>;
  static constexpr std::size_t kPortCoefficients = kColumnsOf<PortCoefficients>;
  static constexpr bool kHasOptions = kOptionCoefficients > 0;
  static constexpr bool kHeeds = common::HeedsIgnoreAndSpike<Parameters>;

  template <auto Member>
  static constexpr int column() {
    using Owner = typename OwnerOfMember<Member>::type;
    constexpr std::size_t place = place_in_struct<Member>();
    if constexpr (std::is_same_v<Owner, Solved>) {
      return static_cast<int>(place);
    } else if constexpr (std::is_same_v<Owner, State>) {
      return static_cast<int>(kSolved + place);
    } else {
      static_assert(std::is_same_v<Owner, OptionState>);
      return static_cast<int>(kSolved + kStates + place);
    }
  }

 public:
  NeuronOf(const char* name, NeuronUpdate NeuronKernels::* kernel, int port_count = 1)
      : NeuronModel(name) {
    summary = Model::kSummary;
    source = Model::kSource;
    if constexpr (requires { Model::kEquations; }) equations = Model::kEquations;
    const auto add = [&](const auto& field) { parameters.push_back(field.declaration()); };
    for_each_field(Model::kParameters, add);
    for_each_field(common::kArchive, add);
    drawn_first = static_cast<int>(parameters.size());
    if constexpr (!kHeeds) for_each_field(common::kUnheeded, add);
    for_each_field(common::kCommon, add);
    for_each_field(Model::kStates, [&]<typename F>(const F& field) {
      states.push_back({.name = std::string(field.name),
                        .unit = std::string(field.unit),
                        .default_value = field.value,
                        .column = column<F::member>(),
                        .offset_parameter = field.relative_to,
                        .moves_with_parameter = field.moves_with_parameter,
                        .range = field.range,
                        .description = std::string(field.description),
                        .in_steps = field.in_steps});
    });
    state_columns = static_cast<int>(kSubstep) + (kHasSolver<Model> ? 1 : 0);
    if constexpr (kOptionStates > 0) vector_columns = static_cast<int>(kSolved + kStates);
    coefficients = static_cast<int>(kCoefficients + kOptionCoefficients);
    has_multiplicity = Model::kHasMultiplicity;
    counts_input = Model::kCountsInput;
    currents = !Model::kAcceptsCurrent ? 0 : Model::kHasFilteredCurrent ? 2 : 1;
    has_spike_times = Model::kHasSpikeTimes;
    has_solver = kHasSolver<Model>;
    changes_at_events = kChangesAtEvents<Model>;
    knows_when_due = kKnowsWhenDue<Model>;
    if constexpr (kHasVectors<Model>) vector_kernel = kernel;
    if constexpr (kHasPorts<Model>) add_ports(port_count);
  }

  const NeuronModel& with_ports(int n) const override {
    if constexpr (kHasPorts<Model>) {
      if (n == ports) return *this;
      static std::mutex guard;
      static auto* const made = new std::map<int, std::unique_ptr<const NeuronOf>>;
      const std::lock_guard lock(guard);
      std::unique_ptr<const NeuronOf>& one = (*made)[n];
      if (!one) one = std::make_unique<NeuronOf>(name().c_str(), vector_kernel, n);
      return *one;
    }
    return *this;
  }

  void check(const double* p, const TimeGrid&) const override {
    Given<Parameters> given;
    static_cast<Parameters&>(given) = parameters_from(p);
    given.model = &name();
    Model::check(given);
  }

  void calibrate(const double* p, const TimeGrid& grid, double* c) const override {
    const Parameters values = parameters_from(p);
    if constexpr (kCoefficients > 0) put(c, Model::calibrate(values, grid));
    if constexpr (kHasOptions) put(c + kCoefficients, Model::calibrate_options(values, grid));
    if constexpr (kHasPorts<Model>) {
      for (int k = 0; k < ports; ++k) {
        put(c + kCoefficients + static_cast<std::size_t>(k) * kPortCoefficients,
            Model::calibrate_port(values, port_parameters_from(p, k), grid));
      }
    }
  }

  void initialise(const TimeGrid& grid, double* const* columns, std::size_t lanes) const override {
    if constexpr (kHasSolver<Model>) std::fill_n(columns[kSubstep], lanes, grid.resolution_ms());
  }

  bool needs_scalar(const double* p) const override {
    if constexpr (kHasOptions) return Model::uses_options(parameters_from(p));
    return !kHasVectors<Model>;
  }

  int begun_anew_by(int parameter) const override {
    if constexpr (requires { typename Model::BegunAnew; }) {
      using Anew = typename Model::BegunAnew;
      if (Anew::template is_by<Model>(parameter)) return column<Anew::state>();
    }
    return -1;
  }

  void bring([[maybe_unused]] const double* p, [[maybe_unused]] const TimeGrid& grid,
             [[maybe_unused]] std::int64_t now, [[maybe_unused]] double* states) const override {
    if constexpr (kChangesAtEvents<Model>) {
      auto x = numbers_from<State, double, kStates>([&](std::size_t k) { return states[k]; });
      Model::bring(x, Model::calibrate(parameters_from(p), grid), static_cast<double>(now));
      put(states, x);
    }
  }

  void update_scalar(const NeuronBlock& b) const override {
    if constexpr (!kHasVectors<Model>) {
      Model::update(b);
    } else if constexpr (!kHasSolver<Model>) {
      for_each_neuron(b, [&](int s, int lane, int index) {
        return static_cast<std::uint32_t>(step(b, s, lane, index));
      });
    }
  }

  std::int64_t next_due([[maybe_unused]] const NeuronBlock& block) const override {
    if constexpr (kKnowsWhenDue<Model>) return Model::next_due(block);
    return NeuronModel::next_due(block);
  }

  Error failed(const NeuronBlock& block, const NeuronFailure& failure,
               double time_ms) const override {
    using Values = std::conditional_t<kHasSolver<Model>, Solved, State>;
    if constexpr (requires(const Values& x) { Model::failure(x); }) {
      if (failure.kind != NeuronFailure::kSolver) {
        const auto x = get<Values, kColumnsOf<Values>>(block.state, failure.lane);
        return failed_with(ErrorKind::kNumericalInstability, block, failure, time_ms,
                           Model::failure(x));
      }
    }
    return NeuronModel::failed(block, failure, time_ms);
  }

 private:
  void add_ports(int n) {
    ports = n;
    for_each_field(Model::kPortParameters, [&](const auto& field) {
      ParameterDeclaration d = field.declaration();
      d.type = ParameterType::kDoubles;
      d.default_text = "[" + format_number(d.default_value) + "]";
      port_parameters.push_back(std::move(d));
    });
    for (int k = 0; k < n; ++k) {
      const std::string number = std::to_string(k + 1);
      for_each_field(Model::kPortStates, [&]<typename F>(const F& field) {
        const std::size_t at = place_in_struct<F::member>();
        states.push_back({.name = std::string(field.name) + "_" + number,
                          .unit = std::string(field.unit),
                          .default_value = field.value,
                          .column = state_columns + static_cast<int>(at),
                          .range = field.range,
                          .description = std::string(field.description),
                          .of_receptor = true});
      });
      state_columns += static_cast<int>(kPortStates);
    }
    coefficients += n * static_cast<int>(kPortCoefficients);
  }

  PortParameters port_parameters_from(const double* p, int port) const {
    PortParameters values{};
    std::size_t parameter = 0;
    for_each_field(Model::kPortParameters, [&]<typename F>(const F&) {
      values.*F::member = p[port_column(parameter++, port)];
    });
    return values;
  }

  static Parameters parameters_from(const double* p) {
    Parameters values{};
    for_each_field(Model::kParameters, [&]<typename F>(const F&) { values.*F::member = *p++; });
    return values;
  }

  template <typename Numbers>
  static void put(double* at, const Numbers& numbers) {
    numbers_to<double, kColumnsOf<Numbers>>(numbers, [&](std::size_t k, double x) { at[k] = x; });
  }
  template <typename Numbers, std::size_t n>
  static Numbers get(const auto* columns, int lane) {
    return numbers_from<Numbers, double, n>([&](std::size_t k) { return columns[k][lane]; });
  }
  template <typename Numbers>
  static void set(double* const* columns, int lane, const Numbers& numbers) {
    numbers_to<double, kColumnsOf<Numbers>>(numbers,
                                            [&](std::size_t k, double x) { columns[k][lane] = x; });
  }

  /// Advances one neuron; whether it fires.
  static bool step(const NeuronBlock& b, int s, int lane, int index) {
    const int own = b.uniform ? 0 : lane;
    auto x = get<State, kStates>(b.state, lane);
    const auto c = get<Coefficients, kCoefficients>(b.coefficient, own);
    const Input<double> in = {
        b.excitatory[index],           b.inhibitory[index],
        b.current != nullptr,          b.current ? b.current[index] : 0,
        b.filtered_current != nullptr, b.filtered_current ? b.filtered_current[index] : 0};
    bool fires;
    if constexpr (kHasOptions) {
      auto option = get<OptionState, kOptionStates>(b.state + kStates, lane);
      fires = Model::step_with_options(
          x, option, c,
          get<OptionCoefficients, kOptionCoefficients>(b.coefficient + kCoefficients, own), in,
          {b.seed, b.first_node + static_cast<std::uint32_t>(lane),
           static_cast<std::uint64_t>(b.first_step + s)});
      set(b.state + kStates, lane, option);
    } else if constexpr (kHasPorts<Model>) {
      const auto pair = Model::draws(c) ? drawn(b, s, lane) : NormalPair<double>{};
      fires = Model::step(x, c, in, Ports{b, lane, own, index}, pair);
    } else {
      fires = Model::step(x, c, in);
    }
    set(b.state, lane, x);
    return fires;
  }

  /// The ports of one neuron in a step.
  struct Ports {
    const NeuronBlock& b;
    int lane, own, index;

    template <typename F>
    void each(const F& f) const {
      double* const* state = b.state + kStates;
      const double* const* coefficient = b.coefficient + kCoefficients;
      for (int k = 0; k < b.ports; ++k) {
        auto port = get<PortState, kPortStates>(state, lane);
        f(port, get<PortCoefficients, kPortCoefficients>(coefficient, own),
          b.port_input[static_cast<std::size_t>(k) * b.port_stride +
                       static_cast<std::size_t>(index)]);
        set(state, lane, port);
        state += kPortStates;
        coefficient += kPortCoefficients;
      }
    }
  };

  /// What is drawn for one neuron in a step.
  static NormalPair<double> drawn(const NeuronBlock& b, int s, int lane) {
    const auto step = static_cast<std::uint64_t>(b.first_step + s);
    const bool upper = lane % kNormalGroup >= kNormalHalf;
    const std::uint32_t lower =
        b.first_node + static_cast<std::uint32_t>(lane - (upper ? kNormalHalf : 0));
    const auto words = philox4x32(
        {0, lower, static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(step >> 32)},
        {b.seed, Model::kNormalKey});
    const auto pair = normal_pair<OneLane>(words[upper ? 2 : 0], words[upper ? 3 : 1]);
    return {pair.first, pair.second};
  }
};

}  // namespace tegmenta
