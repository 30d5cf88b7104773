#include "base/aligned.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace tegmenta {

void advise_huge_pages(void* memory, std::size_t bytes) {
#if defined(__linux__)
  // Only whole huge pages: what shares the last one is not ours. A refusal changes nothing.
  madvise(memory, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
#else
  static_cast<void>(memory);
  static_cast<void>(bytes);
#endif
}

}  // namespace tegmenta
