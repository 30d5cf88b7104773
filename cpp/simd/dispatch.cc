#include "simd/dispatch.h"

#include <cstdlib>
#include <vector>

#include "base/errors.h"

namespace tegmenta::simd {

namespace baseline {
extern const Kernels table;
}
#ifdef TEGMENTA_HAVE_AVX2
namespace avx2 {
extern const Kernels table;
}
#endif
#ifdef TEGMENTA_HAVE_AVX512
namespace avx512 {
extern const Kernels table;
}
#endif

namespace {

std::vector<const Kernels*> detect() {
  std::vector<const Kernels*> found{&baseline::table};
#if defined(__x86_64__) && defined(__GNUC__)
  __builtin_cpu_init();
#ifdef TEGMENTA_HAVE_AVX2
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
      __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
      __builtin_cpu_supports("popcnt")) {
    found.push_back(&avx2::table);
  }
#endif
#ifdef TEGMENTA_HAVE_AVX512
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    found.push_back(&avx512::table);
  }
#endif
#endif
  return found;
}

}  // namespace

std::span<const Kernels* const> available_levels() {
  static const std::vector<const Kernels*> levels = detect();
  return levels;
}

const Kernels* find_level(std::string_view name) {
  for (const Kernels* level : available_levels()) {
    if (name == level->name) return level;
  }
  return nullptr;
}

const Kernels& require_level(const std::string& owner, const std::string& key,
                             const std::string& name) {
  if (const Kernels* level = find_level(name)) return *level;
  std::string allowed = "one of";
  for (const Kernels* level : available_levels()) allowed += " '" + std::string(level->name) + "'";
  throw bad_value(ErrorKind::kBadProperty, owner, key, name, allowed);
}

const Kernels& default_level() {
  static const Kernels* const chosen = [] {
    const char* wanted = std::getenv("TEGMENTA_SIMD");  // NOLINT(concurrency-mt-unsafe): once
    return wanted && *wanted ? &require_level("the environment", "TEGMENTA_SIMD", wanted)
                             : available_levels().back();
  }();
  return *chosen;
}

}  // namespace tegmenta::simd
