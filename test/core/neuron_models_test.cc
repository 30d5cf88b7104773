// Each neuron model alone: closed forms and reference values, refractory counts, and the promise
// that all instruction-set levels, shared or per-neuron coefficients, padding and the scalar update
// give the same bits.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "base/errors.h"
#include "models/neurons/common.h"
#include "neuron_driver.h"
#include "once.h"
#include "scalar_conductance.h"
#include "simd/dispatch.h"

namespace tegmenta::testing {
namespace {

const TimeGrid kGrid;

/// Names of the models of which something is true.
template <typename Condition>
std::vector<std::string> models_with(Condition&& condition) {
  std::vector<std::string> names;
  for (const auto& model : make_neuron_models()) {
    if (condition(*model)) names.push_back(model->name());
  }
  return names;
}

const std::vector<std::string> kVectorModels =
    models_with([](const NeuronModel& model) { return model.vector_kernel != nullptr; });

bool has_parameter(const NeuronModel& model, const std::string& name) {
  const auto& all = model.parameters;
  return std::any_of(all.begin(), all.end(), [&](const auto& p) { return p.name == name; });
}

bool has_state_in(const NeuronModel& model, const std::string& unit) {
  const auto& all = model.states;
  return std::any_of(all.begin(), all.end(), [&](const auto& s) { return s.unit == unit; });
}

NeuronDriver single(const std::string& name, const Settings& settings,
                    const TimeGrid& grid = kGrid) {
  const NeuronModel& model = model_named(name);
  const bool scalar = model.needs_scalar(parameters_of(model, settings).data());
  return {name, settings, 1, grid, scalar ? nullptr : &simd::default_level()};
}

std::vector<int> spike_steps(NeuronDriver driver, int steps) {
  std::vector<int> stamps;
  for (int a = 0; a < steps; ++a) {
    driver.advance(1);
    for (int n = driver.spikes(0); n > 0; --n) stamps.push_back(a + 1);
  }
  return stamps;
}

/// Small reproducible numbers without a random generator of the core's.
class Lehmer {
 public:
  double uniform() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state_ >> 40) * 0x1p-24;
  }

 private:
  std::uint64_t state_ = 42;
};

struct Drive {
  double excitatory, inhibitory, current, filtered;
};

/// Currents are without a unit where there is no capacitance, pA else.
bool has_capacitance(const std::string& model) { return has_parameter(model_named(model), "C_m"); }

/// Inputs that make a model fire now and then, large and small, in its own unit: what spikes change
/// is a conductance, a current, or else the potential.
Drive draw_input(const std::string& model, Lehmer& random) {
  const bool conductance = has_state_in(model_named(model), "nS");
  const double unit = conductance ? 80 : has_state_in(model_named(model), "pA") ? 300 : 6;
  const double current_unit = !has_capacitance(model) ? 5 : conductance ? 4000 : 150;
  Drive drive{};
  drive.excitatory = random.uniform() < 0.15 ? unit * random.uniform() : 0;
  drive.inhibitory = random.uniform() < 0.08 ? -unit * random.uniform() : 0;
  drive.current = current_unit * random.uniform();
  drive.filtered = 50 * random.uniform();
  return drive;
}

struct Trace {
  std::vector<double> states;
  std::vector<std::uint8_t> masks;
  int spikes = 0;
  bool operator==(const Trace& other) const {
    return spikes == other.spikes && masks == other.masks && states.size() == other.states.size() &&
           std::memcmp(states.data(), other.states.data(), states.size() * sizeof(double)) == 0;
  }
};

