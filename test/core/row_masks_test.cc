// Rows as bit masks.
#include "synapses/row_masks.h"
#include "base/held.h"

#include <doctest/doctest.h>

#include <vector>

#include "synapses/row_store.h"

using namespace tegmenta;

TEST_CASE("a mask and its repeats are the targets of a run") {
  const std::vector<std::uint16_t> targets = {0, 0, 0, 63, 64, 64, 511, 599, 1, 2, 3};
  const std::vector<Run> runs = {{0, 8, 0}, {8, 3, 0}, {11, 0, 0}};
  const RowMasks masks(runs, targets, 600);
  CHECK(masks.words() == 16);
  for (std::uint32_t r = 0; r < runs.size(); ++r) {
    std::vector<int> counts(1024), expected(1024);
    for (std::uint32_t i = 0; i < runs[r].length; ++i) ++expected[targets[runs[r].offset + i]];
    for (std::size_t slot = 0; slot < 1024; ++slot) {
      counts[slot] += masks.mask(r)[slot / 64] >> (slot % 64) & 1;
    }
    for (const std::uint16_t slot : masks.repeats(r)) ++counts[slot];
    CHECK(counts == expected);
  }
  CHECK(masks.repeats(0).size() == 3);
  CHECK(masks.repeats(1).empty());
  CHECK(bytes_held(masks) >= 3 * 16 * 8);
  CHECK_FALSE(static_cast<bool>(RowMasks()));
  CHECK(bytes_held(RowMasks()) == 0);
}

TEST_CASE("masks pay for dense rows only") {
  CHECK(RowMasks::pay(100, 100 * 1250, 12500, 5));
  CHECK_FALSE(RowMasks::pay(100, 100 * 600, 12500, 5));     // sparse
  CHECK_FALSE(RowMasks::pay(100, 100 * 1250, 12500, 256));  // counts of a batch could overflow
  CHECK_FALSE(RowMasks::pay(100, 100 * 20, 100, 1));        // short
  CHECK_FALSE(RowMasks::pay(0, 0, 12500, 0));
}
