#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Sketches of texts as arrays that NumPy and others read where they are, and estimates from them.

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <cstdint>

#include "copydesk/pipeline/dedup/simhash_options.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/sketch/sketcher.h"
#include "source.h"
#include "supervised_run.h"

namespace copydesk::python {

// A view of memory of (documents, slots) numbers of 32 bits; a row of an empty text is all ones.
// Raises TypeError for documents in files, ValueError for a text that is not UTF-8.
nanobind::object minhash_rows(const Source& source, const ShingleOptions& shingles,
                              const SketchOptions& sketch, const RunArguments& run);
// The same of (documents, bits / 64) numbers of 64 bits, the lower half first.
nanobind::object simhash_rows(const Source& source, const ShingleOptions& shingles,
                              const SimHashOptions& simhash, const RunArguments& run);

template <class Number>
using SketchRows =
    nanobind::ndarray<const Number, nanobind::ndim<2>, nanobind::c_contig, nanobind::device::cpu>;

// Of each row of `a` with that of `b`, which has as many rows or one: the Jaccard similarity that
// equal slots stand for, and the cosine that equal bits stand for. Raises ValueError for arrays
// that do not go together.
nanobind::object jaccard_estimates(const SketchRows<std::uint32_t>& a,
                                   const SketchRows<std::uint32_t>& b);
nanobind::object cosine_estimates(const SketchRows<std::uint64_t>& a,
                                  const SketchRows<std::uint64_t>& b);

}  // namespace copydesk::python
