#include "dense.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "addon_data.h"
#include "dense/activation.h"
#include "dense/initial_values.h"
#include "dense/level.h"
#include "dense/lif_cell.h"
#include "dense/reinforce.h"
#include "dense/stdp.h"
#include "dense/var_trace.h"
#include "dense_component.h"
#include "entry.h"
#include "values.h"

namespace tegmenta::binding {

double* numbers_of(napi_env env, napi_value array, std::string_view name, std::size_t* length) {
  napi_typedarray_type type;
  void* data = nullptr;
  if (!array ||
      napi_get_typedarray_info(env, array, &type, length, &data, nullptr, nullptr) != napi_ok ||
      type != napi_float64_array) {
    throw Error(ErrorKind::kTypeMismatch, std::string(name) + " must be a Float64Array.",
                {{"parameter", std::string(name)}, {"expected", std::string("a Float64Array")}});
  }
  return static_cast<double*>(data);
}

double* numbers_of(napi_env env, napi_value array, std::string_view name, std::size_t length) {
  std::size_t given = 0;
  double* const data = numbers_of(env, array, name, &given);
  if (given == length) return data;
  throw Error(ErrorKind::kDimensionMismatch,
              std::string(name) + " must have " + std::to_string(length) + " entries, got " +
                  std::to_string(given) + ".",
              {{"parameter", std::string(name)},
               {"expected", static_cast<double>(length)},
               {"given", static_cast<double>(given)}});
}

namespace {

/// A rule and its arrays.
template <typename Rule, typename... Groups>
class Component {
 public:
  Component(const Napi::Object& rule, const Napi::Object& arrays) : arrays_(arrays) {
    read_constants(rule, rule_);
  }

 protected:
  /// What the lengths of arrays depend on.
  const auto& shape() const {
    if constexpr (requires { rule_.shape; }) {
      return rule_.shape;
    } else {
      return rule_;
    }
  }
  template <typename Group>
  Group arrays(Napi::Env env) const {
    return arrays_.template of<Group>(env, shape());
  }

  Rule rule_{};

 private:
  ComponentArrays<Groups...> arrays_;
};

class Trace final : public Component<dense::TraceRule, dense::TraceState> {
 public:
  using Component::Component;

  void advance(Napi::Env env, Arguments& given) {
    const double dt = given.number();
    dense::advance_trace(rule_, arrays<dense::TraceState>(env), dt);
  }
};

class Lif final : public Component<dense::LifRule, dense::LifState> {
 public:
  using Component::Component;

  void advance(Napi::Env env, Arguments& given) {
    const double t = given.number(), dt = given.number();
    const auto step = static_cast<std::uint64_t>(given.number());
    dense::advance_lif(rule_, arrays<dense::LifState>(env), t, dt, step);
  }
};

/// What the cables that learn by STDP share.
template <typename... Groups>
class Stdp : public Component<dense::StdpRule, dense::Synapses, dense::Signals, simd::PairActivity,
                              Groups...> {
 public:
  using Stdp::Component::Component;

  void forward(Napi::Env env, Arguments&) {
    const auto synapses = this->template arrays<dense::Synapses>(env);
    dense::forward(dense::level(), this->rule_, synapses,
                   this->template arrays<dense::Signals>(env));
  }

 protected:
  /// With the mask that learning keeps to.
  dense::Synapses learning_synapses(Napi::Env env) const {
    auto synapses = this->template arrays<dense::Synapses>(env);
    if (!this->rule_.enforce_weight_mask) synapses.mask = nullptr;
    return synapses;
  }
};

class TraceStdp final : public Stdp<dense::Pairings> {
 public:
  using Stdp::Stdp;

  void evolve(Napi::Env env, Arguments& given) {
    const double eta = given.number();
    const dense::Synapses synapses = learning_synapses(env);
    const auto activity = arrays<simd::PairActivity>(env);
    dense::evolve_trace_stdp(dense::level(), rule_, activity, synapses,
                             arrays<dense::Pairings>(env).values, eta);
  }
};

class Mstdpet final : public Stdp<dense::LastActivity, dense::Modulation> {
 public:
  using Stdp::Stdp;

