#include "dense.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "addon_data.h"
#include "dense/activation.h"
#include "dense/initial_values.h"
#include "dense/lif_cell.h"
#include "dense/reinforce.h"
#include "dense/stdp.h"
#include "dense/var_trace.h"
#include "entry.h"
#include "simd/dispatch.h"
#include "values.h"

namespace tegmenta::binding {

namespace {

/// The arguments of one call, in order. Raw Node-API: these are called once a step and component.
class Arguments {
 public:
  explicit Arguments(const Napi::CallbackInfo& info) : info_(info) {}

  double number() { return info_[next_++].As<Napi::Number>().DoubleValue(); }
  bool flag() { return info_[next_++].As<Napi::Boolean>().Value(); }
  std::string text() { return info_[next_++].As<Napi::String>().Utf8Value(); }

  /// A Float64Array of just that length. Throws DimensionMismatch: the array of a compartment has
  /// none left when its buffer was transferred to another thread.
  double* array(const char* name, std::size_t length) {
    std::size_t given = 0;
    double* const data = any_array(name, given);
    if (given == length) return data;
    throw Error(ErrorKind::kDimensionMismatch,
                std::string(name) + " must have " + std::to_string(length) + " entries, got " +
                    std::to_string(given) + ".",
                {{"parameter", std::string(name)},
                 {"expected", static_cast<double>(length)},
                 {"given", static_cast<double>(given)}});
  }

  /// The same, or nullptr for undefined.
  double* optional_array(const char* name, std::size_t length) {
    if (info_[next_].IsUndefined()) {
      ++next_;
      return nullptr;
    }
    return array(name, length);
  }

  double* any_array(const char* name, std::size_t& length) {
    const Napi::Value value = info_[next_++];
    napi_typedarray_type type;
    void* data = nullptr;
    if (napi_get_typedarray_info(info_.Env(), value, &type, &length, &data, nullptr, nullptr) !=
            napi_ok ||
        type != napi_float64_array) {
      throw Error(ErrorKind::kTypeMismatch, std::string(name) + " must be a Float64Array.",
                  {{"parameter", std::string(name)}, {"expected", std::string("a Float64Array")}});
    }
    return static_cast<double*>(data);
  }

 private:
  const Napi::CallbackInfo& info_;
  std::size_t next_ = 0;
};

/// Numbers of a rule, in the order that lib/native.ts gives.
class Numbers {
 public:
  Numbers(Arguments& arguments, std::size_t n) : next_(arguments.array("rule", n)) {}
  double number() { return *next_++; }
  std::size_t count() { return static_cast<std::size_t>(number()); }
  simd::DenseShape shape() {
    const std::size_t inputs = count(), outputs = count();
    return {inputs, outputs, count()};
  }

