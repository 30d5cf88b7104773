#include "base/aligned.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace tegmenta {

void advise_huge_pages(void* memory, std::size_t bytes) {
#if defined(__linux__)
  // Only whole huge pages: what shares the outer ones is not ours. A refusal changes nothing.
  const auto address = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t begin = (address + kHugePage - 1) / kHugePage * kHugePage;
  const std::uintptr_t end = (address + bytes) / kHugePage * kHugePage;
  if (begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);  // NOLINT
#else
  static_cast<void>(memory);
  static_cast<void>(bytes);
#endif
}

}  // namespace tegmenta
