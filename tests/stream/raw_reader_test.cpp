// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/raw_reader.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>
#include <random>
#include <string>
#include <thread>

#include "copydesk/error.h"
#include "stream/decoded.h"

namespace copydesk::tests {
namespace {

BOOST_AUTO_TEST_SUITE(raw_reader)

// Any sequence of looking ahead, taking and giving back sees the bytes as they are.
BOOST_AUTO_TEST_CASE(random_walks) {
  const std::string bytes = prose(5000);
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    RawReader reader(std::make_unique<MemorySource>(bytes, 1 + random() % 90));
    if (seed % 2 == 0) reader.reserve(100 + random() % 1000);
    std::size_t position = 0;
    while (position < bytes.size()) {
      BOOST_TEST_REQUIRE(reader.offset() == position);
      const auto at_hand = reader.available();
      BOOST_TEST_REQUIRE(std::string(at_hand.begin(), at_hand.end()) ==
                         bytes.substr(position, at_hand.size()));
      switch (random() % 5) {
        case 0: {
          const std::size_t wanted = random() % 33;
          BOOST_TEST_REQUIRE(reader.peek(wanted) == std::min(wanted, bytes.size() - position));
          break;
        }
        case 1:
          BOOST_TEST_REQUIRE(reader.fill());
          break;
        case 2: {
          const std::size_t count = random() % (at_hand.size() + 1);
          reader.consume(count);
          position += count;
          // What was just taken from the buffer may be given back, after a refill as well.
          if (count >= RawReader::kHistory) {
            reader.fill();
            const std::size_t back = random() % (RawReader::kHistory + 1);
            reader.unread(back);
            position -= back;
          }
          break;
        }
        default: {
          std::array<char, 64> buffer{};
          const std::size_t size = 1 + random() % buffer.size();
          const std::size_t count = reader.read({buffer.data(), size});
          BOOST_TEST_REQUIRE(count > 0u);
          BOOST_TEST_REQUIRE(std::string(buffer.data(), count) == bytes.substr(position, count));
          position += count;
        }
      }
    }
    BOOST_TEST(!reader.fill());
    BOOST_TEST(reader.peek(5) == 0u);
  }
}

void ignore_signal(int) {}

BOOST_AUTO_TEST_CASE(interrupted_and_non_blocking_reads_go_on) {
  struct sigaction action {
  }, before{};
  action.sa_handler = ignore_signal;  // without SA_RESTART: read() fails with EINTR
  ::sigaction(SIGUSR1, &action, &before);
  for (const bool blocks : {true, false}) {
    std::array<int, 2> ends{};
    BOOST_TEST_REQUIRE(::pipe(ends.data()) == 0);
    if (!blocks) ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    const pthread_t reader = ::pthread_self();
    std::jthread writer([&] {
      for (int i = 0; i < 20; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        ::pthread_kill(reader, SIGUSR1);
        if (i % 5 == 0) static_cast<void>(::write(ends[1], "abc", 3));
      }
      ::close(ends[1]);
    });
    DescriptorSource source(ends[0], "pipe");
    std::string all;
    std::array<char, 10> buffer{};
    while (const std::size_t count = source.read(buffer)) all.append(buffer.data(), count);
    BOOST_TEST(all == "abcabcabcabc");
  }
  ::sigaction(SIGUSR1, &before, nullptr);
}

BOOST_AUTO_TEST_CASE(read_errors_are_thrown) {
  const int folder = ::open("/", O_RDONLY);
  DescriptorSource source(folder, "the root");
  std::array<char, 10> buffer{};
  BOOST_CHECK_EXCEPTION(source.read(buffer), Error, [](const Error& error) {
    return error.code() == ErrorCode::kCannotRead && error.where() == "the root";
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
