// Digests of what runs in vectors, the same on every processor: x86 at all its levels and arm64 are
// compared through them.
#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "fnv.h"
#include "neuron_driver.h"
#include "simd/dispatch.h"

namespace tegmenta::testing {
namespace {

/// Uniform numbers in [0, 1).
double next_uniform(std::uint64_t& state) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return static_cast<double>(state >> 40) * 0x1p-24;
}

std::uint64_t digest_of_model(const std::string& name, const simd::Kernels& level) {
  Fnv digest;
  constexpr int kNeurons = 40;
  NeuronDriver neurons(name, {}, kNeurons, TimeGrid(), &level);
  std::uint64_t random = 42;
  for (int block = 0; block < 20; ++block) {
    for (int s = 0; s < kBlockSteps; ++s) {
      for (int i = 0; i < kNeurons; ++i) {
        if (next_uniform(random) < 0.2) neurons.excitatory(s, i) = 50 * next_uniform(random);
        if (next_uniform(random) < 0.1) neurons.inhibitory(s, i) = -20 * next_uniform(random);
        neurons.current(s, i) = 400 * next_uniform(random);
      }
    }
    neurons.advance(kBlockSteps);
    for (const auto& column : neurons.columns()) {
      digest.add(column.data(), kNeurons * sizeof(double));
    }
    for (int s = 0; s < kBlockSteps; ++s) {
      digest.add(&neurons.masks()[static_cast<std::size_t>(s) * NeuronDriver::kStride],
                 kNeurons / 8);
    }
  }
  return digest.value();
}

/// These change only when what the models compute is meant to change.
const std::map<std::string, std::uint64_t> kModelDigests = {
    {"aeif_cond_exp", 0xc64e0acc93a85b4fu}, {"iaf_cond_alpha", 0x05efce0c503492a5u},
    {"iaf_cond_exp", 0x180cce332b7bbb4eu},  {"iaf_psc_alpha", 0x1cf33872d240e333u},
    {"iaf_psc_delta", 0x3d9495cb12fb4e9bu}, {"iaf_psc_delta_neuron", 0x12a432d19d9e2ebeu},
    {"iaf_psc_exp", 0xe100d152aa35146fu},   {"iaf_psc_exp_neuron", 0x343665bba086fbefu},
    {"izhikevich", 0x7318bc520952c674u}};

}  // namespace

TEST_CASE("digest: the neuron updates give one answer on every processor") {
  const simd::Kernels& first = *simd::available_levels().front();
  for (const auto& model : make_neuron_models()) {
    if (!model->vector_kernel) continue;
    CAPTURE(model->name());
    const auto known = kModelDigests.find(model->name());
    // A model that is not in the list: the same on all levels of this processor.
    const std::uint64_t expected =
        known == kModelDigests.end() ? digest_of_model(model->name(), first) : known->second;
    for (const simd::Kernels* level : simd::available_levels()) {
      CAPTURE(std::string(level->name));
      CHECK(digest_of_model(model->name(), *level) == expected);
    }
  }
}

TEST_CASE("digest: normal numbers are the same on every processor") {
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(std::string(level->name));
    std::vector<std::uint32_t> names(1000);
    for (std::uint32_t i = 0; i < 1000; ++i) names[i] = i * i;
    std::vector<double> normals(1000);
    level->normals(normals.data(), {1, 0x02000003, 0, 5, names.data(), names.data()}, 1000);
    Fnv digest;
    digest.add(normals.data(), normals.size() * sizeof(double));
    CHECK(digest.value() == 0x668de505e5a35c91u);
  }
}

}  // namespace tegmenta::testing
