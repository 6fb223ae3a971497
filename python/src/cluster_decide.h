#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// dedup and pairs over rows of a table in an order of the caller's, which is what a partition of
// copydesk.spark is: whole components, in the order of the corpus.

#include <nanobind/nanobind.h>

namespace copydesk::python {

// Adds the functions to the module.
void define_decide(nanobind::module_& module);

}  // namespace copydesk::python
