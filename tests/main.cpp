// The entry point of every test executable; suites are in <folder>/<unit>_test.cpp.
#define BOOST_TEST_MODULE copydesk
#include <boost/test/unit_test.hpp>