 private:
  const double* next_;
};

struct StdpCall {
  dense::StdpRule rule;
  double conduct_factor;
  std::size_t synapses() const { return rule.shape.inputs * rule.shape.outputs; }
};

StdpCall take_stdp_rule(Arguments& arguments) {
  Numbers n(arguments, 13);
  StdpCall call{};
  call.rule.shape = n.shape();
  call.rule.pairs.a_plus = n.number();
  call.rule.pairs.a_minus = n.number();
  call.rule.pairs.pretrace_target = n.number();
  call.rule.pairs.mu = n.number();
  call.rule.pairs.w_min = n.number();
  call.rule.pairs.w_bound = n.number();
  call.rule.tau_w = n.number();
  call.rule.tau_elg = n.number();
  call.rule.elg_decay = n.number();
  call.conduct_factor = n.number();
  return call;
}

simd::PairActivity take_activity(Arguments& arguments, const simd::DenseShape& shape) {
  const std::size_t pre = shape.batch * shape.inputs, post = shape.batch * shape.outputs;
  simd::PairActivity activity{};
  activity.pre_spike = arguments.array("preSpike", pre);
  activity.post_spike = arguments.array("postSpike", post);
  activity.pre_trace = arguments.array("preTrace", pre);
  activity.post_trace = arguments.array("postTrace", post);
  return activity;
}

dense::Synapses take_synapses(Arguments& arguments, std::size_t n) {
  double* const weights = arguments.array("weights", n);
  return {weights, arguments.optional_array("weight_mask", n)};
}

dense::LastActivity take_last(Arguments& arguments, const simd::DenseShape& shape) {
  return {arguments.array("last", 2 * shape.batch * (shape.inputs + shape.outputs))};
}

void forward(Arguments& arguments) {
  const StdpCall call = take_stdp_rule(arguments);
  const simd::DenseShape& shape = call.rule.shape;
  const dense::Synapses synapses = take_synapses(arguments, call.synapses());
  const double* const inputs = arguments.array("inputs", shape.batch * shape.inputs);
  double* const outputs = arguments.array("outputs", shape.batch * shape.outputs);
  simd::default_level().dense_forward(
      {shape, synapses.weights, synapses.mask, inputs, outputs, call.conduct_factor});
}

void evolve_trace_stdp(Arguments& arguments) {
  const StdpCall call = take_stdp_rule(arguments);
  const double eta = arguments.number();
  const dense::Synapses synapses = take_synapses(arguments, call.synapses());
  const simd::PairActivity activity = take_activity(arguments, call.rule.shape);
  double* const pairings = arguments.array("dWeights", call.synapses());
  dense::evolve_trace_stdp(simd::default_level(), call.rule, activity, synapses, pairings, eta);
}

void evolve_mstdpet(Arguments& arguments) {
  const StdpCall call = take_stdp_rule(arguments);
  const simd::DenseShape& shape = call.rule.shape;
  dense::Modulation modulation{};
  modulation.eta = arguments.number();
  const double dt = arguments.number();
  const dense::Synapses synapses = take_synapses(arguments, call.synapses());
  const simd::PairActivity activity = take_activity(arguments, shape);
  const dense::LastActivity last = take_last(arguments, shape);
  modulation.modulator = arguments.array("modulator", shape.batch);
  modulation.outmask = arguments.array("outmask", shape.outputs);
  modulation.eligibility = arguments.array("eligibility", shape.batch * call.synapses());
  modulation.pairings = arguments.optional_array("dWeights", shape.batch * call.synapses());
  modulation.from_pairings = modulation.pairings != nullptr;
  dense::evolve_mstdpet(simd::default_level(), call.rule, activity, last, synapses, modulation, dt);
}

void last_pairings(Arguments& arguments) {
  const StdpCall call = take_stdp_rule(arguments);
  const simd::DenseShape& shape = call.rule.shape;
  const dense::LastActivity last = take_last(arguments, shape);
  double* const pairings = arguments.array("dWeights", shape.batch * call.synapses());
  dense::last_pairings(simd::default_level(), call.rule, last, pairings);
}

void advance_trace(Arguments& arguments) {
  Numbers n(arguments, 7);
  dense::TraceRule rule{};
  rule.n = n.count();
  rule.tau_tr = n.number();
  rule.a_delta = n.number();
  rule.p_scale = n.number();
  rule.gamma_tr = n.number();
  rule.decay = static_cast<dense::TraceDecay>(n.count());
  rule.n_nearest_spikes = n.number();
  const double dt = arguments.number();
  const double* const inputs = arguments.array("inputs", rule.n);
  dense::advance_trace(rule, inputs, arguments.array("trace", rule.n), dt);
}

void advance_lif(Arguments& arguments) {
  Numbers n(arguments, 15);
  dense::LifRule rule{};
  rule.units = n.count();
  rule.batch = n.count();
  rule.tau_m = n.number();
  rule.resist_m = n.number();
  rule.conduct_leak = n.number();
  rule.thr = n.number();
  rule.v_rest = n.number();
  rule.v_reset = n.number();
  rule.v_min = n.number();
  rule.refract_time = n.number();
  rule.tau_theta = n.number();
  rule.theta_plus = n.number();
  rule.midpoint = n.number() != 0;
  rule.winners = static_cast<dense::LifWinners>(n.count());
  rule.seed = static_cast<std::uint32_t>(n.count());
  const double t = arguments.number();
  const double dt = arguments.number();
  const auto step = static_cast<std::uint64_t>(arguments.number());
  const std::size_t cells = rule.units * rule.batch;
  dense::LifState state{};
  state.j = arguments.array("j", cells);
  state.v = arguments.array("v", cells);
  state.s = arguments.array("s", cells);
  state.rfr = arguments.array("rfr", cells);
  state.thr_theta = arguments.array("thr_theta", cells);
  state.tols = arguments.array("tols", cells);
  state.before = arguments.array("before", cells);
  dense::advance_lif(rule, state, t, dt, step);
}

struct ReinforceCall {
  dense::ReinforceRule rule;
  std::size_t weights() const { return 2 * rule.shape.inputs * rule.shape.outputs; }
};

ReinforceCall take_reinforce_rule(Arguments& arguments) {
  Numbers n(arguments, 9);
  ReinforceCall call{};
  call.rule.shape = n.shape();
  call.rule.act_fx = static_cast<dense::Activation>(n.count());
  call.rule.mu_act_fx = static_cast<dense::Activation>(n.count());
  call.rule.mu_out_min = n.number();
  call.rule.mu_out_max = n.number();
  call.rule.scalar_stddev = n.number();
  call.rule.decay = n.number();
  return call;
}

dense::ReinforceState take_reinforce_state(Arguments& arguments, const simd::DenseShape& shape) {
  const std::size_t in = shape.batch * shape.inputs, out = shape.batch * shape.outputs;
  dense::ReinforceState state{};
  state.inputs = arguments.array("inputs", in);
  state.hidden = arguments.array("hidden", in);
  state.readout = arguments.array("readout", 2 * out);
  state.mean = arguments.array("mean", out);
  state.deviation = arguments.array("deviation", out);
  state.noise = arguments.array("noise", out);
  state.outputs = arguments.array("outputs", out);
  return state;
}

void sample_actions(Arguments& arguments) {
  const ReinforceCall call = take_reinforce_rule(arguments);
  const double* const weights = arguments.array("weights", call.weights());
  const dense::ReinforceState state = take_reinforce_state(arguments, call.rule.shape);
  const auto seed = static_cast<std::uint32_t>(arguments.number());
  const auto ordinal = static_cast<std::uint64_t>(arguments.number());
  dense::sample_actions(simd::default_level(), call.rule, weights, state, seed, ordinal,
                        arguments.flag());
}

void learn_from_rewards(Arguments& arguments, double& objective) {
  ReinforceCall call = take_reinforce_rule(arguments);
  const simd::DenseShape& shape = call.rule.shape;
  const dense::ReinforceState state = take_reinforce_state(arguments, shape);
  const dense::Synapses synapses = take_synapses(arguments, call.weights());
  dense::ReinforceLearning learning{};
  learning.weights = synapses.weights;
  learning.mask = synapses.mask;
  learning.rewards = arguments.array("rewards", shape.batch);
  learning.d_weights = arguments.array("dWeights", call.weights());
  learning.average = arguments.array("accumulated_gradients", call.weights());
  learning.lower = arguments.array("lower", 2 * shape.outputs);
  learning.upper = arguments.array("upper", 2 * shape.outputs);
  learning.slope = arguments.array("slope", 2 * shape.batch * shape.outputs);
  call.rule.eta = arguments.number();
  learning.learning_mask = arguments.number();
  learning.step_count = arguments.number();
  learning.clip_always = arguments.flag();
  objective = dense::learn_from_rewards(simd::default_level(), call.rule, state, learning);
}

void draw(Arguments& arguments) {
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

template <void (*function)(Arguments&)>
Napi::Value call(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  function(arguments);
  return info.Env().Undefined();
}

Napi::Value learn(const Napi::CallbackInfo& info) {
  Arguments arguments(info);
  double objective = 0;
  learn_from_rewards(arguments, objective);
  return Napi::Number::New(info.Env(), objective);
}

}  // namespace

Napi::Object dense_functions(Napi::Env env) {
  Napi::Object functions = Napi::Object::New(env);
  const auto add = [&](const char* name, Napi::Function (*make)(Napi::Env, const char*)) {
    functions.Set(name, make(env, name));
  };
  add("forward", &make_function<call<forward>>);
  add("evolveTraceStdp", &make_function<call<evolve_trace_stdp>>);
  add("evolveMstdpet", &make_function<call<evolve_mstdpet>>);
  add("lastPairings", &make_function<call<last_pairings>>);
  add("advanceTrace", &make_function<call<advance_trace>>);
  add("advanceLif", &make_function<call<advance_lif>>);
  add("sampleActions", &make_function<call<sample_actions>>);
  add("learnFromRewards", &make_function<learn>);
  add("draw", &make_function<call<draw>>);
  add("placeLarge", &make_function<place_large>);
  functions.Set("largeArray", Napi::Number::New(env, static_cast<double>(kHugePage)));
  functions.Set("activationNames", strings_to_js(env, dense::activation_names()));
  return functions;
}

}  // namespace tegmenta::binding
