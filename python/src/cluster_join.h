#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What copydesk.spark does natively with one partition of a corpus at a time: texts to band keys, keys to
// entries that travel, entries to edges, edges to labels. In and out go bytes, the formats of which
// are said in core/copydesk/cluster/key_entries.h and, of those made here, at their functions.

#include <nanobind/nanobind.h>

namespace copydesk::python {

// Adds the classes and functions to the module.
void define_cluster(nanobind::module_& module);

}  // namespace copydesk::python
