// The functions of lib/native.ts' NativeDense: dense components, computed in place on the typed
// arrays that lib/ owns.
#pragma once

#include <napi.h>

namespace tegmenta::binding {

Napi::Object dense_functions(Napi::Env env);

}  // namespace tegmenta::binding
