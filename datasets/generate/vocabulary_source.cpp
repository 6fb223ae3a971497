// SPDX-License-Identifier: Apache-2.0
//
// The built-in vocabulary: 50,000 syllable-built words under Zipf's law, half of the text drawn
// from one of 256 topics. Word 5-grams of two stories practically never meet: the most frequent
// word has a share of 4 %, so a given 5-gram of frequent words has one of about 10^-7.
#include <algorithm>
#include <array>
#include <cstring>

#include "generate/lexicon.h"
#include "generate/story_source.h"

namespace copydesk::datasets {
namespace {

constexpr std::size_t kWords = 50000;
constexpr std::size_t kNames = 8000;
constexpr std::size_t kTopics = 256;
constexpr std::size_t kCommonWords = 200;  // belong to no topic
constexpr std::size_t kTopicWords = 128;
static_assert(kCommonWords + kTopics * kTopicWords <= kWords);

// Chances in 256.
constexpr unsigned kTopicWord = 96;
constexpr unsigned kName = 10;
constexpr unsigned kNumber = 8;
constexpr unsigned kComma = 20;

constexpr std::size_t kMostSentences = 4;
constexpr std::size_t kMostWords = 26;

// A mark of a few bytes that is copied whole.
struct Mark {
  std::array<char, 8> bytes{};
  std::size_t length = 0;

  explicit Mark(std::string_view text) : length(text.size()) {
    std::copy(text.begin(), text.end(), bytes.begin());
  }
};

// The marks of a script, ready to be written.
struct Marks {
  explicit Marks(const Script& script)
      : space(script.space),
        comma(script.comma),
        stop(script.stop),
        open_quote(script.open_quote),
        close_quote(script.close_quote),
        dash(script.dash),
        // Inside quotes the stop has no space behind it.
        quoted_stop(script.space.empty() ? script.stop : script.stop.substr(0, 1)) {}

  Mark space, comma, stop, open_quote, close_quote, dash, quoted_stop;
  Mark gap{"\n\n"};
};

// The point of the pen: a place to write to that lives in a register. (Stores through a char
// pointer may alias any object in memory, so everything the inner loop needs is held in locals.)
struct Nib {
  char* out;

  void add(const Mark& mark) {
    std::memcpy(out, mark.bytes.data(), mark.bytes.size());
    out += mark.length;
  }
  void add_word(const Lexicon& lexicon, std::size_t rank, bool capital) {
    char* const begin = out;
    out += lexicon.write(rank, begin);
    if (capital) capitalize(begin);
  }
  void add_number(std::uint64_t value) {
    std::array<char, 20> digits;
    std::size_t count = 0;
    do {
      digits[count++] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value != 0);
    while (count > 0) *out++ = digits[--count];
  }
};

// Appends to a string with room made once per paragraph.
class Pen {
 public:
  // More than the longest paragraph, headline or dateline.
  static constexpr std::size_t kRoom =
      (kMostSentences + 1) * kMostWords * (Lexicon::kSlotBytes + 8);

  explicit Pen(std::string& text) : text_(text), length_(text.size()) {}
  ~Pen() { text_.resize(length_); }
  Pen(const Pen&) = delete;
  Pen& operator=(const Pen&) = delete;

  // The end of the text, with kRoom bytes behind it.
  Nib nib() {
    if (text_.size() < length_ + kRoom) text_.resize(2 * length_ + 2 * kRoom);
    return {text_.data() + length_};
  }
  void lift(Nib nib) { length_ = static_cast<std::size_t>(nib.out - text_.data()); }
  [[nodiscard]] std::size_t length() const { return length_; }

 private:
  std::string& text_;
  std::size_t length_;
};

class VocabularySource : public StorySource {
 public:
  VocabularySource(Language language, std::size_t bytes, std::uint64_t seed)
      : script_(script_of(language)),
        marks_(script_),
        bytes_(bytes),
        seed_(derive_seed(seed, 10, 0)),
        words_(script_, kWords, false, derive_seed(seed_, 1, 0)),
        names_(script_, kNames, true, derive_seed(seed_, 2, 0)) {}

  void tell(std::uint64_t number, Story& story) const override {
    story.clear();
    Random random(derive_seed(seed_, 3, number));
    const std::uint64_t topic = random.below(kTopics);
    const std::size_t wanted = bytes_ / 3 + random.below(bytes_ * 4 / 3 + 1);
    Pen pen(story.text);
    pen.lift(headline_at(pen.nib(), topic, random));
    add_part(story, PartKind::kHeadline, 0, pen.length());
    do {
      Nib nib = pen.nib();
      nib.add(marks_.gap);
      pen.lift(nib);
      const std::size_t begin = pen.length();
      if (story.parts.size() == 1) nib = dateline_at(nib, random);
      pen.lift(paragraph_at(nib, topic, random));
      add_part(story, PartKind::kParagraph, begin, pen.length());
    } while (pen.length() < wanted);
  }

