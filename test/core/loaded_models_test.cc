// Models that are made of texts, beside the built-in ones: what is loaded, under which names, and
// how long it stays.
#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "changed_state.h"
#include "model_codes.h"
#include "state_digest.h"

using namespace tegmenta;
using namespace tegmenta::testing;

namespace {

Bytes saved(Simulator& kernel) {
  kernel.begin_save({});
  const std::optional<StateBytes> bytes = kernel.finish_save();
  REQUIRE(bytes);
  return {bytes->data.get(), bytes->data.get() + bytes->size};
}

void load(Simulator& kernel, const Bytes& bytes) {
  kernel.begin_load({});
  REQUIRE(kernel.finish_load(bytes));
  kernel.take_loaded();
}

/// A call that is refused: its error, and nothing has changed.
Error refused(Simulator& kernel, const std::function<void()>& call) {
  const std::uint64_t digest = kernel.digest(), state = digest_of_state(kernel, true);
  std::optional<Error> error;
  try {
    call();
  } catch (const Error& e) {
    error = e;
  }
  REQUIRE(error);
  CHECK(kernel.digest() == digest);
  CHECK(digest_of_state(kernel, true) == state);
  return *error;
}

std::string text_of(const Error& error) { return error.what(); }

const Result& value_of(const ResultMap& map, const std::string& key) {
  for (const auto& [name, value] : map) {
    if (name == key) return value;
  }
  FAIL("there is no ", key);
  return map.front().second;
}

double default_of(Simulator& kernel, const char* model, const char* key) {
  return std::get<double>(value_of(kernel.get_defaults(model), key).value);
}

bool has_model(Simulator& kernel, const std::string& name) {
  try {
    kernel.get_defaults(name);
    return true;
  } catch (const Error& e) {
    CHECK(e.kind() == ErrorKind::kUnknownComponent);
    return false;
  }
}

/// Another one of the same name, which fires each 3 steps.
Code other_counter() {
  Code code = counter_code();
  code.text = std::string("another text");
  code.constants[3] = 3;
  return code;
}

}  // namespace

TEST_CASE("compiled models: they are known by their names and describe themselves") {
  Simulator kernel;
  const double before = default_of(kernel, "spike_recorder", "model_id");
  kernel.load_models({counter_code(), adder_code(), leaky_code()}, false);
  CHECK(default_of(kernel, "spike_recorder", "model_id") == before);
  CHECK(default_of(kernel, "adder", "model_id") == default_of(kernel, "counter", "model_id") + 1);
  CHECK(default_of(kernel, "counter", "every") == 10);
  CHECK(std::get<bool>(value_of(kernel.get_defaults("counter"), "on").value));
  CHECK_FALSE(std::get<bool>(value_of(kernel.get_defaults("counter"), "counts").value));
  CHECK(default_of(kernel, "leaky", "tau_m") == 10);
  CHECK(default_of(kernel, "leaky", "tau_minus") == 20);
  CHECK(std::get<std::string>(value_of(kernel.get_defaults("leaky"), "type_id").value) == "leaky");
  const auto map =
      std::get<ResultMap>(value_of(kernel.get_defaults("adder"), "receptor_types").value);
  REQUIRE(map.size() == 3);
  CHECK(map[0].first == "EXC");
  CHECK(std::get<double>(map[0].second.value) == 1);
  CHECK(map[2].first == "BOTH");
  CHECK(std::get<double>(map[2].second.value) == 3);
  const auto inputs =
      std::get<ResultMap>(value_of(kernel.get_defaults("adder"), "continuous_inputs").value);
  REQUIRE(inputs.size() == 2);
  CHECK(inputs[1].first == "I_1");
  CHECK(std::get<double>(inputs[1].second.value) == 1);
  for (const auto& [key, value] : kernel.get_defaults("leaky")) {
    CHECK(key != "receptor_types");
    CHECK(key != "continuous_inputs");
    CHECK(key != "n_receptors");
  }
  const Ids adders = make(kernel, "adder", 2);
  const Result read = kernel.get_nodes(adders, "receptor_types");
  CHECK(std::get<ResultList>(read.value).size() == 2);

  const ModelDescription d = kernel.describe_node_model("counter");
  CHECK(d.name == "counter");
  CHECK(d.kind == ModelKind::kNeuron);
  CHECK(d.equations == counter_code().text);
  CHECK(d.recordables == std::vector<std::string>{"n", "twice", "counts", "Ca"});
  std::vector<std::string> roles;
  for (const ParameterDeclaration& p : d.parameters) {
    if (p.name == "every" || p.name == "n" || p.name == "twice" || p.name == "on") {
      roles.push_back(p.name + " " + to_string(p.type) + " " + to_string(p.role));
    }
  }
  CHECK(roles == std::vector<std::string>{"every int parameter", "on bool parameter", "n int state",
                                          "twice double readonly"});
  CHECK(kernel.describe_node_model("iaf_psc_exp").name == "iaf_psc_exp");
  CHECK(kernel.describe_node_model("multimeter").kind == ModelKind::kRecorder);
  CHECK(kind_thrown([&] { kernel.describe_node_model("stdp_synapse"); }) ==
        ErrorKind::kUnknownModelName);
  const std::vector<std::string> keys = kernel.node_keys("adder");
  CHECK(std::find(keys.begin(), keys.end(), "receptor_types") != keys.end());
}

