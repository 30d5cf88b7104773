// Short words for tests that drive a whole kernel.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <numeric>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "simulator.h"

namespace tegmenta::testing {

using Ids = std::vector<NodeId>;

inline Ids ids_from(NodeId first, std::size_t n) {
  Ids ids(n);
  std::iota(ids.begin(), ids.end(), first);
  return ids;
}

inline Ids make(Simulator& kernel, const std::string& model, std::size_t n,
                const Properties& params = {}) {
  return ids_from(kernel.create(model, static_cast<double>(n), params), n);
}

inline Value text(const char* s) { return std::string(s); }

inline Properties rule(const char* name, const Properties& more = {}) {
  Properties conn{{"rule", text(name)}};
  conn.insert(conn.end(), more.begin(), more.end());
  return conn;
}

inline RunReport simulate(Simulator& kernel, double ms) {
  kernel.begin_run(ms, false);
  return kernel.run();
}

struct Spike {
  double time;
  NodeId sender;
  bool operator==(const Spike& other) const = default;
};

inline std::vector<Spike> spikes_of(const Simulator& kernel, NodeId recorder) {
  const ResultMap map = kernel.events(recorder);
  const auto& times = std::get<Column<double>>(map.at(0).second.value);
  const auto& senders = std::get<Column<std::uint32_t>>(map.at(1).second.value);
  std::vector<Spike> spikes;
  for (std::size_t i = 0; i < times.size(); ++i) spikes.push_back({times[i], senders[i]});
  return spikes;
}

inline std::vector<double> column(const Simulator& kernel, NodeId recorder, const char* name) {
  for (const auto& [key, result] : kernel.events(recorder)) {
    if (key != name) continue;
    const auto& values = std::get<Column<double>>(result.value);
    return {values.begin(), values.end()};
  }
  FAIL("no column ", name);
  return {};
}

inline std::vector<double> numbers(const Result& result) {
  const auto& values = std::get<Column<double>>(result.value);
  return {values.begin(), values.end()};
}

inline double number(Simulator& kernel, NodeId id, const char* key) {
  const Ids one{id};
  return numbers(kernel.get_nodes(one, key)).at(0);
}

inline double status(Simulator& kernel, const char* key) {
  return std::get<double>(kernel.get_status({key}).at(0).second.value);
}

/// The kind of error that a call throws; fails the test if it throws none.
template <typename F>
ErrorKind kind_thrown(F&& call) {
  try {
    call();
  } catch (const Error& e) {
    return e.kind();
  }
  FAIL("nothing was thrown");
  return ErrorKind::kInternalError;
}

/// A balanced network of delta neurons with Poisson input; its spikes go to `recorder`.
struct Balanced {
  Ids neurons;
  NodeId recorder;
};

inline Balanced make_balanced(Simulator& kernel, std::size_t excitatory = 160,
                              std::size_t inhibitory = 40) {
  const Properties params{{"C_m", 1.0},     {"tau_m", 20.0}, {"t_ref", 2.0}, {"E_L", 0.0},
                          {"V_reset", 0.0}, {"V_m", 0.0},    {"V_th", 20.0}};
  const Ids e = make(kernel, "iaf_psc_delta", excitatory, params);
  const Ids i = make(kernel, "iaf_psc_delta", inhibitory, params);
  const Ids noise = make(kernel, "poisson_generator", 1, {{"rate", 15000.0}});
  const Ids recorder = make(kernel, "spike_recorder", 1);
  Ids all = e;
  all.insert(all.end(), i.begin(), i.end());
  const double indegree_e = static_cast<double>(excitatory / 10);
  const double indegree_i = static_cast<double>(inhibitory / 10);
  // Counted, weighted one by one (random), and per-target input at once.
  kernel.connect(e, all, rule("fixed_indegree", {{"indegree", indegree_e}}),
                 {{"weight", 0.5}, {"delay", 1.5}});
  kernel.connect(i, all, rule("fixed_indegree", {{"indegree", indegree_i}}),
                 {{"weight", make_expression("uniform", {make_constant(-4), make_constant(-2)})},
                  {"delay", make_expression("uniform", {make_constant(0.5), make_constant(3)})}});
  kernel.connect(noise, all, rule("all_to_all"), {{"weight", 0.1}, {"delay", 1.0}});
  kernel.connect(all, recorder, rule("all_to_all"), {});
  return {all, recorder[0]};
}

}  // namespace tegmenta::testing