/// 2000 steps of n neurons with pseudo-random input; all state columns after each block.
Trace trace_of(NeuronDriver driver, const std::string& name, int n) {
  Trace trace;
  Lehmer random;
  const bool filters = driver.model().currents > 1, ports = driver.model().ports > 0;
  for (int block = 0; block < 125; ++block) {
    const bool current = block % 3 != 0;
    for (int s = 0; s < kBlockSteps; ++s) {
      for (int i = 0; i < n; ++i) {
        const Drive drive = draw_input(name, random);
        driver.excitatory(s, i) = drive.excitatory;
        driver.inhibitory(s, i) = ports ? -drive.inhibitory : drive.inhibitory;
        if (current) driver.current(s, i) = drive.current;
        if (filters && block % 2) driver.filtered_current(s, i) = drive.filtered;
      }
    }
    driver.advance(kBlockSteps);
    for (const auto& column : driver.columns()) {
      trace.states.insert(trace.states.end(), column.begin(), column.begin() + n);
    }
    for (int s = 0; s < kBlockSteps; ++s) {
      for (int byte = 0; byte < (n + 7) / 8; ++byte) {
        const int lanes = std::min(8, n - 8 * byte);
        trace.masks.push_back(static_cast<std::uint8_t>(
            driver.masks()[static_cast<std::size_t>(s) * NeuronDriver::kStride +
                           static_cast<std::size_t>(byte)] &
            ((1 << lanes) - 1)));
      }
      for (int i = 0; i < n; ++i) trace.spikes += driver.spikes(s, i);
    }
  }
  return trace;
}

TEST_CASE("neuron models: every model declares itself completely") {
  const std::vector<std::string> names = models_with([](const NeuronModel&) { return true; });
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
  CHECK(std::is_sorted(names.begin(), names.end()));
  for (const auto& model : make_neuron_models()) {
    CAPTURE(model->name());
    CHECK_FALSE(model->summary.empty());
    CHECK_FALSE(model->source.empty());
    std::set<std::string> keys;
    for (const auto& declared : model->parameters) {
      CAPTURE(declared.name);
      CHECK(keys.insert(declared.name).second);
      CHECK_FALSE(declared.description.empty());
      CHECK(declared.range.contains(declared.default_value));
    }
    for (const auto& declared : model->states) {
      CAPTURE(declared.name);
      CHECK(keys.insert(declared.name).second);
      CHECK_FALSE(declared.description.empty());
      CHECK(declared.column < model->state_columns);
    }
    const int first = common::archive_index<&common::Archive::tau_minus>(*model);
    CHECK(model->parameters[static_cast<std::size_t>(first)].name == "tau_minus");
    const int last = common::archive_index<&common::Archive::beta_Ca>(*model);
    CHECK(model->parameters[static_cast<std::size_t>(last)].name == "beta_Ca");
    const std::vector<double> p = parameters_of(*model, {});
    CHECK_NOTHROW(model->check(p.data(), TimeGrid()));
  }
}

TEST_CASE("neuron models: contradictory parameters name model, parameter and bound") {
  const auto rejects = [](const std::string& name, const Settings& settings,
                          const std::string& parameter) {
    const NeuronModel& model = model_named(name);
    const std::vector<double> p = parameters_of(model, settings);
    try {
      model.check(p.data(), TimeGrid());
      FAIL(name << " accepts them");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::kBadProperty);
      CHECK(std::string(error.what()).find(parameter) != std::string::npos);
      CHECK(std::string(error.what()).find(name) != std::string::npos);
    }
  };
  for (const std::string& name : models_with([](const NeuronModel& model) {
         return has_parameter(model, "V_reset") && !has_parameter(model, "V_peak");
       })) {
    rejects(name, {{"V_reset", -55}, {"V_th", -55}}, "V_reset");
  }
  rejects("aeif_cond_exp", {{"V_peak", -51}}, "V_peak");
  rejects("aeif_cond_exp", {{"V_reset", 0}}, "V_reset");
  rejects("aeif_cond_exp", {{"Delta_T", 0.01}}, "Delta_T");
}

TEST_CASE("iaf_psc_alpha: reference values of a constant current") {
  NeuronDriver neuron = single("iaf_psc_alpha", {{"I_e", 1000}});
  const auto matches = [](double value, double printed) {
    return std::fabs(value - printed) < 1e-5 * std::fabs(printed);
  };
  for (int a = 1; a <= 48; ++a) {
    neuron.advance(1);
    CHECK(neuron.spikes(0) == (a == 48));
    if (a == 1) CHECK(matches(neuron.state("V_m"), -69.602));
    if (a == 2) CHECK(matches(neuron.state("V_m"), -69.2079));
    if (a == 47) CHECK(matches(neuron.state("V_m"), -55.0001));
  }
  for (const double h : {0.1, 0.2, 0.5, 1.0}) {
    const TimeGrid grid = *TimeGrid::with_resolution(h);
    const std::vector<int> stamps = spike_steps(single("iaf_psc_alpha", {{"I_e", 1450}}, grid),
                                                static_cast<int>(std::lround(4 / h)));
    REQUIRE(stamps.size() == 1);
    CHECK(grid.ms_from_steps(stamps[0]) == doctest::Approx(3.0));
  }
}