  void evolve(Napi::Env env, Arguments& given) {
    const double eta = given.number(), dt = given.number();
    const dense::Synapses synapses = learning_synapses(env);
    const auto activity = arrays<simd::PairActivity>(env);
    const auto last = arrays<dense::LastActivity>(env);
    auto modulation = arrays<dense::Modulation>(env);
    modulation.eta = eta;
    modulation.pairings = given.optional_array("dWeights", dense::synapses_of_samples(rule_.shape));
    modulation.from_pairings = modulation.pairings != nullptr;
    dense::evolve_mstdpet(dense::level(), rule_, activity, last, synapses, modulation, dt);
  }
  void last_pairings(Napi::Env env, Arguments& given) {
    const auto last = arrays<dense::LastActivity>(env);
    dense::last_pairings(dense::level(), rule_, last,
                         given.array("dWeights", dense::synapses_of_samples(rule_.shape)));
  }
};

class Reinforce final : public Component<dense::ReinforceRule, dense::ReinforceState,
                                         dense::ReadoutWeights, dense::ReinforceLearning> {
 public:
  using Component::Component;

  void sample(Napi::Env env, Arguments& given) {
    const auto seed = static_cast<std::uint32_t>(given.number());
    const auto ordinal = static_cast<std::uint64_t>(given.number());
    double* const weights = arrays<dense::ReadoutWeights>(env).weights;
    dense::sample_actions(dense::level(), rule_, weights, arrays<dense::ReinforceState>(env), seed,
                          ordinal, given.flag());
  }
  /// Gives the objective.
  double learn(Napi::Env env, Arguments& given) {
    const auto state = arrays<dense::ReinforceState>(env);
    double* const weights = arrays<dense::ReadoutWeights>(env).weights;
    auto learning = arrays<dense::ReinforceLearning>(env);
    learning.weights = weights;
    learning.eta = given.number();
    learning.learning_mask = given.number();
    learning.step_count = given.number();
    learning.clip_always = given.flag();
    return dense::learn_from_rewards(dense::level(), rule_, state, learning);
  }
};

/// Where the functions of a component will be: it keeps the arrays.
Napi::Object with_arrays(const Napi::CallbackInfo& info) {
  Napi::Object functions = Napi::Object::New(info.Env());
  functions.Set("arrays", info[1]);
  return functions;
}

template <typename Made>
std::shared_ptr<Made> made(const Napi::CallbackInfo& info) {
  return std::make_shared<Made>(info[0].As<Napi::Object>(), info[1].As<Napi::Object>());
}

Napi::Value make_trace(const Napi::CallbackInfo& info) {
  Napi::Object functions = with_arrays(info);
  add_method<&Trace::advance>(functions, "advance", made<Trace>(info));
  return functions;
}

Napi::Value make_lif(const Napi::CallbackInfo& info) {
  Napi::Object functions = with_arrays(info);
  add_method<&Lif::advance>(functions, "advance", made<Lif>(info));
  return functions;
}

Napi::Value make_trace_stdp(const Napi::CallbackInfo& info) {
  Napi::Object functions = with_arrays(info);
  const auto cable = made<TraceStdp>(info);
  add_method<&TraceStdp::forward>(functions, "forward", cable);
  add_method<&TraceStdp::evolve>(functions, "evolve", cable);
  return functions;
}

Napi::Value make_mstdpet(const Napi::CallbackInfo& info) {
  Napi::Object functions = with_arrays(info);
  const auto cable = made<Mstdpet>(info);
  add_method<&Mstdpet::forward>(functions, "forward", cable);
  add_method<&Mstdpet::evolve>(functions, "evolve", cable);
  add_method<&Mstdpet::last_pairings>(functions, "lastPairings", cable);
  return functions;
}

Napi::Value make_reinforce(const Napi::CallbackInfo& info) {
  Napi::Object functions = with_arrays(info);
  const auto cable = made<Reinforce>(info);
  add_method<&Reinforce::sample>(functions, "sample", cable);
  add_method<&Reinforce::learn>(functions, "learn", cable);
  return functions;
}

Napi::Value draw(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  const std::string what = arguments.text();
  const auto seed = static_cast<std::uint32_t>(arguments.number());
  const double first = arguments.number(), second = arguments.number();
  std::size_t n = 0;
  double* const values = arguments.any_array("values", n);
  if (what == "uniform") {
    dense::draw_uniform(seed, first, second, values, n);
  } else if (what == "normal") {
    dense::draw_normal(seed, first, second, values, n);
  } else {
    dense::draw_mask(seed, first, values, n);
  }
  return info.Env().Undefined();
}

/// Where in a fresh ArrayBuffer a large array should begin: huge pages cost fewer misses in the
/// page tables, and rows then begin where vectors do.
Napi::Value place_large(const Napi::CallbackInfo& info) {
  Napi::ArrayBuffer buffer = info[0].As<Napi::ArrayBuffer>();
  const auto address = reinterpret_cast<std::uintptr_t>(buffer.Data());
  const std::size_t offset = (kHugePage - address % kHugePage) % kHugePage;
  if (buffer.ByteLength() < offset) return Napi::Number::New(info.Env(), 0);
  advise_huge_pages(static_cast<char*>(buffer.Data()) + offset, buffer.ByteLength() - offset);
  return Napi::Number::New(info.Env(), static_cast<double>(offset));
}

}  // namespace

Napi::Object dense_functions(Napi::Env env) {
  Napi::Object functions = Napi::Object::New(env);
  const auto add = [&](const char* name, Napi::Function (*make)(Napi::Env, const char*)) {
    functions.Set(name, make(env, name));
  };
  add("trace", &make_function<make_trace>);
  add("lif", &make_function<make_lif>);
  add("traceStdp", &make_function<make_trace_stdp>);
  add("mstdpet", &make_function<make_mstdpet>);
  add("reinforce", &make_function<make_reinforce>);
  add("draw", &make_function<draw>);
  add("placeLarge", &make_function<place_large>);
  functions.Set("largeArray", Napi::Number::New(env, static_cast<double>(kHugePage)));
  functions.Set("activationNames", strings_to_js(env, {dense::kActivationNames.begin(),
                                                       dense::kActivationNames.end()}));
  return functions;
}

}  // namespace tegmenta::binding
