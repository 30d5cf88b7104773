// What the core declares about its models and errors, as lib/native.ts describes it.
#pragma once

#include <napi.h>

namespace tegmenta::binding {

/// NativeModelDescription[] of everything in the core's registry.
Napi::Array models_to_js(Napi::Env env);
/// NativeErrorDescription[] of every kind of error.
Napi::Array errors_to_js(Napi::Env env);

}  // namespace tegmenta::binding