TEST_CASE("iaf_psc models: closed form of a constant current") {
  for (const std::string name : {"iaf_psc_delta", "iaf_psc_delta_neuron", "iaf_psc_exp",
                                 "iaf_psc_exp_neuron", "iaf_psc_alpha"}) {
    CAPTURE(name);
    NeuronDriver neuron = single(name, {{"I_e", 300}});
    for (int a = 1; a <= 500; ++a) {
      neuron.advance(1);
      const double exact = -70 + 300 * 10.0 / 250 * (1 - std::exp(-0.1 * a / 10));
      REQUIRE(std::fabs(neuron.state("V_m") - exact) < 1e-11);
    }
  }
}

TEST_CASE("iaf_psc_exp and iaf_psc_alpha: smooth where the time constants meet") {
  for (const std::string name : {"iaf_psc_exp", "iaf_psc_alpha"}) {
    CAPTURE(name);
    std::vector<double> ends;
    for (const double tau : {10.0, 10.0 * (1 + 1e-13), 10.0 * (1 - 1e-9), 10.0 * (1 + 1e-6)}) {
      NeuronDriver neuron = single(name, {{"tau_syn_ex", tau}});
      neuron.excitatory(0) = 100;
      for (int a = 0; a < 100; ++a) neuron.advance(1);
      ends.push_back(neuron.state("V_m") + 70);
    }
    CHECK(ends[0] > 0.5);
    for (const double end : ends) CHECK(end == doctest::Approx(ends[0]).epsilon(1e-5));
  }
}

TEST_CASE("neuron models: V stays at V_reset for t_ref and moves one step later") {
  struct Case {
    std::string name;
    double current;
  };
  for (const Case& c :
       {Case{"iaf_psc_delta", 1000}, Case{"iaf_psc_exp", 1000}, Case{"iaf_psc_alpha", 1000},
        Case{"iaf_cond_exp", 1500}, Case{"iaf_cond_alpha", 1500}, Case{"aeif_cond_exp", 2000}}) {
    for (const double t_ref : {0.3, 0.15, 2.0}) {
      CAPTURE(c.name);
      CAPTURE(t_ref);
      const double reset = c.name.starts_with("iaf_psc") ? -70 : -60;
      NeuronDriver neuron = single(c.name, {{"I_e", c.current}, {"t_ref", t_ref}});
      int waited = 0;
      do {
        neuron.advance(1);
        REQUIRE(++waited < 1000);
      } while (neuron.spikes(0) == 0);
      const int held = t_ref == 0.15 ? 2 : static_cast<int>(std::lround(t_ref * 10));
      CHECK(neuron.state("V_m") == reset);
      for (int k = 0; k < held; ++k) {
        if (c.name == "iaf_cond_alpha") {
          CHECK(neuron.state("t_ref_remaining") == doctest::Approx(0.1 * (held - k)));
        }
        neuron.advance(1);
        CHECK(neuron.state("V_m") == reset);
        CHECK(neuron.spikes(0) == 0);
      }
      neuron.advance(1);
      CHECK(neuron.state("V_m") > reset);
    }
  }
}

