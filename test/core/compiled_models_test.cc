#include <doctest/doctest.h>

#include <cstring>
#include <string>

#include "base/random.h"
#include "compiled_models.h"
#include "neuron_driver.h"
#include "once.h"
#include "simd/dispatch.h"

namespace tegmenta::testing {
namespace {

struct BuiltIn {
  std::string name;
  compiled::Code code;
  Settings settings;
  double weight;
};

// Both go through the same input, in steps of various numbers.
void expect_same(const BuiltIn& model, int n, NeuronDriver::Coefficients how,
                 const simd::Kernels& level) {
  CAPTURE(model.name);
  CAPTURE(n);
  CAPTURE(level.name);
  const auto made = [&] {
    return NeuronDriver(model.name, model.settings, n, TimeGrid(), &level, how);
  };
  NeuronDriver built_in = made(), compiled_one = made();
  CompiledUpdate update(model.code, level);
  compiled_one.replace_update([&](const NeuronBlock& block) { update(block); });
  if (how == NeuronDriver::Coefficients::kPerNeuron) {
    for (int i = 0; i < n; ++i) {
      std::vector<double> p = built_in.parameters();
      p[static_cast<std::size_t>(parameter_index(built_in.model(), "C_m"))] *= 1 + 0.01 * i;
      built_in.calibrate(i, p);
      compiled_one.calibrate(i, p);
    }
  }
  RandomStream random(7, Purpose::kParameter, 0, 0, 0);
  int spikes = 0;
  for (int block = 0; block < 30; ++block) {
    const int steps = 1 + static_cast<int>(random.below(kBlockSteps));
    for (int s = 0; s < steps; ++s) {
      for (int i = 0; i < n; ++i) {
        const double excitatory = random.uniform01() < 0.3 ? model.weight : 0;
        const double inhibitory = random.uniform01() < 0.1 ? -2 * model.weight : 0;
        for (NeuronDriver* neurons : {&built_in, &compiled_one}) {
          neurons->excitatory(s, i) = excitatory;
          neurons->inhibitory(s, i) = inhibitory;
          if (block % 3 == 0) neurons->current(s, i) = 0.5 * i;
        }
      }
    }
    built_in.advance(steps);
    compiled_one.advance(steps);
    for (int s = 0; s < steps; ++s) {
      for (int i = 0; i < n; ++i) {
        REQUIRE(built_in.spikes(s, i) == compiled_one.spikes(s, i));
        spikes += built_in.spikes(s, i);
      }
    }
    for (std::size_t c = 0; c < built_in.columns().size(); ++c) {
      REQUIRE(std::memcmp(built_in.columns()[c].data(), compiled_one.columns()[c].data(),
                          static_cast<std::size_t>(n) * sizeof(double)) == 0);
    }
  }
  CHECK(spikes > 0);
}

TEST_CASE("compiled models have the bits of built-in ones" * once()) {
  const BuiltIn models[] = {{"iaf_psc_exp", compiled_iaf_psc_exp(), {{"I_e", 450}}, 100},
                            {"iaf_cond_exp", compiled_iaf_cond_exp(), {{"I_e", 450}}, 2}};
  for (const simd::Kernels* level : simd::available_levels()) {
    for (const BuiltIn& model : models) {
      for (const int n : {1, 7, 8, 9, 40, 64}) {
        expect_same(model, n, NeuronDriver::Coefficients::kShared, *level);
        expect_same(model, n, NeuronDriver::Coefficients::kPerNeuron, *level);
      }
    }
  }
}

}  // namespace
}  // namespace tegmenta::testing
