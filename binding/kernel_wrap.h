// NativeKernel of lib/native.ts: one Simulator as a JavaScript object.
#pragma once

#include <napi.h>

#include <exception>
#include <memory>

#include "run_task.h"
#include "simulator.h"
#include "wrapped.h"

namespace tegmenta::binding {

class KernelWrap final : public Wrapped<KernelWrap> {
 public:
  static constexpr napi_type_tag kTypeTag{0x2e7b94d35c1f4a08, 0x96e1c8f40d7a53b2};

  static Napi::Function define(Napi::Env env);

  explicit KernelWrap(Napi::Env env);
  void free_memory() noexcept { simulator_.reset(); }

 private:
  // Nodes
  Napi::Value create(const Napi::CallbackInfo& info);
  Napi::Value node_keys(const Napi::CallbackInfo& info);
  Napi::Value get_node(const Napi::CallbackInfo& info);
  Napi::Value get_nodes(const Napi::CallbackInfo& info);
  Napi::Value set_nodes(const Napi::CallbackInfo& info);
  // Connections
  Napi::Value connect(const Napi::CallbackInfo& info);
  Napi::Value disconnect(const Napi::CallbackInfo& info);
  Napi::Value get_connections(const Napi::CallbackInfo& info);
  // Models and status
  Napi::Value get_defaults(const Napi::CallbackInfo& info);
  Napi::Value set_defaults(const Napi::CallbackInfo& info);
  Napi::Value copy_model(const Napi::CallbackInfo& info);
  Napi::Value load_models(const Napi::CallbackInfo& info);
  Napi::Value node_model(const Napi::CallbackInfo& info);
  Napi::Value get_status(const Napi::CallbackInfo& info);
  Napi::Value set_status(const Napi::CallbackInfo& info);
  // Simulation
  Napi::Value check_run(const Napi::CallbackInfo& info);
  Napi::Value prepare(const Napi::CallbackInfo& info);
  Napi::Value run(const Napi::CallbackInfo& info);
  Napi::Value cleanup(const Napi::CallbackInfo& info);
  Napi::Value simulate(const Napi::CallbackInfo& info);
  Napi::Value run_async(const Napi::CallbackInfo& info);
  Napi::Value prepare_async(const Napi::CallbackInfo& info);
  Napi::Value get_connections_async(const Napi::CallbackInfo& info);
  // State (kernel_state.cc)
  Napi::Value save_state(const Napi::CallbackInfo& info);
  Napi::Value save_state_async(const Napi::CallbackInfo& info);
  Napi::Value load_state(const Napi::CallbackInfo& info);
  Napi::Value load_state_async(const Napi::CallbackInfo& info);
  Napi::Value reset_state(const Napi::CallbackInfo& info);
  Napi::Value cancel(const Napi::CallbackInfo& info);
  Napi::Value running(const Napi::CallbackInfo& info);
  // Results
  Napi::Value events(const Napi::CallbackInfo& info);
  Napi::Value events_from(const Napi::CallbackInfo& info);
  Napi::Value release_events(const Napi::CallbackInfo& info);
  Napi::Value first_held(const Napi::CallbackInfo& info);
  Napi::Value add_reader(const Napi::CallbackInfo& info);
  Napi::Value move_reader(const Napi::CallbackInfo& info);
  Napi::Value remove_reader(const Napi::CallbackInfo& info);
  Napi::Value written_recorders(const Napi::CallbackInfo& info);
  Napi::Value draw_parameter(const Napi::CallbackInfo& info);
  // Life
  Napi::Value reset(const Napi::CallbackInfo& info);
  Napi::Value dispose(const Napi::CallbackInfo& info);

  /// The promise of a job, which has begun; rejected where it could not.
  template <typename MakeJob>
  Napi::Value start(Napi::Env env, Napi::Value on_progress, MakeJob&& make_job);
  Napi::Value run_here(const Napi::CallbackInfo& info, bool prepared);
  /// Called after whatever changes much memory, failures included.
  void account(Napi::BasicEnv env) noexcept;

  std::shared_ptr<Simulator> simulator_;  // shared with runs under way and lists of synapses
};

template <typename MakeJob>
Napi::Value KernelWrap::start(Napi::Env env, Napi::Value on_progress, MakeJob&& make_job) {
  napi_deferred deferred = nullptr;
  napi_value promise = nullptr;
  if (napi_create_promise(env, &deferred, &promise) != napi_ok) throw Napi::Error::New(env);
  try {
    RunTask::start(env, simulator_, {make_job(), on_progress, deferred, [this, env] {
                                       account(env);
                                       keep_no_longer();
                                     }});
    keep();
  } catch (...) {
    napi_reject_deferred(env, deferred, to_js_error(env, std::current_exception()).Value());
  }
  return Napi::Value(env, promise);
}

}  // namespace tegmenta::binding