TEST_CASE("iaf_psc_delta: input in the refractory period is lost or kept") {
  for (const bool keep : {false, true}) {
    CAPTURE(keep);
    NeuronDriver neuron = single("iaf_psc_delta", {{"refractory_input", keep}, {"t_ref", 0.5}});
    neuron.excitatory(0) = 20;
    neuron.advance(1);
    REQUIRE(neuron.spikes(0) == 1);
    neuron.advance(1);  // four refractory steps follow this one
    neuron.excitatory(0) = 3;
    neuron.advance(1);  // r = 4 before this step
    for (int k = 0; k < 3; ++k) neuron.advance(1);
    CHECK(neuron.state("V_m") == -70);
    neuron.advance(1);
    const double expected = keep ? -70 + 3 * std::exp(-4 * 0.1 / 10) : -70;
    CHECK(neuron.state("V_m") == doctest::Approx(expected).epsilon(1e-14));
    neuron.advance(1);
    CHECK(neuron.state("V_m") + 70 ==
          doctest::Approx((expected + 70) * std::exp(-0.1 / 10)).epsilon(1e-12));
  }
}

TEST_CASE("iaf_psc_delta: ignore_and_spike fires at offset + k interval") {
  const Settings settings = {{"ignore_and_spike", 1},
                             {"ignore_and_spike_offset", 0.75},  // rounded up to 8 steps
                             {"ignore_and_spike_interval", 1.2},
                             {"I_e", 10000}};
  CHECK(spike_steps(single("iaf_psc_delta", settings), 45) == std::vector<int>{8, 20, 32, 44});
}

TEST_CASE("tutorial neurons: refr_T is counted down by repeated subtraction") {
  struct Case {
    double refr_T;
    int steps;
  };
  for (const std::string name : {"iaf_psc_delta_neuron", "iaf_psc_exp_neuron"}) {
    for (const Case& c : {Case{2, 20}, Case{3, 30}, Case{4, 40}, Case{1, 11}, Case{5, 51}}) {
      CAPTURE(name);
      CAPTURE(c.refr_T);
      NeuronDriver neuron = single(name, {{"refr_T", c.refr_T}, {"I_e", 1000}});
      do neuron.advance(1);
      while (neuron.spikes(0) == 0);
      CHECK(neuron.state("refr_t") == c.refr_T);
      for (int k = 0; k < c.steps; ++k) {
        CHECK(neuron.state("refr_t") > 0);
        neuron.advance(1);
        CHECK(neuron.state("V_m") == -70);
        CHECK(neuron.spikes(0) == 0);
      }
      CHECK(neuron.state("refr_t") <= 0);
      neuron.advance(1);
      CHECK(neuron.state("V_m") > -70);
    }
  }
}

TEST_CASE("iaf_psc_delta_neuron: input counts while refractory, and fires when that ends") {
  NeuronDriver neuron = single("iaf_psc_delta_neuron", {});
  neuron.excitatory(0) = 15;
  neuron.advance(1);
  REQUIRE(neuron.spikes(0) == 1);
  neuron.advance(3);
  neuron.excitatory(0) = 20;
  neuron.inhibitory(0) = -4;
  neuron.advance(1);
  CHECK(neuron.state("V_m") == -54);
  for (int k = 5; k < 20; ++k) {
    CHECK(neuron.spikes(0) == 0);
    neuron.advance(1);
    CHECK(neuron.state("V_m") == -54);  // above threshold, held
  }
  neuron.advance(1);
  CHECK(neuron.spikes(0) == 1);
  CHECK(neuron.state("V_m") == -70);
}

TEST_CASE("iaf_psc_exp_neuron: currents are positive, decay always, act one step later") {
  NeuronDriver neuron = single("iaf_psc_exp_neuron", {{"tau_syn_exc", 1}, {"tau_syn_inh", 3}});
  neuron.set_state("refr_t", 0, 0.55);
  neuron.excitatory(0) = 400;
  neuron.inhibitory(0) = -100;
  neuron.advance(1);
  CHECK(neuron.state("I_syn_exc") == 400);
  CHECK(neuron.state("I_syn_inh") == 100);
  for (int k = 0; k < 5; ++k) {
    CHECK(neuron.state("V_m") == -70);
    neuron.advance(1);
  }
  CHECK(neuron.state("I_syn_exc") == doctest::Approx(400 * std::exp(-0.5)).epsilon(1e-14));
  CHECK(neuron.state("I_syn_inh") == doctest::Approx(100 * std::exp(-0.5 / 3)).epsilon(1e-14));
  // From here on the potential is the sum of two differences of exponentials.
  const double exc = neuron.state("I_syn_exc");
  const double inh = neuron.state("I_syn_inh");
  const auto response = [](double t, double tau) {
    const double shape = std::exp(-t / 10) - std::exp(-t / tau);
    return tau * 10 / (250 * (10 - tau)) * shape;
  };
  for (int k = 1; k <= 100; ++k) {
    neuron.advance(1);
    const double expected = -70 + exc * response(0.1 * k, 1) - inh * response(0.1 * k, 3);
    REQUIRE(std::fabs(neuron.state("V_m") - expected) < 1e-12);
  }
}

