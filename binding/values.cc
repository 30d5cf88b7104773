#include "values.h"

#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

#include "addon_data.h"
#include "js_memory.h"
#include "simulator.h"
#include "synapses_wrap.h"

namespace tegmenta::binding {

namespace {

/// "a function", "null", …: what was given, for error texts.
std::string describe(Napi::Value value) {
  switch (value.Type()) {
    case napi_undefined:
      return "undefined";
    case napi_null:
      return "null";
    case napi_boolean:
      return "a boolean";
    case napi_number:
      return "a number";
    case napi_string:
      return "a string";
    case napi_symbol:
      return "a symbol";
    case napi_function:
      return "a function";
    case napi_bigint:
      return "a bigint";
    case napi_external:
      return "a native object";
    case napi_object:
      break;
  }
  if (value.IsArray()) return "a list";
  return value.IsTypedArray() ? "a typed array of another type" : "an object";
}

Error mismatch(const std::string& name, const std::string& expected, Napi::Value got) {
  return Error(ErrorKind::kTypeMismatch,
               name + " must be " + expected + ", got " + describe(got) + ".",
               {{"parameter", name}, {"expected", expected}, {"given", describe(got)}});
}

/// The elements of a typed array of exactly that type. Raw Node-API, because it also takes views
/// of a SharedArrayBuffer and of other realms.
template <typename T>
std::optional<std::vector<T>> copy_typed_array(Napi::Value value, napi_typedarray_type wanted) {
  if (!value.IsTypedArray()) return std::nullopt;
  napi_typedarray_type type;
  std::size_t length = 0;
  void* data = nullptr;
  const napi_status status =
      napi_get_typedarray_info(value.Env(), value, &type, &length, &data, nullptr, nullptr);
  if (status != napi_ok) throw Napi::Error::New(value.Env());
  if (type != wanted) return std::nullopt;
  std::vector<T> copy(length);
  if (length > 0) std::memcpy(copy.data(), data, length * sizeof(T));
  return copy;
}

std::optional<std::vector<double>> copy_f64(Napi::Value value) {
  return copy_typed_array<double>(value, napi_float64_array);
}

template <typename T, typename Read>
std::vector<T> collect(const Napi::Array& list, const std::string& name, const char* expected,
                       Read read) {
  std::vector<T> items;
  const std::uint32_t length = list.Length();
  for (std::uint32_t i = 0; i < length; ++i) {
    Napi::HandleScope scope(list.Env());
    const Napi::Value item = list.Get(i);
    std::optional<T> taken = read(item);
    if (!taken) {
      const std::string place = "[" + std::to_string(i) + "]";
      throw Error(ErrorKind::kTypeMismatch,
                  name + place + " must be " + expected + ", got " + describe(item) + ".",
                  {{"parameter", name},
                   {"expected", std::string(expected)},
                   {"given", describe(item)},
                   {"index", static_cast<double>(i)}});
    }
    items.push_back(std::move(*taken));
  }
  return items;
}

std::optional<double> read_number(Napi::Value item) {
  if (!item.IsNumber()) return std::nullopt;
  return item.As<Napi::Number>().DoubleValue();
}

std::optional<bool> read_boolean(Napi::Value item) {
  if (!item.IsBoolean()) return std::nullopt;
  return item.As<Napi::Boolean>().Value();
}

std::optional<std::string> read_string(Napi::Value item) {
  if (!item.IsString()) return std::nullopt;
  return item.As<Napi::String>().Utf8Value();
}

/// A list has one type, that of its first element.
Value list_to_value(const Napi::Array& list, const std::string& name) {
  if (list.Length() == 0) return std::vector<double>{};
  const Napi::Value first = list.Get(0u);
  if (first.IsNumber()) return collect<double>(list, name, "a number", read_number);
  if (first.IsBoolean()) return collect<bool>(list, name, "a boolean", read_boolean);
  if (first.IsString()) return collect<std::string>(list, name, "a string", read_string);
  if (first.IsTypedArray()) {
    return collect<std::vector<double>>(list, name, "a Float64Array", copy_f64);
  }
  throw mismatch(name, "a list of numbers, booleans, strings or Float64Arrays", first);
}

/// An operand: a number, or [the position of an earlier step].
ParameterPtr operand(Napi::Value spec, const std::vector<ParameterPtr>& steps,
                     const std::string& name) {
  if (spec.IsNumber()) return make_constant(spec.As<Napi::Number>().DoubleValue());
  if (spec.IsArray()) {
    const Napi::Value place = spec.As<Napi::Array>().Get(0u);
    const double step = place.IsNumber() ? place.As<Napi::Number>().DoubleValue() : -1;
    if (step >= 0 && step < static_cast<double>(steps.size()) && step == std::floor(step)) {
      return steps[static_cast<std::size_t>(step)];
    }
  }
  throw mismatch(name, "an expression of numbers and earlier steps", spec);
}

/// [operation, ...operands]
ParameterPtr step(Napi::Value spec, const std::vector<ParameterPtr>& steps,
                  const std::string& name) {
  constexpr const char* kExpected = "an expression with steps [operation, ...operands]";
  if (!spec.IsArray()) throw mismatch(name, kExpected, spec);
  const Napi::Array list = spec.As<Napi::Array>();
  const Napi::Value operation = list.Get(0u);
  if (!operation.IsString()) throw mismatch(name, kExpected, operation);
  std::vector<ParameterPtr> arguments;
  for (std::uint32_t i = 1; i < list.Length(); ++i) {
    arguments.push_back(operand(list.Get(i), steps, name));
  }
  try {
    return make_expression(operation.As<Napi::String>().Utf8Value(), std::move(arguments));
  } catch (Error& e) {
    throw e.with("parameter", name);
  }
}

}  // namespace

double to_number(Napi::Value value, const std::string& name) {
  if (!value.IsNumber()) throw mismatch(name, "a number", value);
  return value.As<Napi::Number>().DoubleValue();
}

std::uint64_t to_count(Napi::Value value, const std::string& name) {
  const double number = to_number(value, name);
  if (!(number >= 0 && number < 9007199254740992.0) || number != std::floor(number)) {
    throw bad_value(ErrorKind::kBadParameterValue, "", name, number, "an integer ≥ 0");
  }
  return static_cast<std::uint64_t>(number);
}

std::string to_text(Napi::Value value, const std::string& name) {
  if (!value.IsString()) throw mismatch(name, "a string", value);
  return value.As<Napi::String>().Utf8Value();
}

std::vector<std::string> to_texts(Napi::Value value, const std::string& name) {
  if (!value.IsArray()) throw mismatch(name, "a list of strings", value);
  return collect<std::string>(value.As<Napi::Array>(), name, "a string", read_string);
}

bool to_flag(Napi::Value value, const std::string& name) {
  const std::optional<bool> flag = read_boolean(value);
  if (!flag) throw mismatch(name, "a boolean", value);
  return *flag;
}

namespace {

template <typename Code>
std::vector<Code> decoded(Napi::Value list, const std::string& name,
                          Code (*decode)(const compiled::EncodedModel&)) {
  if (!list.IsArray()) throw mismatch(name, "a list of codes", list);
  return collect<Code>(list.As<Napi::Array>(), name, "an object of strings, integers and numbers",
                       [&](Napi::Value item) -> std::optional<Code> {
                         if (!item.IsObject()) return std::nullopt;
                         const auto code = item.As<Napi::Object>();
                         auto integers =
                             copy_typed_array<std::int32_t>(code.Get("integers"), napi_int32_array);
                         auto numbers = copy_f64(code.Get("numbers"));
                         if (!integers || !numbers) return std::nullopt;
                         return decode({to_texts(code.Get("strings"), "strings"),
                                        std::move(*integers), std::move(*numbers)});
                       });
}

}  // namespace

std::vector<compiled::Code> to_codes(Napi::Value list, const std::string& name) {
  return decoded(list, name, &compiled::decode);
}

std::vector<compiled::SynapseCode> to_synapse_codes(Napi::Value list, const std::string& name) {
  return decoded(list, name, &compiled::decode_synapse);
}

NodeId to_node_id(Napi::Value value, const std::string& name) {
  const double number = to_number(value, name);
  if (!(number >= 1 && number <= 4294967295.0) || number != std::floor(number)) {
    throw Error(ErrorKind::kUnknownNode, "There is no node " + format_number(number) + ".",
                {{"node", number}});
  }
  return static_cast<NodeId>(number);
}

std::vector<std::uint32_t> to_u32(Napi::Value value, const std::string& name) {
  auto copy = copy_typed_array<std::uint32_t>(value, napi_uint32_array);
  if (!copy) throw mismatch(name, "a Uint32Array", value);
  return std::move(*copy);
}

ParameterPtr to_parameter(Napi::Value spec, const std::string& name) {
  if (spec.IsNumber()) return make_constant(spec.As<Napi::Number>().DoubleValue());
  if (!spec.IsArray()) throw mismatch(name, "a number or the steps of an expression", spec);
  const Napi::Array list = spec.As<Napi::Array>();
  std::vector<ParameterPtr> steps;
  for (std::uint32_t i = 0; i < list.Length(); ++i) {
    Napi::HandleScope scope(list.Env());
    steps.push_back(step(list.Get(i), steps, name));
  }
  if (steps.empty()) throw mismatch(name, "an expression of at least one step", spec);
  return steps.back();
}

Value to_value(Napi::Value value, const std::string& name) {
  if (const auto number = read_number(value)) return *number;
  if (const auto boolean = read_boolean(value)) return *boolean;
  if (auto text = read_string(value)) return std::move(*text);
  if (value.IsArray()) return list_to_value(value.As<Napi::Array>(), name);
  if (auto numbers = copy_f64(value)) return std::move(*numbers);
  if (value.IsObject() && !value.IsTypedArray()) {
    const Napi::Object object = value.As<Napi::Object>();
    if (object.HasOwnProperty("parameter")) return to_parameter(object.Get("parameter"), name);
    if (object.HasOwnProperty("nodes")) return NodeIds{to_u32(object.Get("nodes"), name)};
    if (object.HasOwnProperty("synapses")) {
      const Napi::Value synapses = object.Get("synapses");
      if (const SynapseList* list = SynapsesWrap::list_of(synapses)) return *list;
      throw mismatch(name, "a list of synapses", synapses);
    }
  }
  throw mismatch(
      name,
      "a number, boolean, string, Float64Array, list, random parameter, node or synapse collection",
      value);
}

Properties to_properties(Napi::Value value, const std::string& name) {
  if (!value.IsObject() || value.IsArray() || value.IsTypedArray() || value.IsFunction()) {
    throw mismatch(name, "an object", value);
  }
  const Napi::Env env = value.Env();
  napi_value names = nullptr;
  const napi_status status = napi_get_all_property_names(
      env, value, napi_key_own_only,
      static_cast<napi_key_filter>(napi_key_enumerable | napi_key_skip_symbols),
      napi_key_numbers_to_strings, &names);
  if (status != napi_ok) throw Napi::Error::New(env);
  const Napi::Object object = value.As<Napi::Object>();
  const Napi::Array keys(env, names);
  const std::uint32_t count = keys.Length();
  Properties properties;
  properties.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    Napi::HandleScope scope(env);
    const Napi::Value key = keys.Get(i);
    std::string text = key.As<Napi::String>().Utf8Value();
    Value taken = to_value(object.Get(key), text);
    properties.emplace_back(std::move(text), std::move(taken));
  }
  return properties;
}

