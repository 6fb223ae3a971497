#include <fmt/core.h>

#include "copydesk/version.h"

int main() { fmt::print("copydesk {}\n", copydesk::version()); }
