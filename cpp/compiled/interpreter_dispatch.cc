#include <string>
#include <string_view>

#include "base/errors.h"
#include "compiled/tables.h"

namespace tegmenta::compiled {

namespace baseline {
extern const Interpreter table;
}
#ifdef TEGMENTA_HAVE_AVX2
namespace avx2 {
extern const Interpreter table;
}
#endif
#ifdef TEGMENTA_HAVE_AVX512
namespace avx512 {
extern const Interpreter table;
}
#endif

const Interpreter& interpreter(const simd::Kernels& kernels) {
  for (const Interpreter* table : {
           &baseline::table,
#ifdef TEGMENTA_HAVE_AVX2
           &avx2::table,
#endif
#ifdef TEGMENTA_HAVE_AVX512
           &avx512::table,
#endif
       }) {
    if (std::string_view(table->level) == kernels.name) return *table;
  }
  throw Error(ErrorKind::kInternalError,
              std::string("No interpreter is compiled for the level ") + kernels.name + ".");
}

const Interpreter& plain_interpreter() { return baseline::table; }

}  // namespace tegmenta::compiled
