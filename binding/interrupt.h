// What other threads want of a thread that is busy in a synchronous call.
#pragma once

#include <napi.h>

namespace tegmenta::binding {

/// Enters JavaScript for a moment. False when it does not run any more: worker.terminate(), the
/// exit of the process or a time limit of `vm` ends this thread's work. Then no other call of
/// Node-API may follow, and the entry point returns an empty value.
inline bool javascript_runs(Napi::Env env) {
  const Napi::HandleScope scope(env);
  napi_value script = nullptr;
  napi_value result = nullptr;
  return napi_create_string_utf8(env, "0", 1, &script) == napi_ok &&
         napi_run_script(env, script, &result) == napi_ok;
}

}  // namespace tegmenta::binding
