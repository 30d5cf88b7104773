// What the core declares about its models, errors and kernel attributes, as lib/native.ts describes
// it.
#pragma once

#include <napi.h>

namespace tegmenta::binding {

/// NativeModelDescription[] of everything in the core's registry.
Napi::Array models_to_js(Napi::Env env);
/// NativeErrorDescription[] of every kind of error.
Napi::Array errors_to_js(Napi::Env env);
/// NativeKernelAttribute[] of what kernels have.
Napi::Array kernel_attributes_to_js(Napi::Env env);

}  // namespace tegmenta::binding