TEST_CASE("compiled models: guards, kinds of numbers and what is read only hold for every call") {
  Simulator kernel;
  kernel.load_models({counter_code(), adder_code(), leaky_code()}, false);
  const Ids counters = make(kernel, "counter", 3), leaky = make(kernel, "leaky", 3);
  const Ids adders = make(kernel, "adder", 1);
  const auto wrong = [&](ErrorKind kind, const std::string& text, const char* model,
                         const Ids& nodes, const Properties& params) {
    for (const auto& call : std::vector<std::function<void()>>{
             [&] { kernel.create(model, 2, params); }, [&] { kernel.set_nodes(nodes, params); },
             [&] { kernel.set_defaults(model, params); },
             [&] { kernel.copy_model(model, "copy", params); }}) {
      const Error error = refused(kernel, call);
      CHECK(error.kind() == kind);
      std::string found = error.what();
      // What is copied is no model yet, in the words of some.
      if (const std::size_t at = found.find("copy"); at != std::string::npos) {
        found.replace(at, 4, model);
      }
      CHECK(found == text);
    }
  };
  wrong(ErrorKind::kBadProperty, "V_th of leaky must be so that V_th > 0 mV, got -1.", "leaky",
        leaky, {{"V_th", -1.0}});
  wrong(ErrorKind::kBadProperty, "tau_m of leaky must be so that tau_m != tau_syn_exc, got 4.",
        "leaky", leaky, {{"tau_m", 4.0}, {"tau_syn_exc", 4.0}});
  wrong(ErrorKind::kBadProperty, "twice of counter can only be read.", "counter", counters,
        {{"twice", 4.0}});
  wrong(ErrorKind::kBadProperty, "receptor_types of adder can only be read.", "adder", adders,
        {{"receptor_types", 4.0}});
  wrong(ErrorKind::kBadProperty, "continuous_inputs of adder can only be read.", "adder", adders,
        {{"continuous_inputs", 4.0}});
  wrong(ErrorKind::kTypeMismatch, "every of counter must be an integer, got 1.5.", "counter",
        counters, {{"every", 1.5}});
  wrong(ErrorKind::kTypeMismatch, "n of counter must be an integer, got 0.5.", "counter", counters,
        {{"n", 0.5}});
  wrong(ErrorKind::kTypeMismatch, "on of counter must be a boolean, got a number.", "counter",
        counters, {{"on", 1.0}});
  wrong(ErrorKind::kBadProperty, "tau_m of leaky must be a number, got NaN.", "leaky", leaky,
        {{"tau_m", std::numeric_limits<double>::quiet_NaN()}});
  wrong(ErrorKind::kUnaccessedDictionaryEntry,
        "counter has no parameter 'evry'; did you mean 'every'?", "counter", counters,
        {{"evry", 2.0}});
  // One of several neurons.
  const Error error =
      refused(kernel, [&] { kernel.set_nodes(leaky, {{"V_th", std::vector<double>{3, 2, -4}}}); });
  CHECK(text_of(error) == "V_th of leaky must be so that V_th > 0 mV, got -4.");
  for (const Field& field : error.fields()) {
    if (field.name == "node") CHECK(std::get<double>(field.value) == leaky[2]);
  }
  kernel.set_nodes(leaky, {{"tau_m", std::numeric_limits<double>::infinity()}});
}