  std::string headline(std::uint64_t number) const override {
    Random random(derive_seed(seed_, 3, number));
    const std::uint64_t topic = random.below(kTopics);
    random.next();  // the length of the story
    std::string text;
    {
      Pen pen(text);
      pen.lift(headline_at(pen.nib(), topic, random));
    }
    return text;
  }

  std::string word(Random& random) const override { return std::string(words_.draw(random)); }

  std::string_view space() const override { return script_.space; }

  std::string paragraph(Random& random) const override {
    std::string text;
    {
      Pen pen(text);
      const std::uint64_t topic = random.below(kTopics);
      pen.lift(paragraph_at(pen.nib(), topic, random));
    }
    return text;
  }

 private:
  static void add_part(Story& story, PartKind kind, std::size_t begin, std::size_t end) {
    Part part;
    part.kind = kind;
    part.span = {begin, end};
    story.parts.push_back(part);
  }

  // A word of the topic or of the language. Both are worked out, so that there is no branch to
  // mispredict; a topic's words stand side by side, so that they stay in the cache.
  std::size_t rank_of(std::uint64_t bits, std::uint64_t topic) const {
    const std::size_t rank = words_.rank_of(static_cast<std::uint32_t>(bits >> 36));
    const std::size_t own = kCommonWords + topic * kTopicWords + rank % kTopicWords;
    return ((bits >> 28) & 0xff) < kTopicWord ? own : rank;
  }

  // These write at `nib` and return the place behind what they wrote.
  Nib headline_at(Nib nib, std::uint64_t topic, Random& random) const {
    const std::uint64_t count = 5 + random.below(5);
    for (std::uint64_t index = 0; index < count; ++index) {
      if (index > 0) nib.add(marks_.space);
      const std::uint64_t bits = random.next();
      if ((bits & 0xff) < 3 * kName) {
        nib.add_word(names_, names_.rank_of(static_cast<std::uint32_t>(bits >> 36)), false);
      } else {
        nib.add_word(words_, rank_of(bits, topic), index == 0);
      }
    }
    return nib;
  }

  Nib dateline_at(Nib nib, Random& random) const {
    for (const Mark* after : {&marks_.comma, &marks_.space, &marks_.dash}) {
      nib.add_word(names_, random.below(names_.size()), false);
      nib.add(*after);
    }
    return nib;
  }

  Nib paragraph_at(Nib nib, std::uint64_t topic, Random& random) const {
    Random dice = random;
    for (std::uint64_t left = 1 + dice.below(kMostSentences); left > 0; --left) {
      nib = sentence_at(nib, topic, dice);
    }
    random = dice;
    // The stop or quote of the last sentence brought a space with it.
    if (!script_.space.empty()) --nib.out;
    return nib;
  }

  Nib sentence_at(Nib nib, std::uint64_t topic, Random& random) const {
    const std::uint64_t shape = random.next();
    const bool quoted = (shape & 7) == 0;
    const std::uint64_t count = 7 + ((shape >> 8) & 0xffff) % (kMostWords - 7);
    if (quoted) nib.add(marks_.open_quote);
    for (std::uint64_t index = 0; index < count; ++index) {
      const std::uint64_t bits = random.next();
      const unsigned sort = bits & 0xff;
      if (sort < kName) {
        nib.add_word(names_, names_.rank_of(static_cast<std::uint32_t>(bits >> 36)), false);
      } else if (sort < kName + kNumber) {
        nib.add_number(1 + (bits >> 16) % 999);
      } else {
        nib.add_word(words_, rank_of(bits, topic), index == 0);
      }
      if (index + 1 == count) break;
      nib.add(((bits >> 8) & 0xff) < kComma ? marks_.comma : marks_.space);
    }
    if (quoted) {
      nib.add(marks_.quoted_stop);
      nib.add(marks_.close_quote);
    } else {
      nib.add(marks_.stop);
    }
    return nib;
  }

  const Script& script_;
  Marks marks_;
  std::size_t bytes_;
  std::uint64_t seed_;
  Lexicon words_;
  Lexicon names_;
};

}  // namespace

std::unique_ptr<StorySource> make_vocabulary_source(Language language, std::size_t bytes,
                                                    std::uint64_t seed) {
  return std::make_unique<VocabularySource>(language, bytes, seed);
}

}  // namespace copydesk::datasets
