// The way from JavaScript into a method of a wrapped C++ object.
#pragma once

#include <napi.h>

#include <cstddef>
#include <string>
#include <vector>

#include "addon_data.h"
#include "js_memory.h"

namespace tegmenta::binding {

/// One method (or read-only property) of a wrapper class.
template <class T>
struct Entry {
  const char* name;
  Napi::Value (T::*call)(const Napi::CallbackInfo&);
  bool is_property = false;
};

/// Calls an Entry on the C++ object behind `this`. V8 checks the receiver of methods but not of
/// accessors, and napi_unwrap does not know types: without the tag a getter borrowed from one
/// class and called on an object of the other would read foreign memory.
template <class T>
napi_value enter(napi_env env, napi_callback_info raw) {
  try {
    Napi::CallbackInfo info(env, raw);
    JsMemory memory(env);
    return guarded(env, [&]() -> napi_value {
      const auto* entry = static_cast<const Entry<T>*>(info.Data());
      const Napi::Value receiver = info.This();
      if (!receiver.IsObject() || !receiver.As<Napi::Object>().CheckTypeTag(&T::kTypeTag)) {
        throw Napi::TypeError::New(env, std::string("Illegal invocation of ") + entry->name);
      }
      return (T::Unwrap(receiver.As<Napi::Object>())->*entry->call)(info);
    });
  } catch (...) {  // what guarded has made, or no memory for many arguments
    to_js_error(env, std::current_exception()).ThrowAsJavaScriptException();
    return nullptr;
  }
}

/// Property descriptors for DefineClass. The table must live as long as the process.
template <class T, std::size_t n>
std::vector<Napi::ClassPropertyDescriptor<T>> describe_entries(const Entry<T> (&table)[n]) {
  std::vector<Napi::ClassPropertyDescriptor<T>> properties;
  for (const Entry<T>& entry : table) {
    napi_property_descriptor property{};
    property.utf8name = entry.name;
    (entry.is_property ? property.getter : property.method) = &enter<T>;
    property.attributes = entry.is_property ? napi_default : napi_default_method;
    property.data = const_cast<Entry<T>*>(&entry);
    properties.emplace_back(property);
  }
  return properties;
}

}  // namespace tegmenta::binding
