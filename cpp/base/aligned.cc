#include "base/aligned.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace tegmenta {

void advise_huge_pages(void* memory, std::size_t bytes) {
#if defined(__linux__)
  // Only whole huge pages: what shares the first and the last one is not ours. A refusal changes
  // nothing.
  const auto from = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t begin = (from + kHugePage - 1) / kHugePage * kHugePage;
  const std::uintptr_t end = (from + bytes) / kHugePage * kHugePage;
  if (begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#else
  static_cast<void>(memory);
  static_cast<void>(bytes);
#endif
}

}  // namespace tegmenta
