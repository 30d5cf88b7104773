// How a dense component of the core becomes functions of JavaScript: its constants and arrays are
// given once, by the names that the core declares; a call then gives what changes.
#pragma once

#include <napi.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "addon_data.h"
#include "dense/fields.h"
#include "entry.h"

namespace tegmenta::binding {

/// The numbers of a Float64Array of just that length. Throws DimensionMismatch: the array of a
/// compartment has none left when its buffer was transferred to another thread.
double* numbers_of(napi_env env, napi_value array, std::string_view name, std::size_t length);
/// The same of any length.
double* numbers_of(napi_env env, napi_value array, std::string_view name, std::size_t* length);

/// The arguments of one call, in order. Raw Node-API: these are called once a step and component.
class Arguments {
 public:
  explicit Arguments(const Napi::CallbackInfo& info) : info_(info) {}

  double number() { return info_[next_++].As<Napi::Number>().DoubleValue(); }
  bool flag() { return info_[next_++].As<Napi::Boolean>().Value(); }
  std::string text() { return info_[next_++].As<Napi::String>().Utf8Value(); }
  double* array(std::string_view name, std::size_t length) {
    return numbers_of(info_.Env(), info_[next_++], name, length);
  }
  double* any_array(std::string_view name, std::size_t& length) {
    return numbers_of(info_.Env(), info_[next_++], name, &length);
  }
  /// nullptr for undefined.
  double* optional_array(std::string_view name, std::size_t length) {
    if (!info_[next_].IsUndefined()) return array(name, length);
    ++next_;
    return nullptr;
  }

 private:
  const Napi::CallbackInfo& info_;
  std::size_t next_ = 0;
};

template <typename T>
concept HasConstants = requires { typename dense::ConstantsOf<T>::type; };

/// Constants of a rule, each a property of that name. What a choice is called becomes its value.
template <typename Rule>
void read_constants(const Napi::Object& given, Rule& rule) {
  using All = typename dense::ConstantsOf<Rule>::type;
  static_assert(std::tuple_size_v<All> == member_count<Rule>(), "A rule declares its constants.");
  const auto read = [&]<typename C>(C) {
    auto& member = rule.*C::member;
    using T = std::remove_reference_t<decltype(member)>;
    if constexpr (HasConstants<T>) {
      read_constants(given, member);
    } else {
      const Napi::Value value = given.Get(std::string(C::name));
      if constexpr (std::is_same_v<T, bool>) {
        member = value.As<Napi::Boolean>().Value();
      } else if constexpr (std::is_enum_v<T>) {
        const auto& names = names_of(T{});
        const std::string name = value.As<Napi::String>().Utf8Value();
        const auto at = std::find(names.begin(), names.end(), name);
        if (at == names.end()) {
          throw Error(ErrorKind::kInternalError, std::string(C::name) + " cannot be " + name + ".");
        }
        member = static_cast<T>(at - names.begin());
      } else {
        member = static_cast<T>(value.As<Napi::Number>().DoubleValue());
      }
    }
  };
  std::apply([&](auto... constant) { (read(constant), ...); }, All{});
}

/// The arrays of a component, each a property of the object that was given, which keeps them.
template <typename... Groups>
class ComponentArrays {
 public:
  explicit ComponentArrays(const Napi::Object& given) {
    const auto add = [&](const auto& array) {
      const Napi::Value value = given.Get(std::string(array.name));
      references_.push_back(value.IsUndefined() ? Napi::Reference<Napi::Value>()
                                                : Napi::Reference<Napi::Value>::New(value, 0));
    };
    (std::apply([&](const auto&... array) { (add(array), ...); }, dense::ArraysOf<Groups>::kArrays),
     ...);
  }

  /// The numbers of a group's arrays, in its struct. Throws DimensionMismatch.
  template <typename Group, typename Shape>
  Group of(Napi::Env env, const Shape& shape) const {
    Group group{};
    std::size_t at = first<Group>();
    const auto take = [&](const auto& array) {
      const Napi::Reference<Napi::Value>& reference = references_[at++];
      if (array.optional && reference.IsEmpty()) return;
      // Raw: Value() would open a scope for each.
      napi_value value = nullptr;
      napi_get_reference_value(env, reference, &value);
      group.*array.member = numbers_of(env, value, array.name, array.length(shape));
    };
    std::apply([&](const auto&... array) { (take(array), ...); }, dense::ArraysOf<Group>::kArrays);
    return group;
  }

 private:
  template <typename Group>
  static constexpr std::size_t first() {
    static_assert((std::is_same_v<Group, Groups> || ...), "The component has no such arrays.");
    std::size_t at = 0;
    bool found = false;
    const auto pass = [&](bool is_it, std::size_t length) {
      found |= is_it;
      if (!found) at += length;
    };
    (pass(std::is_same_v<Group, Groups>,
          std::tuple_size_v<std::remove_const_t<decltype(dense::ArraysOf<Groups>::kArrays)>>),
     ...);
    return at;
  }

  std::vector<Napi::Reference<Napi::Value>> references_;
};

/// Adds a function to an object, which calls a method of the component.
template <auto method, typename Component>
void add_method(Napi::Object& to, const char* name, const std::shared_ptr<Component>& component) {
  using Held = std::shared_ptr<Component>;
  const napi_env env = to.Env();
  const napi_callback call = [](napi_env caller, napi_callback_info raw) {
    return enter_callback(caller, raw, [](const Napi::CallbackInfo& info) -> napi_value {
      Arguments arguments(info);
      Component& called = **static_cast<Held*>(info.Data());
      if constexpr (std::is_void_v<decltype((called.*method)(info.Env(), arguments))>) {
        (called.*method)(info.Env(), arguments);
        return info.Env().Undefined();
      } else {
        return Napi::Number::New(info.Env(), (called.*method)(info.Env(), arguments));
      }
    });
  };
  auto held = std::make_unique<Held>(component);
  const napi_finalize finalize = [](napi_env, void* data, void*) {
    delete static_cast<Held*>(data);
  };
  napi_value made = nullptr;
  if (napi_create_function(env, name, NAPI_AUTO_LENGTH, call, held.get(), &made) != napi_ok ||
      napi_add_finalizer(env, made, held.get(), finalize, nullptr, nullptr) != napi_ok) {
    throw Napi::Error::New(env);
  }
  held.release();
  to.Set(name, Napi::Value(env, made));
}

}  // namespace tegmenta::binding