std::vector<Properties> to_list_of_properties(Napi::Value list, const std::string& name) {
  if (!list.IsArray()) throw mismatch(name, "an array of objects", list);
  const auto array = list.As<Napi::Array>();
  std::vector<Properties> all;
  for (std::uint32_t i = 0; i < array.Length(); ++i) {
    all.push_back(to_properties(array.Get(i), name));
  }
  return all;
}

PropertyGroups to_groups(Napi::Value value, const std::string& name, std::size_t length) {
  if (!value.IsArray()) return given_to_all(to_properties(value, name));
  const Napi::Array list = value.As<Napi::Array>();
  PropertyGroups groups;
  for (std::uint32_t i = 0; i < list.Length(); ++i) {
    Napi::HandleScope scope(list.Env());
    const Napi::Value item = list.Get(i);
    if (!item.IsObject()) throw mismatch(name, "a list of {positions, values}", item);
    const Napi::Object group = item.As<Napi::Object>();
    std::vector<std::uint32_t> positions = to_u32(group.Get("positions"), "positions");
    for (const std::uint32_t at : positions) {
      if (at < length) continue;
      throw Error(ErrorKind::kIndexError,
                  "Position " + std::to_string(at) + " is out of range for " +
                      std::to_string(length) + " of " + name + ".",
                  {{"index", static_cast<double>(at)}, {"length", static_cast<double>(length)}});
    }
    groups.push_back({to_properties(group.Get("values"), name), std::move(positions)});
  }
  return groups;
}