TEST_CASE("iaf_psc_exp: filtered current approaches its value with tau_syn_ex") {
  NeuronDriver neuron = single("iaf_psc_exp", {});
  for (int a = 1; a <= 100; ++a) {
    neuron.filtered_current(0) = 50;
    neuron.advance(1);
    REQUIRE(neuron.state("I_syn_ex") ==
            doctest::Approx(50 * (1 - std::exp(-0.1 * a / 2))).epsilon(1e-12));
  }
}

TEST_CASE("iaf_psc_exp: stochastic threshold fires at rho at threshold, seldom below") {
  // V is clamped near the threshold: no leak to speak of, no refractoriness.
  const auto rate = [](double below) {
    const Settings settings = {
        {"delta", 1},         {"rho", 50},   {"t_ref", 0}, {"tau_m", 1e9}, {"V_reset", -55 - below},
        {"V_m", -55 - below}, {"V_th", -55}, {"E_L", -70}};
    NeuronDriver neurons("iaf_psc_exp", settings, 64, kGrid, nullptr);
    int spikes = 0;
    for (int block = 0; block < 125; ++block) {
      neurons.advance(kBlockSteps);
      for (int s = 0; s < kBlockSteps; ++s) {
        for (int i = 0; i < 64; ++i) spikes += neurons.spikes(s, i);
      }
    }
    return spikes / (64 * 2000 * 1e-4);
  };
  CHECK(std::fabs(rate(1e-9) - 50) < 4 * std::sqrt(50 / 12.8));
  CHECK(std::fabs(rate(1) - 50 / std::exp(1.0)) < 4 * std::sqrt(50 / 12.8));
}

TEST_CASE("iaf_psc models: V_min bounds the potential") {
  for (const std::string name : {"iaf_psc_delta", "iaf_psc_alpha", "izhikevich"}) {
    CAPTURE(name);
    NeuronDriver neuron = single(name, {{"V_min", -75}, {"I_e", -1000}});
    for (int a = 0; a < 200; ++a) neuron.advance(1);
    CHECK(neuron.state("V_m") == -75);
  }
  CHECK(common::relative_floor(std::numeric_limits<double>::lowest(), 1e300) ==
        std::numeric_limits<double>::lowest());
  CHECK(common::relative_floor(-std::numeric_limits<double>::infinity(), -70) ==
        -std::numeric_limits<double>::infinity());
}

TEST_CASE("izhikevich: published scheme takes two half steps of v, then u from the new v") {
  const TimeGrid grid = *TimeGrid::with_resolution(1.0);
  NeuronDriver neuron = single("izhikevich", {{"consistent_integration", 0}, {"I_e", 2}}, grid);
  double v = -65;
  double u = -13;
  for (int a = 0; a < 300; ++a) {
    const double input = a % 7 == 0 ? 6 : 0;
    neuron.excitatory(0) = input;
    neuron.advance(1);
    for (int half = 0; half < 2; ++half) {
      v += 0.5 * (0.04 * v * v + 5 * v + 140 - u + 2 + input);
    }
    u += 0.02 * (0.2 * v - u);
    const bool fires = v >= 30;
    if (fires) v = -65, u += 8;
    REQUIRE(neuron.spikes(0) == fires);
    REQUIRE(neuron.state("V_m") == doctest::Approx(v).epsilon(1e-9));
    REQUIRE(neuron.state("U_m") == doctest::Approx(u).epsilon(1e-9));
  }
}

