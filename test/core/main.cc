// Entry point of the C++ tests.
//
//   TEGMENTA_SIMD=<level>        run at that instruction-set level; exits with 77 ("skipped") when
//                                this build or this processor lacks it. Cases of once.h run at the
//                                lowest level alone
//   TEGMENTA_TEST_FILTER=<names> run only test cases with matching names (doctest patterns)
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>

#include "once.h"
#include "simd/dispatch.h"

int main(int argc, char** argv) {
  namespace simd = tegmenta::simd;
  constexpr int kSkipped = 77;
  // Small networks, too, are shared among threads, and there are more of these than processors.
  setenv("TEGMENTA_WORK_PER_THREAD", "0", 0);
  setenv("TEGMENTA_CONCURRENCY", "64", 0);
  doctest::Context context;
  if (const char* name = std::getenv("TEGMENTA_SIMD")) {
    const simd::Kernels* level = simd::find_level(name);
    if (level == nullptr) {
      std::printf("instruction-set level %s is not usable here\n", name);
      return kSkipped;
    }
    if (level != simd::available_levels().front()) {
      context.addFilter("test-suite-exclude", tegmenta::testing::kOnce);
    }
  }
  if (const char* filter = std::getenv("TEGMENTA_TEST_FILTER"); filter && *filter) {
    context.addFilter("test-case", filter);
  }
  context.applyCommandLine(argc, argv);
  return context.run();
}