namespace {

template <typename T>
napi_value array_buffer(Napi::Env env, const Column<T>& values) {
  using Allocator = ColumnAllocator<T>;
  const std::size_t bytes = values.size() * sizeof(T);
  // Only JsMemory lends in this process.
  const auto* lender = static_cast<const JsMemory*>(values.get_allocator().memory());
  if (lender && bytes > Allocator::kSmallBytes && values.size() == values.capacity()) {
    return lender->buffer_of(values.data());
  }
  Napi::ArrayBuffer buffer = Napi::ArrayBuffer::New(env, bytes);
  if (bytes > 0) std::memcpy(buffer.Data(), values.data(), bytes);
  return buffer;
}

template <typename T>
Napi::Object wrap_buffer(Napi::Env env, const char* type, const Column<T>& values) {
  Napi::Object wrapped = Napi::Object::New(env);
  wrapped.Set(type, array_buffer(env, values));
  return wrapped;
}

Napi::Array list_to_js(Napi::Env env, ResultList&& list) {
  Napi::Array items = Napi::Array::New(env, list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    Napi::HandleScope scope(env);
    items.Set(static_cast<std::uint32_t>(i), result_to_js(env, std::move(list[i])));
  }
  return items;
}

/// {names, codes, ends}: lib/ writes the names into an array, which has a reference an entry.
Napi::Value names_to_js(Napi::Env env, const NameColumn& column) {
  constexpr std::size_t kFew = 16;
  if (column.size() > kFew) {
    Napi::Object wrapped = Napi::Object::New(env);
    wrapped.Set("names", strings_to_js(env, column.names()));
    wrapped.Set("codes", array_buffer(env, column_of(column.codes())));
    wrapped.Set("ends", array_buffer(env, column_of(column.ends())));
    return wrapped;
  }
  Napi::Array list = Napi::Array::New(env, column.size());
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < column.ends().size(); ++i) {
    const Napi::String name = Napi::String::New(env, column.names()[column.codes()[i]]);
    for (; at < column.ends()[i]; ++at) list.Set(at, name);
  }
  return list;
}

