// The entry point of every test executable; suites are in <folder>/<unit>_test.cpp.
#define BOOST_TEST_MODULE copydesk
#include <boost/test/tree/observer.hpp>
#include <boost/test/unit_test.hpp>
#include <iostream>

namespace {

// A case that is passed over says so by name, wherever the log level is.
class SkippedCases : public boost::unit_test::test_observer {
 public:
  void test_unit_skipped(const boost::unit_test::test_unit& unit,
                         boost::unit_test::const_string reason) override {
    std::cout << "skipped: " << unit.full_name() << ": " << reason << '\n';
  }
};

}  // namespace

BOOST_TEST_GLOBAL_CONFIGURATION(SkippedCases);  // registers it, and takes it off again
