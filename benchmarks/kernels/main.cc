// What the kernels of neurons and of the noise cost, one thread, at every
// instruction-set level of this processor: the least of several passes.
//
//     cmake --preset release && cmake --build --preset release --target tegmenta_kernel_times
//     build/tegmenta_kernel_times
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "compiled_models.h"
#include "neuron_driver.h"
#include "simd/dispatch.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

constexpr int kPasses = 7;
constexpr int kNeurons = kBlockLanes;
constexpr int kBlocks = 125;

template <typename Work>
double nanoseconds(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
}

struct Case {
  std::string model;
  Settings settings;
  double weight;
  int ports = 0;
  compiled::Code (*compiled)() = nullptr;  // the update that is timed instead of the model's
};

/// ns per neuron and step of 0.1 ms with 3000 excitatory and 1000 inhibitory events/s a neuron.
double neuron_step(const Case& c, const simd::Kernels& level, NeuronDriver::Coefficients how) {
  double least = std::numeric_limits<double>::infinity();
  for (int pass = 0; pass < kPasses; ++pass) {
    NeuronDriver neurons(c.model, c.settings, kNeurons, TimeGrid(), &level, how,
                         std::max(1, c.ports));
    std::optional<CompiledUpdate> update;
    if (c.compiled != nullptr) {
      update.emplace(c.compiled(), level);
      neurons.replace_update([&](const NeuronBlock& block) { (*update)(block); });
    }
    RandomStream random(1, Purpose::kParameter, 0, 0, 0);
    double total = 0;
    for (int block = 0; block < kBlocks; ++block) {
      for (int s = 0; s < kBlockSteps; ++s) {
        for (int i = 0; i < kNeurons; ++i) {
          if (random.uniform01() < 0.3) neurons.excitatory(s, i) = c.weight;
          if (random.uniform01() < 0.1)
            neurons.inhibitory(s, i) = (c.ports > 0 ? 2 : -2) * c.weight;
        }
      }
      total += nanoseconds([&] { neurons.advance(kBlockSteps); });
    }
    least = std::min(least, total / (kBlocks * kBlockSteps * kNeurons));
  }
  return least;
}

double normal(const simd::Kernels& level) {
  std::vector<double> out(kNeurons);
  std::vector<std::uint32_t> targets(kNeurons), steps(kNeurons, 7);
  for (std::uint32_t i = 0; i < kNeurons; ++i) targets[i] = i;
  double least = std::numeric_limits<double>::infinity();
  for (int pass = 0; pass < kPasses; ++pass) {
    const double total = nanoseconds([&] {
      for (std::uint32_t k = 0; k < 1000; ++k) {
        level.normals(out.data(), {1, 0x02000000, 0, k, targets.data(), steps.data()}, kNeurons);
      }
    });
    least = std::min(least, total / (1000 * kNeurons));
  }
  return least;
}

}  // namespace

int main() {
  const std::vector<Case> cases = {
      {"iaf_psc_exp", {{"I_e", 450}}, 50},
      {"iaf_psc_exp", {{"I_e", 450}}, 50, 0, &compiled_iaf_psc_exp},
      {"iaf_cond_exp", {{"I_e", 450}}, 2},
      {"iaf_cond_exp", {{"I_e", 450}}, 2, 0, &compiled_iaf_cond_exp},
      {"iaf_cond_alpha", {{"I_e", 450}}, 2},
      {"iaf_cond_exp_multisynapse",
       {{"g_e0", 12}, {"g_i0", 57}, {"sigma_e", 3}, {"sigma_i", 6.6}, {"E_rev_2", -75}},
       2,
       2},
      {"aeif_cond_exp", {{"I_e", 900}}, 2},
      {"izhikevich", {{"consistent_integration", 0}, {"I_e", 6}}, 1}};
  for (const simd::Kernels* level : simd::available_levels()) {
    for (const Case& c : cases) {
      std::printf("%-10s %-25s %8.2f ns a neuron and step, %8.2f with parameters of its own\n",
                  level->name, ((c.compiled != nullptr ? "compiled " : "") + c.model).c_str(),
                  neuron_step(c, *level, NeuronDriver::Coefficients::kShared),
                  neuron_step(c, *level, NeuronDriver::Coefficients::kPerNeuron));
    }
    std::printf("%-10s %-25s %8.2f ns\n", level->name, "normal number", normal(*level));
  }
}
