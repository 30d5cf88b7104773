// Conductance models with parameters that the adaptive integration cannot follow: it gives up after
// a bounded number of attempts, at every level with the same decision.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/errors.h"
#include "neuron_driver.h"
#include "once.h"
#include "scalar_conductance.h"
#include "simd/dispatch.h"

namespace tegmenta::testing {
namespace {

struct End {
  ErrorKind kind;
  double node, time_ms;
  bool operator==(const End&) const = default;
};

/// How a few steps with input end; nothing where all states are finite numbers.
std::optional<End> end_of(const std::string& model, const Settings& settings,
                          const simd::Kernels& level) {
  NeuronDriver neurons(model, settings, 3, TimeGrid(), &level);
  try {
    for (int s = 0; s < 3; ++s) {
      for (int i = 0; i < 3; ++i) neurons.excitatory(0, i) = 20;
      neurons.advance(1);
    }
  } catch (const Error& error) {
    End end{error.kind(), 0, -1};
    for (const Field& field : error.fields()) {
      if (field.name == "node") end.node = std::get<double>(field.value);
      if (field.name == "time_ms") end.time_ms = std::get<double>(field.value);
    }
    return end;
  }
  for (const auto& column : neurons.columns()) {
    for (std::size_t i = 0; i < 3; ++i) CHECK(std::isfinite(column[i]));
  }
  return std::nullopt;
}

std::vector<std::string> models_with_solver() {
  std::vector<std::string> names;
  for (const auto& model : make_neuron_models()) {
    if (model->has_solver) names.push_back(model->name());
  }
  return names;
}

/// Of these, what a model has and what takes the value.
std::vector<Settings> settings_with(const NeuronModel& model, double value) {
  const std::set<std::string> tried = {"g_L", "C_m", "I_e", "E_L", "E_ex", "tau_syn_ex", "V_m"};
  std::vector<Settings> all;
  const auto add = [&](const auto& declared) {
    if (tried.contains(declared.name) && declared.range.contains(value)) {
      all.push_back({{declared.name, value}});
    }
  };
  for (const auto& parameter : model.parameters) add(parameter);
  for (const auto& state : model.states) add(state);
  return all;
}

TEST_CASE("conductance models: extreme parameters end in an error of bounded work" * once()) {
  for (const std::string& model : models_with_solver()) {
    CAPTURE(model);
    for (const double value : {1e15, 1e100, 1e154, 1e308, -1e100, 1e-10, 1e-300, 5e-324}) {
      CAPTURE(value);
      for (const Settings& settings : settings_with(model_named(model), value)) {
        CAPTURE(settings.front().first);
        const std::optional<End> expected =
            end_of(model, settings, *simd::available_levels().front());
        if (expected) {
          const bool typed = expected->kind == ErrorKind::kSolverFailure ||
                             expected->kind == ErrorKind::kNumericalInstability;
          CHECK(typed);
          CHECK(expected->node == 1);
          CHECK(expected->time_ms >= 0);
        }
        CHECK(end_of(model, settings, *simd::available_levels().back()) == expected);
      }
    }
  }
}

TEST_CASE("conductance models: what never ended is a SolverFailure of the first neuron" * once()) {
  for (const std::string& model : models_with_solver()) {
    CAPTURE(model);
    for (const Settings& settings :
         {Settings{{"g_L", 1e15}}, Settings{{"C_m", 1e-12}, {"I_e", -100}},
          Settings{{"tau_syn_ex", 1e-12}}}) {
      CAPTURE(settings.front().first);
      for (const simd::Kernels* level : simd::available_levels()) {
        const std::optional<End> end = end_of(model, settings, *level);
        REQUIRE(end);
        CHECK(end->kind == ErrorKind::kSolverFailure);
        CHECK(end->node == 1);
      }
    }
  }
}

TEST_CASE("conductance models: stiff neurons are integrated as by the scalar controller") {
  for (const std::string model : {"iaf_cond_exp", "iaf_cond_alpha"}) {
    CAPTURE(model);
    const Settings settings = {{"g_L", 1e8}, {"I_e", 1e8}};
    NeuronDriver vectors(model, settings, 1, TimeGrid(), &simd::default_level());
    NeuronDriver scalars(model, settings, 1, TimeGrid(), nullptr);
    SubstepCounts counts;
    scalars.replace_update(
        [&](const NeuronBlock& b) { scalar_conductance_update(model, b, counts); });
    for (NeuronDriver* driver : {&vectors, &scalars}) driver->advance(2);
    CHECK(vectors.columns().front().front() == scalars.columns().front().front());
    CHECK(vectors.state("V_m") == doctest::Approx(-69).epsilon(1e-3));
    CHECK(counts.taken > 20000);
  }
}

}  // namespace
}  // namespace tegmenta::testing
