#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The class IndexFolder of the module, which copydesk.Index wraps.

#include <nanobind/nanobind.h>

namespace copydesk::python {

void add_index_class(nanobind::module_& m);

}  // namespace copydesk::python
