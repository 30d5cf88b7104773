// Programs of random valid calls on one kernel with everything in it: generators, recorders,
// plastic synapses, dopamine and rewards.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "kernel_driver.h"

namespace tegmenta::testing {

/// Eight seeds that stay and so many new ones, or the one that TEGMENTA_TEST_SEED names.
std::vector<std::uint32_t> seeds_of_programs(int new_ones);

class RandomProgram {
 public:
  RandomProgram(std::uint32_t seed, int threads);

  /// Makes so many random calls, with short runs in between.
  void run(int calls);

  /// Bits of the time, the connections and what the recorders hold.
  std::uint64_t digest();
  Simulator& kernel() { return kernel_; }
  /// Lets go of collections of synapses, which a state does not hold.
  void forget() { lists_.clear(); }
  /// Calls that were refused with a typed error, and all that were made.
  int refused() const { return refused_; }
  int calls() const { return calls_; }

 private:
  using Call = void (RandomProgram::*)();

  void build();
  void make_one_call();
  std::size_t below(std::size_t n) { return random_() % n; }
  bool chance(double p) { return static_cast<double>(random_()) < p * 4294967296.0; }
  double uniform(double low, double high) {
    return low + (high - low) * (static_cast<double>(random_()) / 4294967296.0);
  }
  double grid(int steps) { return 0.1 * static_cast<double>(1 + below(steps)); }
  template <typename T>
  const T& one_of(const std::vector<T>& list) {
    return list[below(list.size())];
  }
  /// Some of the nodes, in order; at least one.
  Ids some(const Ids& ids);
  Value drawn(double low, double high);
  /// A synapse model that can connect neurons.
  std::string synapse_model();

  // Calls.
  void create_neurons();
  void create_generator();
  void create_recorder();
  void connect_neurons();
  void connect_generator();
  void connect_recorder();
  void connect_several();
  void connect_transmitter();
  void connect_rewards();
  /// A specification of synapses that reach recorders and volume transmitters.
  Properties to_device();
  void copy_synapse_model();
  void copy_node_model();
  void set_synapse_defaults();
  void set_node_defaults();
  void set_neurons();
  void set_generator();
  void set_recorder();
  void set_rewards();
  void set_synapses();
  void record_synapses();
  void disconnect();
  void get_connections();
  void read_everything();
  void set_status();
  void simulate_shortly();
  void prepare_and_run();

  std::mt19937 random_;
  Simulator kernel_;
  Ids neurons_, parrots_, poisson_, generators_, recorders_, meters_, weight_recorders_,
      synapse_recorders_, transmitters_, rewards_;
  std::vector<std::string> plastic_models_;
  std::vector<SynapseList> lists_;
  int copies_ = 0;
  int calls_ = 0;
  int refused_ = 0;
};

}  // namespace tegmenta::testing
