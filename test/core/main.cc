// Entry point of the C++ tests.
//
//   TEGMENTA_SIMD=<level>        run at that instruction-set level; exits with 77 ("skipped") when
//                                this build or this processor lacks it
//   TEGMENTA_TEST_FILTER=<names> run only test cases with matching names (doctest patterns)
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>

#include "simd/dispatch.h"

int main(int argc, char** argv) {
  constexpr int kSkipped = 77;
  if (const char* level = std::getenv("TEGMENTA_SIMD")) {
    if (tegmenta::simd::find_level(level) == nullptr) {
      std::printf("instruction-set level %s is not usable here\n", level);
      return kSkipped;
    }
  }
  doctest::Context context;
  if (const char* filter = std::getenv("TEGMENTA_TEST_FILTER"); filter && *filter) {
    context.addFilter("test-case", filter);
  }
  context.applyCommandLine(argc, argv);
  return context.run();
}
