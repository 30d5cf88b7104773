// What the core declares about its models, errors, kernel attributes and connections, as
// lib/native.ts describes it.
#pragma once

#include <napi.h>

#include "simulator.h"

namespace tegmenta::binding {

/// A NativeModelDescription.
Napi::Object model_to_js(Napi::Env env, const ModelDescription& model);
/// NativeModelDescription[] of everything in the core's registry.
Napi::Array models_to_js(Napi::Env env);
Napi::Array node_read_outs_to_js(Napi::Env env);
/// NativeErrorDescription[] of every kind of error.
Napi::Array errors_to_js(Napi::Env env);
/// NativeKernelAttribute[] of what kernels have.
Napi::Array kernel_attributes_to_js(Napi::Env env);
/// NativeConnectionRule[] of the rules that Connect knows.
Napi::Array connection_rules_to_js(Napi::Env env);
/// NativeConnectionPair[] of what can be connected with what.
Napi::Array connection_pairs_to_js(Napi::Env env);

}  // namespace tegmenta::binding