TEST_CASE("izhikevich: neurons of both schemes side by side") {
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    NeuronDriver mixed("izhikevich", {}, 20, kGrid, level, NeuronDriver::Coefficients::kPerNeuron);
    NeuronDriver published("izhikevich", {{"consistent_integration", 0}}, 20, kGrid, level);
    NeuronDriver consistent("izhikevich", {}, 20, kGrid, level);
    for (int i = 0; i < 20; i += 3) mixed.calibrate(i, published.parameters());
    Lehmer random;
    int spikes = 0;
    for (int step = 0; step < 3000; ++step) {
      for (int i = 0; i < 20; ++i) {
        const Drive drive = draw_input("izhikevich", random);
        for (NeuronDriver* driver : {&mixed, &published, &consistent}) {
          driver->excitatory(0, i) = drive.excitatory;
          driver->inhibitory(0, i) = drive.inhibitory;
          driver->current(0, i) = drive.current;
        }
      }
      for (NeuronDriver* driver : {&mixed, &published, &consistent}) driver->advance(1);
      for (int i = 0; i < 20; ++i) {
        const NeuronDriver& own = i % 3 == 0 ? published : consistent;
        REQUIRE(mixed.state("V_m", i) == own.state("V_m", i));
        REQUIRE(mixed.state("U_m", i) == own.state("U_m", i));
        REQUIRE(mixed.spikes(0, i) == own.spikes(0, i));
        spikes += mixed.spikes(0, i);
      }
    }
    CHECK(spikes > 20);
  }
}

TEST_CASE("conductance models: conductances follow their closed form, inhibition is positive") {
  NeuronDriver exponential = single("iaf_cond_exp", {{"tau_syn_ex", 3}});
  NeuronDriver alpha = single("iaf_cond_alpha", {{"tau_syn_ex", 3}});
  for (NeuronDriver* neuron : {&exponential, &alpha}) {
    neuron->excitatory(0) = 2;
    neuron->inhibitory(0) = -5;
    neuron->advance(1);
  }
  CHECK(exponential.state("g_ex") == 2);
  CHECK(exponential.state("g_in") == 5);
  CHECK(alpha.state("g_ex") == 0);
  CHECK(alpha.state("dg_in") == doctest::Approx(5 * std::exp(1.0) / 2));
  for (int a = 0; a < 30; ++a) {
    exponential.advance(1);
    alpha.advance(1);
  }
  CHECK(exponential.state("g_ex") == doctest::Approx(2 * std::exp(-1.0)).epsilon(1e-5));
  CHECK(alpha.state("g_ex") == doctest::Approx(2).epsilon(1e-5));
}

TEST_CASE("aeif_cond_exp: several spikes in one step without refractoriness") {
  const TimeGrid grid = *TimeGrid::with_resolution(1.0);
  NeuronDriver neuron = single("aeif_cond_exp", {{"I_e", 30000}, {"b", 1}, {"a", 0}}, grid);
  int most = 0;
  for (int a = 0; a < 20; ++a) {
    const double w = neuron.state("w");
    neuron.advance(1);
    most = std::max(most, neuron.spikes(0));
    CHECK(neuron.state("w") <= w + neuron.spikes(0));
  }
  CHECK(most > 1);
}

TEST_CASE("conductance models: a failed integration names the neuron") {
  NeuronDriver adaptive = single("aeif_cond_exp", {{"I_e", -1e6}});
  try {
    for (int a = 0; a < 100; ++a) adaptive.advance(1);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::kNumericalInstability);
    bool found = false;
    for (const Field& field : error.fields()) {
      if (field.name == "node") found = std::get<double>(field.value) == 1;
    }
    CHECK(found);
  }
  for (const std::string name : {"iaf_cond_exp", "iaf_cond_alpha", "aeif_cond_exp"}) {
    NeuronDriver neuron = single(name, {});
    neuron.current(0) = std::numeric_limits<double>::quiet_NaN();
    try {
      neuron.advance(1);
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::kNumericalInstability);
    }
  }
}