TEST_CASE("compiled models: what cannot be loaded changes nothing, whatever comes with it") {
  Simulator kernel;
  kernel.load_models({counter_code("known")}, false);
  make(kernel, "known", 2);
  kernel.copy_model("known", "copied", {});
  const auto refuse = [&](ErrorKind kind, const std::string& text, Code code,
                          bool replace = false) {
    const Error error = refused(kernel, [&] {
      kernel.load_models({adder_code("good"), std::move(code), leaky_code()}, replace);
    });
    CHECK(error.kind() == kind);
    CHECK_MESSAGE(text_of(error).find(text) != std::string::npos, text_of(error));
    CHECK_FALSE(has_model(kernel, "good"));
    CHECK_FALSE(has_model(kernel, "leaky"));
  };
  const auto exists = ErrorKind::kNewModelNameExists;
  refuse(exists, "There is a model 'known' already; with `replace` the new one takes its place.",
         counter_code("known"));
  refuse(exists,
         "There is a model 'known' already, and nodes of it, so that it cannot be replaced.",
         counter_code("known"), true);
  refuse(exists, "There is a model 'copied' already", counter_code("copied"));
  refuse(exists, "There is a model 'iaf_psc_exp' already", counter_code("iaf_psc_exp"));
  for (const bool replace : {false, true}) {
    for (const char* name : {"multimeter", "stdp_synapse", "static_synapse_lbl"}) {
      refuse(exists, "already, which is no neuron; give yours another name.", counter_code(name),
             replace);
    }
    refuse(exists, "Two of the models have the name 'good'.", counter_code("good"), replace);
  }

  const auto bad = ErrorKind::kBadProperty;
  const auto changed = [](const std::function<void(Code&)>& change) {
    Code code = leaky_code();
    code.name = std::string("bad");
    change(code);
    return code;
  };
  refuse(bad, "'thread'", changed([](Code& c) { c.states[0].name = std::string("thread"); }));
  refuse(bad, "'receptor_types'",
         changed([](Code& c) { c.states[0].name = std::string("receptor_types"); }));
  refuse(bad, "tau_m", changed([](Code& c) { c.states[0].name = std::string("tau_m"); }));
  refuse(bad, "V_th of bad must be so that V_th > 0 mV, got 0.",
         changed([](Code& c) { c.constants[5] = 0; }));
  refuse(bad, "tau_m of bad must be a number, got NaN.",
         changed([](Code& c) { c.constants[4] = std::numeric_limits<double>::quiet_NaN(); }));
  refuse(bad, "V_m of bad must be a finite number, got Infinity.",
         changed([](Code& c) { c.constants[0] = std::numeric_limits<double>::infinity(); }));
  refuse(ErrorKind::kTypeMismatch, "every of counter must be an integer, got 0.5.", [] {
    Code code = counter_code();
    code.constants[3] = 0.5;
    return code;
  }());
  refuse(bad, "", changed([](Code& c) { c.step.code[0].a = 60000; }));
  refuse(bad, "", changed([](Code& c) { c.name.clear(); }));
  refuse(bad, "receptors of bad must be at most 250, got 251.", changed([](Code& c) {
           c.numbered = true;
           for (int i = 0; i < 250; ++i)
             c.receptors.push_back(std::string(1u + static_cast<unsigned>(i), 'r'));
           c.step = {};
           StepWriter step(c);
         }));
}

TEST_CASE("compiled models: one replaces another that has no nodes; copies stay what they are") {
  Simulator kernel;
  kernel.load_models({counter_code(), leaky_code()}, false);
  const double id = default_of(kernel, "counter", "model_id");
  kernel.copy_model("counter", "slow", {{"every", 20.0}});
  kernel.set_defaults("counter", {{"every", 7.0}});
  const Ids slow = make(kernel, "slow", 2);
  Code changed = other_counter();
  changed.states[0].name = std::string("m");
  kernel.load_models({changed}, true);
  CHECK(default_of(kernel, "counter", "every") == 3);
  CHECK(default_of(kernel, "counter", "model_id") == id);
  CHECK(default_of(kernel, "slow", "every") == 20);
  const Ids fast = make(kernel, "counter", 2);
  simulate(kernel, 1);
  CHECK(number(kernel, slow[0], "n") == 11);
  CHECK(number(kernel, fast[0], "m") == 2);
  CHECK(std::get<std::string>(value_of(kernel.get_defaults("slow"), "type_id").value) == "counter");

  // Both are saved, and told from each other.
  const std::uint64_t digest = kernel.digest(), state = digest_of_state(kernel, true);
  const Bytes bytes = saved(kernel);
  Simulator other;
  load(other, bytes);
  CHECK(other.digest() == digest);
  CHECK(digest_of_state(other, true) == state);
  CHECK(saved(other) == bytes);
  for (Simulator* each : {&kernel, &other}) simulate(*each, 1);
  CHECK(number(other, slow[0], "n") == number(kernel, slow[0], "n"));
  CHECK(number(other, fast[0], "m") == number(kernel, fast[0], "m"));

  // A built-in one makes room as well.
  kernel.reset();
  Code own = counter_code("iaf_psc_exp_neuron");
  kernel.load_models({own}, true);
  CHECK(default_of(kernel, "iaf_psc_exp_neuron", "every") == 10);
  kernel.reset();
  CHECK(default_of(kernel, "iaf_psc_exp_neuron", "every") == 10);
  make(kernel, "iaf_psc_exp_neuron", 1);
  load(other, saved(kernel));
  CHECK(default_of(other, "iaf_psc_exp_neuron", "every") == 10);
  simulate(other, 1);
  CHECK(number(other, 1, "n") == 1);
}

