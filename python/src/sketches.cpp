// SPDX-License-Identifier: Apache-2.0
#include "sketches.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <memory>
#include <numbers>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/parallel/available_threads.h"
#include "copydesk/parallel/parallel_for.h"
#include "copydesk/pipeline/dedup/fingerprinter.h"
#include "copydesk/sketch/similarity_estimate.h"
#include "copydesk/stop.h"
#include "copydesk/text/utf8.h"

namespace nb = nanobind;

namespace copydesk::python {
namespace {

constexpr std::size_t kGrain = 64;  // texts that a thread takes at a time

// Numbers in rows, until Python takes them over.
template <class Number>
class Rows {
 public:
  Rows(std::size_t count, std::size_t width)
      : count_(count), width_(width), numbers_(std::make_unique<Number[]>(count * width)) {}

  [[nodiscard]] std::span<Number> operator[](std::size_t row) {
    return {numbers_.get() + row * width_, width_};
  }
  [[nodiscard]] nb::object take() {
    const std::size_t shape[] = {count_, width_};
    Number* const numbers = numbers_.release();
    const nb::capsule owner(numbers,
                            [](void* data) noexcept { delete[] static_cast<Number*>(data); });
    return nb::cast(nb::ndarray<nb::memview, Number, nb::ndim<2>>(numbers, 2, shape, owner));
  }

 private:
  std::size_t count_, width_;
  std::unique_ptr<Number[]> numbers_;
};

const TextColumn& texts_of(const Source& source) {
  const DocumentColumns* const columns = source.documents().columns();
  if (columns == nullptr) {
    throw nb::type_error("sketches are made of documents in memory, not of files");
  }
  return columns->text;
}

// `work(text, row of numbers)`, one object a thread.
template <class Number, class MakeWork>
nb::object rows_of(const Source& source, std::size_t width, const RunArguments& run,
                   MakeWork&& make_work) {
  const TextColumn& texts = texts_of(source);
  Rows<Number> rows(texts.size(), width);
  run_supervised(run, [&](const RunSettings& settings) {
    const std::size_t threads = settings.threads == 0 ? available_threads() : settings.threads;
    std::vector<decltype(make_work())> works;
    for (std::size_t i = 0; i < threads; ++i) works.push_back(make_work());
    parallel_for(threads, texts.size(), kGrain,
                 [&](std::size_t begin, std::size_t end, std::size_t worker) {
                   StopFlag(settings.stop).check();
                   for (std::size_t row = begin; row < end; ++row) {
                     const std::string_view text = texts[row].value_or(std::string_view());
                     if (!is_valid_utf8(text)) {
                       throw Error(ErrorCode::kInvalidOption,
                                   fmt::format("row {} is not UTF-8", row), "text");
                     }
                     works[worker](text, rows[row]);
                   }
                 });
  });
  return rows.take();
}

// Calls of(row of a, row of b) for each row.
template <class Number, class Of>
nb::object compare_rows(const SketchRows<Number>& a, const SketchRows<Number>& b, Of&& of) {
  if (a.shape(1) != b.shape(1) || (b.shape(0) != a.shape(0) && b.shape(0) != 1)) {
    throw nb::value_error(
        fmt::format("sketches of shape ({}, {}) and ({}, {}) cannot be compared row by row",
                    a.shape(0), a.shape(1), b.shape(0), b.shape(1))
            .c_str());
  }
  const std::size_t count = a.shape(0), width = a.shape(1);
  auto estimates = std::make_unique<double[]>(count);
  for (std::size_t row = 0; row < count; ++row) {
    const std::size_t other = b.shape(0) == 1 ? 0 : row;
    estimates[row] = of(std::span<const Number>(a.data() + row * width, width),
                        std::span<const Number>(b.data() + other * width, width));
  }
  double* const data = estimates.release();
  const nb::capsule owner(data, [](void* held) noexcept { delete[] static_cast<double*>(held); });
  return nb::cast(nb::ndarray<nb::memview, double, nb::ndim<1>>(data, 1, &count, owner));
}

}  // namespace

nb::object minhash_rows(const Source& source, const ShingleOptions& shingles,
                        const SketchOptions& sketch, const RunArguments& run) {
  return rows_of<std::uint32_t>(source, sketch.slots, run, [&] {
    return [shingler = Shingler(shingles), sketcher = Sketcher(sketch), shingled = ShingledText()](
               std::string_view text, std::span<std::uint32_t> slots) mutable {
      shingler.shingle(text, shingled);
      sketcher.sketch(shingled.shingles, slots);
    };
  });
}

nb::object simhash_rows(const Source& source, const ShingleOptions& shingles,
                        const SimHashOptions& simhash, const RunArguments& run) {
  check(simhash);
  return rows_of<std::uint64_t>(source, simhash.words(), run, [&] {
    return
        [shingler = Shingler(shingles),
         fingerprinter = Fingerprinter(simhash, nullptr, shingles.fold), shingled = ShingledText()](
            std::string_view text, std::span<std::uint64_t> fingerprint) mutable {
          shingler.shingle(text, shingled);
          fingerprinter.fingerprint(text, shingler, shingled, fingerprint);
        };
  });
}

nb::object jaccard_estimates(const SketchRows<std::uint32_t>& a,
                             const SketchRows<std::uint32_t>& b) {
  return compare_rows(a, b, [](std::span<const std::uint32_t> x, std::span<const std::uint32_t> y) {
    std::size_t equal = 0;
    for (std::size_t i = 0; i < x.size(); ++i) equal += x[i] == y[i] ? 1 : 0;
    return x.empty() ? 0.0 : estimate_jaccard(equal, x.size());
  });
}

nb::object cosine_estimates(const SketchRows<std::uint64_t>& a,
                            const SketchRows<std::uint64_t>& b) {
  return compare_rows(a, b, [](std::span<const std::uint64_t> x, std::span<const std::uint64_t> y) {
    int distance = 0;
    for (std::size_t i = 0; i < x.size(); ++i) distance += std::popcount(x[i] ^ y[i]);
    const double bits = 64.0 * static_cast<double>(x.size());
    return x.empty() ? 0.0 : std::cos(std::numbers::pi * distance / bits);
  });
}

}  // namespace copydesk::python