TEST_CASE("parrot_neuron: repeats counts as multiplicity and writes whole mask bytes") {
  NeuronDriver parrots("parrot_neuron", {}, 11, kGrid, nullptr);
  parrots.excitatory(0, 2) = 3;
  parrots.excitatory(1, 10) = 1;
  parrots.excitatory(1, 15) = 7;  // a padding lane
  parrots.advance(2);
  CHECK(parrots.spikes(0, 2) == 3);
  CHECK(parrots.spikes(1, 10) == 1);
  REQUIRE(parrots.mask_bytes() == 2);
  CHECK(parrots.masks()[0] == 4);
  CHECK(parrots.masks()[1] == 0);
  CHECK(parrots.masks()[NeuronDriver::kStride] == 0);
  CHECK(parrots.masks()[NeuronDriver::kStride + 1] == 4);
}

TEST_CASE("vector models: same bits for every level, kind of coefficients and the scalar update" *
          once()) {
  for (const std::string& name : kVectorModels) {
    CAPTURE(name);
    for (const int n : {64, 19}) {
      CAPTURE(n);
      const simd::Kernels* first = simd::available_levels().front();
      const Trace expected = trace_of({name, {}, n, kGrid, first}, name, n);
      CHECK(expected.spikes > n);
      for (const simd::Kernels* level : simd::available_levels()) {
        CAPTURE(level->name);
        for (const auto how :
             {NeuronDriver::Coefficients::kShared, NeuronDriver::Coefficients::kPerNeuron}) {
          CHECK(trace_of({name, {}, n, kGrid, level, how}, name, n) == expected);
        }
      }
      if (!model_named(name).has_solver) {
        CHECK(trace_of({name, {}, n, kGrid, nullptr}, name, n) == expected);
      }
    }
  }
}

/// Parameters of a conductance model at which it fires, adapts and needs sub-steps.
Settings draw_conductance_parameters(const std::string& model, Lehmer& random) {
  const auto between = [&](double low, double high) {
    return low + (high - low) * random.uniform();
  };
  Settings drawn = {{"tau_syn_ex", between(0.1, 5)}, {"tau_syn_in", between(0.1, 8)},
                    {"C_m", between(20, 400)},       {"g_L", between(5, 40)},
                    {"I_e", between(-200, 800)},     {"t_ref", std::floor(between(0, 4)) / 2},
                    {"V_reset", between(-75, -56)},  {"E_in", between(-95, -70)}};
  if (model == "aeif_cond_exp") {
    drawn.push_back({"Delta_T", random.uniform() < 0.2 ? 0.0 : between(0.5, 4)});
    drawn.push_back({"a", between(0, 8)});
    drawn.push_back({"b", between(0, 120)});
    drawn.push_back({"tau_w", between(20, 200)});
    drawn.push_back({"gsl_error_tol", elementary::exp(between(-16, -6))});
  }
  return drawn;
}

TEST_CASE("conductance models: every lane takes the sub-steps of the scalar controller" * once()) {
  for (const std::string name : {"iaf_cond_exp", "iaf_cond_alpha", "aeif_cond_exp"}) {
    CAPTURE(name);
    for (const double h : {0.1, 1.0}) {
      CAPTURE(h);
      const TimeGrid grid = *TimeGrid::with_resolution(h);
      for (const simd::Kernels* level : simd::available_levels()) {
        CAPTURE(level->name);
        for (const int n : {64, 13, 3}) {
          CAPTURE(n);
          const auto how = NeuronDriver::Coefficients::kPerNeuron;
          NeuronDriver vectors(name, {}, n, grid, level, how);
          NeuronDriver scalars(name, {}, n, grid, nullptr, how);
          SubstepCounts counts;
          scalars.replace_update(
              [&](const NeuronBlock& b) { scalar_conductance_update(name, b, counts); });
          Lehmer random;
          for (int i = 0; i < n; ++i) {
            const auto p =
                parameters_of(vectors.model(), draw_conductance_parameters(name, random));
            vectors.calibrate(i, p);
            scalars.calibrate(i, p);
          }
          int spikes = 0;
          for (int block = 0; block < 20; ++block) {
            for (int s = 0; s < kBlockSteps; ++s) {
              for (int i = 0; i < n; ++i) {
                const Drive drive = draw_input(name, random);
                for (NeuronDriver* driver : {&vectors, &scalars}) {
                  driver->excitatory(s, i) = drive.excitatory;
                  driver->inhibitory(s, i) = drive.inhibitory;
                  if (block % 2) driver->current(s, i) = drive.current;
                }
              }
            }
            vectors.advance(kBlockSteps);
            scalars.advance(kBlockSteps);
            REQUIRE(vectors.masks() == scalars.masks());
            const std::size_t substep = vectors.columns().size() - 1;
            for (int i = 0; i < n; ++i) {
              const auto at = static_cast<std::size_t>(i);
              for (std::size_t c = 0; c < substep; ++c) {
                REQUIRE(vectors.columns()[c][at] == scalars.columns()[c][at]);
              }
              REQUIRE(vectors.columns()[substep][at] ==
                      std::min(scalars.columns()[substep][at], h));
              for (int s = 0; s < kBlockSteps; ++s) {
                REQUIRE(vectors.spikes(s, i) == scalars.spikes(s, i));
                spikes += vectors.spikes(s, i);
              }
            }
          }
          CHECK(spikes > n);
          CHECK(counts.refused > n);
          CHECK(counts.taken > 20 * kBlockSteps * n + counts.refused);
        }
      }
    }
  }
}

