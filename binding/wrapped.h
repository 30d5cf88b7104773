// C++ objects that JavaScript ones hold, and the way into their methods.
#pragma once

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "addon_data.h"
#include "dropped.h"
#include "entry.h"
#include "js_memory.h"

namespace tegmenta::binding {

/// One method (or read-only property) of a wrapper class.
template <class T>
struct Entry {
  const char* name;
  Napi::Value (T::*call)(const Napi::CallbackInfo&);
  bool is_property = false;
};

/// A C++ object that a JavaScript one holds. T has a constructor from Napi::Env, a kTypeTag of its
/// own, and free_memory(), which leaves nothing but the empty object.
template <class T>
class Wrapped : public Holder {
 public:
  Wrapped(const Wrapped&) = delete;
  Wrapped& operator=(const Wrapped&) = delete;

  /// The C++ object of what `new` of its class has made.
  static T* unwrap(Napi::Object object) {
    void* data = nullptr;
    if (napi_unwrap(object.Env(), object, &data) != napi_ok) throw Napi::Error::New(object.Env());
    return static_cast<T*>(data);
  }

  bool is_dropped() override {
    const Napi::HandleScope scope(env_);
    napi_value object = nullptr;
    return weak_ && napi_get_reference_value(env_, weak_, &object) == napi_ok && !object;
  }

  void let_go(Napi::BasicEnv env) noexcept override {
    if (accounted_) Napi::MemoryManagement::AdjustExternalMemory(env, -accounted_);
    accounted_ = 0;
    static_cast<T*>(this)->free_memory();
  }

 protected:
  explicit Wrapped(Napi::Env env) : env_(env), holders_(AddonData::of(env).holders) {
    holders_->add(this);
  }
  ~Wrapped() {
    holders_->remove(this);
    if (weak_) napi_delete_reference(env_, weak_);
  }
  Napi::Env env() const { return env_; }

  /// The JavaScript object is not collected between these two.
  void keep() { napi_reference_ref(env_, weak_, nullptr); }
  void keep_no_longer() { napi_reference_unref(env_, weak_, nullptr); }

  /// Tells the garbage collector how much memory hangs on the small JavaScript object.
  void account(Napi::BasicEnv env, std::int64_t held) noexcept {
    const std::int64_t grown = held - accounted_;
    accounted_ = held;
    if (grown != 0) Napi::MemoryManagement::AdjustExternalMemory(env, grown);
    holders_->grown(env, grown);
  }

  /// The table must live as long as the process.
  template <std::size_t n>
  static Napi::Function define_class(Napi::Env env, const char* name, const Entry<T> (&table)[n]) {
    std::vector<napi_property_descriptor> properties;
    for (const Entry<T>& entry : table) {
      napi_property_descriptor property{};
      property.utf8name = entry.name;
      (entry.is_property ? property.getter : property.method) = &enter;
      property.attributes = entry.is_property ? napi_default : napi_default_method;
      property.data = const_cast<Entry<T>*>(&entry);
      properties.push_back(property);
    }
    napi_value made = nullptr;
    if (napi_define_class(env, name, NAPI_AUTO_LENGTH, &construct, nullptr, n, properties.data(),
                          &made) != napi_ok) {
      throw Napi::Error::New(env);
    }
    return Napi::Function(env, made);
  }

 private:
  static napi_value construct(napi_env env, napi_callback_info raw) {
    return enter_callback(env, raw, [env](const Napi::CallbackInfo& info) -> napi_value {
      if (!info.IsConstructCall()) {
        throw Napi::TypeError::New(env, "Class constructors cannot be invoked without 'new'");
      }
      auto made = std::make_unique<T>(info.Env());
      const napi_value object = info.This();
      if (napi_type_tag_object(env, object, &T::kTypeTag) != napi_ok ||
          napi_wrap(env, object, made.get(), &finalize, nullptr, &made->weak_) != napi_ok) {
        made->let_go(env);
        throw Napi::Error::New(env);
      }
      made.release();
      return object;
    });
  }

  static void finalize(napi_env env, void* data, void*) {
    const std::unique_ptr<T> object(static_cast<T*>(data));
    object->let_go(env);
  }

  /// Calls an Entry on the C++ object behind `this`. V8 checks the receiver of methods but not of
  /// accessors, and napi_unwrap does not know types: without the tag a getter borrowed from one
  /// class and called on an object of the other would read foreign memory.
  static napi_value enter(napi_env env, napi_callback_info raw) {
    return enter_callback(env, raw, [env](const Napi::CallbackInfo& info) -> napi_value {
      JsMemory memory(env);
      const auto* entry = static_cast<const Entry<T>*>(info.Data());
      const Napi::Value receiver = info.This();
      if (!receiver.IsObject() || !receiver.As<Napi::Object>().CheckTypeTag(&T::kTypeTag)) {
        throw Napi::TypeError::New(env, std::string("Illegal invocation of ") + entry->name);
      }
      return (unwrap(receiver.As<Napi::Object>())->*entry->call)(info);
    });
  }

  napi_env env_;
  std::shared_ptr<Holders> holders_;  // outlives the data of the environment
  napi_ref weak_ = nullptr;           // to the JavaScript object
  std::int64_t accounted_ = 0;        // bytes told to the garbage collector
};

}  // namespace tegmenta::binding
