#include "kernel/guard_options.h"

#include <algorithm>
#include <vector>

#include "kernel/kernel_attributes.h"
#include "models/numbers.h"

namespace tegmenta {

double require_guard(const std::string& name, const Value& value) {
  const double limit = require_number(kNoOwner, name, value);
  if (kGuardRange.contains(limit)) return limit;
  throw bad_value(ErrorKind::kBadProperty, kNoOwner, name, limit, kGuardAllowed);
}

Guards guards_of_run(const Guards& of_kernel, const Properties& given) {
  Guards guards = of_kernel;
  const auto known = guard_descriptions();
  for (const auto& [key, value] : given) {
    const std::string& name = key;
    const auto guard = std::find_if(known.begin(), known.end(),
                                    [&](const GuardDescription& g) { return g.name == name; });
    if (guard == known.end()) {
      std::vector<std::string> names;
      for (const GuardDescription& g : known) names.emplace_back(g.name);
      throw unknown_name(ErrorKind::kUnaccessedDictionaryEntry, "parameter", "A run has no guard",
                         name, names);
    }
    guards.*guard->limit = require_guard(name, value);
  }
  return guards;
}

}  // namespace tegmenta
