#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where unplanted text comes from: the built-in vocabulary, or a corpus of the user's.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "generate/random.h"
#include "generate/scripts.h"
#include "generate/story.h"

namespace copydesk::datasets {

class StorySource {
 public:
  virtual ~StorySource() = default;

  // Writes story `number`: headline and paragraphs. The same number gives the same story at any
  // time, which is how a copy finds its source again; different numbers give unlike stories.
  virtual void tell(std::uint64_t number, Story& story) const = 0;

  // The headline of story `number`, at less cost than the story.
  [[nodiscard]] virtual std::string headline(std::uint64_t number) const = 0;

  // New text that is in no story.
  [[nodiscard]] virtual std::string word(Random& random) const = 0;
  [[nodiscard]] virtual std::string paragraph(Random& random) const = 0;

  // What stands between two words: a space or nothing.
  [[nodiscard]] virtual std::string_view space() const = 0;
};

// Headlines from here on belong to no story of the corpus.
inline constexpr std::uint64_t kSpareStories = 1ULL << 40;

// `bytes` is the mean size of a story; sizes vary between a third and five thirds of it.
[[nodiscard]] std::unique_ptr<StorySource> make_vocabulary_source(Language language,
                                                                  std::size_t bytes,
                                                                  std::uint64_t seed);

struct SourceFile {
  std::string path;  // JSON Lines if its first byte is "{", else plain text
  std::string text_field = "text";
  std::string title_field = "title";
};

// Story n is the n-th record of the file (of a plain text: the n-th run of paragraphs of about
// `bytes`), in an order that depends on the seed. When the records are used up, further stories are
// put together from single sentences of all of them. The file is held in memory.
// Throws Error{kCannotOpen, kCannotRead} and {kCorruptFile} when it holds no usable record.
[[nodiscard]] std::unique_ptr<StorySource> make_file_source(const SourceFile& file,
                                                            std::size_t bytes, std::uint64_t seed);

}  // namespace copydesk::datasets