struct ResultVisitor {
  Napi::Env env;

  Napi::Value operator()(std::monostate) const { return env.Null(); }
  Napi::Value operator()(bool value) const { return Napi::Boolean::New(env, value); }
  Napi::Value operator()(double value) const { return Napi::Number::New(env, value); }
  Napi::Value operator()(std::string&& value) const { return Napi::String::New(env, value); }
  Napi::Value operator()(Column<double>&& value) const { return f64_to_js(env, value); }
  Napi::Value operator()(Column<std::uint32_t>&& value) const { return u32_to_js(env, value); }
  Napi::Value operator()(NameColumn&& value) const { return names_to_js(env, value); }
  Napi::Value operator()(ResultList&& value) const { return list_to_js(env, std::move(value)); }
  Napi::Value operator()(ResultMap&& value) const {
    Napi::Object wrapped = Napi::Object::New(env);
    wrapped.Set("properties", map_to_js(env, std::move(value)));
    return wrapped;
  }
};

}  // namespace

Napi::Object f64_to_js(Napi::Env env, const Column<double>& values) {
  return wrap_buffer(env, "f64", values);
}

Napi::Object u32_to_js(Napi::Env env, const Column<std::uint32_t>& values) {
  return wrap_buffer(env, "u32", values);
}

Napi::Array strings_to_js(Napi::Env env, const std::vector<std::string>& texts) {
  Napi::Array list = Napi::Array::New(env, texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    list.Set(static_cast<std::uint32_t>(i), Napi::String::New(env, texts[i]));
  }
  return list;
}

Napi::Value result_to_js(Napi::Env env, Result&& result) {
  return std::visit(ResultVisitor{env}, std::move(result.value));
}

Napi::Object map_to_js(Napi::Env env, ResultMap&& map) {
  Napi::Object object = Napi::Object::New(env);
  for (auto& [key, value] : map) object.Set(key, result_to_js(env, std::move(value)));
  return object;
}

}  // namespace tegmenta::binding
