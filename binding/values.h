// JavaScript values ↔ values of the core, as lib/native.ts declares them. Only forms are checked
// here; what a key means and which numbers it takes is the core's business.
#pragma once

#include <napi.h>

#include <cstdint>
#include <string>
#include <vector>

#include "simulator.h"

namespace tegmenta::binding {

// Into the core. `name` is the key or argument that a TypeMismatch blames.

double to_number(Napi::Value value, const std::string& name);
/// A number without fraction in [0, 2^53); anything else is a BadParameterValue.
std::uint64_t to_count(Napi::Value value, const std::string& name);
std::string to_text(Napi::Value value, const std::string& name);
std::vector<std::string> to_texts(Napi::Value value, const std::string& name);
/// Any number is accepted as an ID; one that cannot be an ID is an UnknownNode.
NodeId to_node_id(Napi::Value value, const std::string& name);
/// A copy of a Uint32Array: a view could change under the core, from another thread when it is
/// shared or from a getter among the arguments that are read later.
std::vector<std::uint32_t> to_u32(Napi::Value value, const std::string& name);
/// A random or mathematical expression: a number or [operation, ...arguments].
ParameterPtr to_parameter(Napi::Value spec, const std::string& name);
Value to_value(Napi::Value value, const std::string& name);
/// The own enumerable properties of an object, in their order.
Properties to_properties(Napi::Value object, const std::string& name);
std::vector<Properties> to_list_of_properties(Napi::Value list, const std::string& name);
/// Such an object for a whole list of `length`, or a list of {positions: Uint32Array, values} for
/// parts of it. Throws IndexError for a position outside.
PropertyGroups to_groups(Napi::Value value, const std::string& name, std::size_t length);

bool to_flag(Napi::Value value, const std::string& name);
/// A list of NativeModelCode.
std::vector<compiled::Code> to_codes(Napi::Value list, const std::string& name);
std::vector<compiled::SynapseCode> to_synapse_codes(Napi::Value list, const std::string& name);

// Out of the core.

/// {f64: ArrayBuffer} and {u32: ArrayBuffer}: lib/ makes the view, because a typed array made here
/// would belong to another realm than the user's. What lies in memory of JsMemory is not copied.
Napi::Object f64_to_js(Napi::Env env, const Column<double>& values);
Napi::Object u32_to_js(Napi::Env env, const Column<std::uint32_t>& values);
Napi::Array strings_to_js(Napi::Env env, const std::vector<std::string>& texts);
/// A NativeResult. A map becomes {properties: {…}}, to be told from {f64} and {u32}.
Napi::Value result_to_js(Napi::Env env, Result&& result);
/// A map as a plain object, for functions that return nothing but maps.
Napi::Object map_to_js(Napi::Env env, ResultMap&& map);

}  // namespace tegmenta::binding
