// Guards as a user gives them: attributes of the kernel, and options of a run.
#pragma once

#include <string>

#include "base/value.h"
#include "network/guards.h"

namespace tegmenta {

/// Throws TypeMismatch or BadProperty.
double require_guard(const std::string& name, const Value& value);

/// Those of the kernel, with the given ones in their place. Throws UnaccessedDictionaryEntry for a
/// name that is none of a guard, TypeMismatch, BadProperty.
Guards guards_of_run(const Guards& of_kernel, const Properties& given);

}  // namespace tegmenta
