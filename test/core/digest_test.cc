// One digest of everything that runs in vectors, the same on every processor: x86 at all its levels
// and arm64 are compared through it.
#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "neuron_driver.h"
#include "simd/dispatch.h"

namespace tegmenta::testing {
namespace {

/// FNV-1a over bytes.
class Digest {
 public:
  void add(const void* data, std::size_t bytes) {
    const auto* p = static_cast<const unsigned char*>(data);
    for (std::size_t i = 0; i < bytes; ++i) value_ = (value_ ^ p[i]) * 0x100000001b3u;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325u;
};

/// Uniform numbers in [0, 1).
double next_uniform(std::uint64_t& state) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return static_cast<double>(state >> 40) * 0x1p-24;
}

void add_model(Digest& digest, const std::string& name, const simd::Kernels& level) {
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
}

}  // namespace

// Changes only when what the models compute is meant to change.
TEST_CASE("digest: the kernels give one answer on every processor") {
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(std::string(level->name));
    Digest digest;
    for (const auto& model : make_neuron_models()) {
      if (model->vector_kernel) add_model(digest, model->name(), *level);
    }
    std::vector<std::uint32_t> names(1000);
    for (std::uint32_t i = 0; i < 1000; ++i) names[i] = i * i;
    std::vector<double> normals(1000);
    level->normals(normals.data(), {1, 0x02000003, 0, 5, names.data(), names.data()}, 1000);
    digest.add(normals.data(), normals.size() * sizeof(double));
    CHECK(digest.value() == 0x745509dea27f1ee6u);
  }
}

}  // namespace tegmenta::testing
