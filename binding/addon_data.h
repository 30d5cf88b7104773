// What belongs to one environment (main thread or worker), and how C++ exceptions become
// JavaScript errors there.
#pragma once

#include <napi.h>

#include <exception>
#include <memory>
#include <new>
#include <string>
#include <variant>
#include <vector>

#include "dropped.h"
#include "simulator.h"

namespace tegmenta::binding {

/// One per napi_env, so that no JavaScript handle is ever kept in a C++ static: those would be
/// shared by worker threads.
struct AddonData {
  Napi::FunctionReference make_error;  // (name, message, fields) => Error, given by lib/
  Napi::FunctionReference synapses;    // constructor of NativeSynapses
  Napi::FunctionReference allocate;    // (bytes) => ArrayBuffer, given by lib/
  std::shared_ptr<Holders> holders = std::make_shared<Holders>();

  static AddonData& of(Napi::Env env) { return *env.GetInstanceData<AddonData>(); }
};

inline Napi::Object fields_to_js(Napi::Env env, const std::vector<Field>& fields) {
  Napi::Object object = Napi::Object::New(env);
  for (const Field& field : fields) {
    object.Set(
        field.name,
        std::visit([&](const auto& value) { return Napi::Value::From(env, value); }, field.value));
  }
  return object;
}

/// The error that lib/'s factory makes, so that it has the class and the realm that users test
/// for. A plain Error of that name as long as no factory is registered. Takes no memory but
/// JavaScript's.
inline Napi::Error make_error(Napi::Env env, const char* name, const char* message,
                              const std::vector<Field>& fields = {}) {
  const AddonData* data = env.GetInstanceData<AddonData>();
  if (data && !data->make_error.IsEmpty()) {
    const Napi::Value made = data->make_error.Call(
        {Napi::String::New(env, name), Napi::String::New(env, message), fields_to_js(env, fields)});
    if (made.IsObject()) return Napi::Error(env, made);
  }
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("name", Napi::String::New(env, name));
  return error;
}

/// Translates whatever C++ threw. Errors that JavaScript threw pass unchanged.
inline Napi::Error to_js_error(Napi::Env env, const std::exception_ptr& problem) {
  try {
    try {
      std::rethrow_exception(problem);
    } catch (const Error& e) {
      return make_error(env, to_string(e.kind()), e.what(), e.fields());
    } catch (const std::bad_alloc&) {
      return make_error(env, to_string(ErrorKind::kOutOfMemory), "Out of memory.");
    } catch (const Napi::Error&) {
      throw;
    } catch (const std::exception& e) {
      return make_error(env, to_string(ErrorKind::kInternalError), e.what());
    } catch (...) {
      return make_error(env, to_string(ErrorKind::kInternalError), "Unknown native exception.");
    }
  } catch (const Napi::Error& e) {  // JavaScript's own, or thrown by the factory
    return e;
  }
}

}  // namespace tegmenta::binding