TEST_CASE("conductance models: of several failures the first neuron's in the first step is named") {
  for (const simd::Kernels* level : simd::available_levels()) {
    CAPTURE(level->name);
    for (const std::string name : {"iaf_cond_exp", "aeif_cond_exp"}) {
      CAPTURE(name);
      NeuronDriver neurons(name, {}, 21, kGrid, level);
      const double nothing = std::numeric_limits<double>::quiet_NaN();
      for (const int i : {19, 18, 5}) neurons.current(7, i) = nothing;
      neurons.current(8, 0) = nothing;
      neurons.excitatory(5, 2) = 500;  // needs several rounds
      try {
        neurons.advance(kBlockSteps);
        FAIL("no error");
      } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::kNumericalInstability);
        for (const Field& field : error.fields()) {
          if (field.name == "node") CHECK(std::get<double>(field.value) == 6);
          if (field.name == "time_ms") CHECK(std::get<double>(field.value) == 7 * 0.1);
        }
      }
    }
  }
}

TEST_CASE("vector models: neurons with their own parameters behave as if they were alone") {
  for (const std::string& name : kVectorModels) {
    CAPTURE(name);
    for (const simd::Kernels* level : simd::available_levels()) {
      CAPTURE(level->name);
      constexpr int kNeurons = 10;
      NeuronDriver together(name, {}, kNeurons, kGrid, level,
                            NeuronDriver::Coefficients::kPerNeuron);
      std::vector<NeuronDriver> alone;
      for (int i = 0; i < kNeurons; ++i) {
        const Settings own = {{"I_e", has_capacitance(name) ? 380.0 + 20 * i : 4 + i}};
        together.calibrate(i, parameters_of(together.model(), own));
        alone.emplace_back(name, own, 1, kGrid, level);
      }
      for (int block = 0; block < 60; ++block) {
        together.advance(kBlockSteps);
        for (int i = 0; i < kNeurons; ++i) {
          NeuronDriver& one = alone[static_cast<std::size_t>(i)];
          one.advance(kBlockSteps);
          REQUIRE(together.state("V_m", i) == one.state("V_m"));
          for (int s = 0; s < kBlockSteps; ++s) REQUIRE(together.spikes(s, i) == one.spikes(s));
        }
      }
    }
  }
}

TEST_CASE("neuron models: any division into calls gives the same trace") {
  for (const auto& model : make_neuron_models()) {
    if (model->state_columns == 0) continue;
    CAPTURE(model->name());
    const double current = has_capacitance(model->name()) ? 900 : 6;
    NeuronDriver whole = single(model->name(), {{"I_e", current}});
    NeuronDriver split = single(model->name(), {{"I_e", current}});
    for (int block = 0; block < 30; ++block) {
      whole.advance(16);
      for (const int steps : {1, 5, 2, 8}) split.advance(steps);
      REQUIRE(whole.columns() == split.columns());
    }
  }
}

}  // namespace
}  // namespace tegmenta::testing
