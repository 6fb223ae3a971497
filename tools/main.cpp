// SPDX-License-Identifier: Apache-2.0
#include "program.h"

int main(int argc, char** argv) { return copydesk::tools::run_program(argc, argv); }
