// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/content_hash.h"

#include <boost/test/unit_test.hpp>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "random_sets.h"

namespace copydesk {
namespace {

BOOST_AUTO_TEST_SUITE(content_hash)

// The library's code of its own instruction set against the code compiled in here, over all the
// lengths at which XXH3 takes another path.
BOOST_AUTO_TEST_CASE(agrees_with_the_code_for_every_machine) {
  const std::vector<std::uint64_t> words = RandomValues(3).take(20'000);
  const auto* const bytes = reinterpret_cast<const unsigned char*>(words.data());
  for (std::size_t size = 0; size < 8 * words.size(); size += size < 1100 ? 1 : 997) {
    BOOST_TEST_CONTEXT("size " << size) {
      const unsigned char* const from = bytes + size % 7;
      const std::size_t length = std::min(size, 8 * words.size() - 7);
      BOOST_TEST(content_hash_64(from, length) == XXH3_64bits(from, length));
      const XXH128_hash_t expected = XXH3_128bits(from, length);
      BOOST_TEST((content_hash_128(from, length) == ContentHash{expected.low64, expected.high64}));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