TEST_CASE("compiled models: they stay over a reset, as they were loaded, in their kernel only") {
  Simulator kernel, neighbour;
  kernel.load_models({counter_code(), adder_code()}, false);
  kernel.set_defaults("counter", {{"every", 5.0}});
  kernel.copy_model("counter", "copy", {});
  make(kernel, "counter", 4);
  make(kernel, "copy", 4);
  simulate(kernel, 3);
  CHECK_FALSE(has_model(neighbour, "counter"));
  kernel.reset();
  CHECK(default_of(kernel, "counter", "every") == 10);
  CHECK(has_model(kernel, "adder"));
  CHECK_FALSE(has_model(kernel, "copy"));
  const Ids again = make(kernel, "counter", 1);
  simulate(kernel, 0.5);
  CHECK(number(kernel, again[0], "n") == 6);
  // A state brings its own models, and no others stay.
  make(neighbour, "iaf_psc_exp", 1);
  load(kernel, saved(neighbour));
  CHECK_FALSE(has_model(kernel, "counter"));
  neighbour.load_models({other_counter()}, false);
  make(neighbour, "counter", 1);
  kernel.load_models({counter_code()}, false);
  load(kernel, saved(neighbour));
  CHECK(default_of(kernel, "counter", "every") == 3);
  kernel.reset();
  CHECK(default_of(kernel, "counter", "every") == 3);
  kernel.dispose();
  CHECK(kind_thrown([&] { kernel.load_models({counter_code()}, false); }) ==
        ErrorKind::kKernelDisposed);
}

TEST_CASE("compiled models: what is reset begins as it was made") {
  Simulator kernel;
  kernel.load_models({counter_code(), decaying_code()}, false);
  const Ids counters = make(kernel, "counter", 3), decaying = make(kernel, "decaying", 3);
  simulate(kernel, 1.3);
  const double n = number(kernel, counters[0], "n"), x = number(kernel, decaying[0], "x");
  simulate(kernel, 2.1);
  kernel.reset_state({}, {});
  CHECK(number(kernel, counters[0], "n") == 0);
  CHECK(number(kernel, decaying[0], "x") == 1);
  simulate(kernel, 1.3);
  CHECK(number(kernel, counters[0], "n") == n);
  CHECK(number(kernel, decaying[0], "x") == x);
}

TEST_CASE("compiled models: the digest of a kernel is that of its models, too") {
  Simulator without, with, another, empty;
  CHECK(without.digest() == empty.digest());
  with.load_models({counter_code()}, false);
  another.load_models({other_counter()}, false);
  CHECK(with.digest() != without.digest());
  CHECK(with.digest() != another.digest());
  Code same_defaults = counter_code();
  same_defaults.text += "# differs";
  Simulator third;
  third.load_models({same_defaults}, false);
  CHECK(third.digest() != with.digest());
}

TEST_CASE("compiled models: a state with a model that is damaged is refused") {
  Simulator kernel;
  kernel.load_models({counter_code(), leaky_code()}, false);
  make(kernel, "counter", 3);
  simulate(kernel, 1);
  const Bytes bytes = saved(kernel);
  const ChangedState changed(bytes, bytes);
  const auto load_into = [](Simulator& other, const Bytes& damaged) {
    other.begin_load({});
    if (other.finish_load(damaged)) other.take_loaded();
  };
  for (const char* number : {"integers", "ordinal"}) {
    Simulator other;
    CHECK(kind_thrown([&] { load_into(other, changed.with("models", number, 77)); }) ==
          ErrorKind::kBadStateFile);
  }
  ChangedState::Random random(1);
  int refused = 0;
  for (int k = 0; k < 300; ++k) {
    Simulator other;
    try {
      load_into(other, changed.sealed(random));
      simulate(other, 1);
    } catch (const Error& e) {
      CHECK(e.kind() != ErrorKind::kInternalError);
      ++refused;
    }
  }
  CHECK(refused > 50);
}
