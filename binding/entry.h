// The way from JavaScript into C++ functions.
#pragma once

#include <napi.h>

#include <exception>
#include <utility>

#include "addon_data.h"

namespace tegmenta::binding {

/// Runs `body(info)` as a callback of Node-API. All that can fail lies inside, the array of many
/// arguments and the error itself: an exception that left a callback would end the process.
template <typename Body>
napi_value enter_callback(napi_env env, napi_callback_info raw, Body&& body) noexcept {
  try {
    const Napi::CallbackInfo info(env, raw);
    return std::forward<Body>(body)(info);
  } catch (...) {
    try {
      to_js_error(env, std::current_exception()).ThrowAsJavaScriptException();
    } catch (...) {  // the environment is going away
    }
    return nullptr;
  }
}

/// A JavaScript function that calls a C++ one.
template <Napi::Value (*function)(const Napi::CallbackInfo&)>
Napi::Function make_function(Napi::Env env, const char* name) {
  const napi_callback callback = [](napi_env caller, napi_callback_info raw) {
    return enter_callback(
        caller, raw, [](const Napi::CallbackInfo& info) -> napi_value { return function(info); });
  };
  napi_value made = nullptr;
  if (napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &made) != napi_ok) {
    throw Napi::Error::New(env);
  }
  return Napi::Function(env, made);
}

}  // namespace tegmenta::binding
