// What `require` of the addon returns: NativeAddon of lib/native.ts.
#include <napi.h>

#include <atomic>
#include <exception>
#include <memory>
#include <optional>

#include "addon_data.h"
#include "dense.h"
#include "entry.h"
#include "kernel_wrap.h"
#include "registry.h"
#include "simulator.h"
#include "synapses_wrap.h"
#include "values.h"

namespace tegmenta::binding {

namespace {

/// Called by lib/ right after loading, and again by every further copy of lib/ that shares this
/// environment (jest gives each test file its own copy).
Napi::Value initialize(const Napi::CallbackInfo& info) {
  if (!info[0].IsFunction()) {
    throw Napi::TypeError::New(info.Env(), "A function that makes errors is expected");
  }
  AddonData& data = AddonData::of(info.Env());
  data.make_error = Napi::Persistent(info[0].As<Napi::Function>());
  if (info[1].IsFunction()) data.allocate = Napi::Persistent(info[1].As<Napi::Function>());
  const double memory = info[2].IsNumber() ? info[2].As<Napi::Number>().DoubleValue() : 0;
  if (memory > 0) limit_process_memory(memory);
  return info.Env().Undefined();
}

Napi::Value models(const Napi::CallbackInfo& info) { return models_to_js(info.Env()); }

Napi::Value node_read_outs(const Napi::CallbackInfo& info) {
  return node_read_outs_to_js(info.Env());
}

Napi::Value errors(const Napi::CallbackInfo& info) { return errors_to_js(info.Env()); }

Napi::Value kernel_attributes(const Napi::CallbackInfo& info) {
  return kernel_attributes_to_js(info.Env());
}

Napi::Value connection_rules(const Napi::CallbackInfo& info) {
  return connection_rules_to_js(info.Env());
}

Napi::Value connection_pairs(const Napi::CallbackInfo& info) {
  return connection_pairs_to_js(info.Env());
}

/// concurrency, queued, running, threads; and of each kernel: number, total and parts.
Napi::Value counters(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto number = [&](auto x) { return Napi::Number::New(env, static_cast<double>(x)); };
  const ComputeCounts counts = compute_counts();
  Napi::Object all = Napi::Object::New(env);
  all.Set("concurrency", number(counts.limit));
  all.Set("queued", number(counts.queued));
  all.Set("running", number(counts.running));
  all.Set("threads", number(counts.threads));
  Napi::Array kernels = Napi::Array::New(env);
  for (const KernelMemory& memory : memory_of_kernels()) {
    Napi::Object parts = Napi::Object::New(env);
    parts.Set("nodes", number(memory.parts.nodes));
    parts.Set("recorders", number(memory.parts.recorders));
    parts.Set("synapses", number(memory.parts.synapses));
    parts.Set("under_way", number(memory.parts.under_way));
    parts.Set("plasticity", number(memory.parts.plasticity));
    Napi::Object kernel = Napi::Object::New(env);
    kernel.Set("kernel", number(memory.kernel));
    kernel.Set("bytes", number(memory.total));
    kernel.Set("parts", parts);
    kernels.Set(kernels.Length(), kernel);
  }
  all.Set("kernels", kernels);
  return all;
}

Napi::Value set_concurrency(const Napi::CallbackInfo& info) {
  std::optional<double> n;
  if (!info[0].IsUndefined()) n = to_number(info[0], "concurrency");
  limit_compute_threads(n);
  return Napi::Number::New(info.Env(), compute_counts().limit);
}

Napi::Value processors(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), processors_of_process());
}

/// Whether it is the first call in the process.
Napi::Value warns_first(const Napi::CallbackInfo& info) {
  static std::atomic<bool> warned{false};
  return Napi::Boolean::New(info.Env(), !warned.exchange(true));
}

Napi::Value live_kernels(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(Simulator::live_count()));
}

Napi::Value live_bytes(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(Simulator::live_bytes()));
}

Napi::Value memory_bandwidth(const Napi::CallbackInfo& info) {
  const auto argument = [&](std::size_t i, const char* name) { return to_count(info[i], name); };
  return Napi::Number::New(info.Env(),
                           tegmenta::memory_bandwidth(argument(0, "threads"), argument(1, "bytes"),
                                                      argument(2, "passes")));
}

Napi::Value simd_level(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), default_simd_level());
}

Napi::Object init(Napi::Env env, Napi::Object exports) {
  try {
    auto made = std::make_unique<AddonData>();
    AddonData& data = *made;
    env.SetInstanceData(made.release());  // deleted with the environment
    data.synapses = Napi::Persistent(SynapsesWrap::define(env));
    exports.Set("NativeKernel", KernelWrap::define(env));
    exports.Set("initialize", make_function<initialize>(env, "initialize"));
    exports.Set("models", make_function<models>(env, "models"));
    exports.Set("nodeReadOuts", make_function<node_read_outs>(env, "nodeReadOuts"));
    exports.Set("errors", make_function<errors>(env, "errors"));
    exports.Set("kernelAttributes", make_function<kernel_attributes>(env, "kernelAttributes"));
    exports.Set("kernelAttributeNames", strings_to_js(env, status_keys()));
    exports.Set("connectionRules", make_function<connection_rules>(env, "connectionRules"));
    exports.Set("connectionPairs", make_function<connection_pairs>(env, "connectionPairs"));
    exports.Set("counters", make_function<counters>(env, "counters"));
    exports.Set("setConcurrency", make_function<set_concurrency>(env, "setConcurrency"));
    exports.Set("processors", make_function<processors>(env, "processors"));
    exports.Set("warnsFirst", make_function<warns_first>(env, "warnsFirst"));
    exports.Set("liveKernels", make_function<live_kernels>(env, "liveKernels"));
    exports.Set("liveBytes", make_function<live_bytes>(env, "liveBytes"));
    exports.Set("memoryBandwidth", make_function<memory_bandwidth>(env, "memoryBandwidth"));
    exports.Set("dense", dense_functions(env));
    exports.Set("simdLevels", strings_to_js(env, simd_level_names()));
    exports.Set("simdLevel", make_function<simd_level>(env, "simdLevel"));
    return exports;
  } catch (...) {
    throw to_js_error(env, std::current_exception());
  }
}

}  // namespace

}  // namespace tegmenta::binding

// The macro pastes the name of the function and cannot take a qualified one.
static Napi::Object init(Napi::Env env, Napi::Object exports) {
  return tegmenta::binding::init(env, exports);
}

NODE_API_MODULE(tegmenta, init)
