// SPDX-License-Identifier: Apache-2.0
#include <simdjson.h>
#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "copydesk/error.h"
#include "generate/characters.h"
#include "generate/story_source.h"

namespace copydesk::datasets {
namespace {

struct Record {
  std::string title;
  std::vector<std::string> paragraphs;
};

constexpr std::size_t kFewestWords = 20;    // of a record that is a story
constexpr std::size_t kFewestSentence = 5;  // words of a sentence worth printing
constexpr std::size_t kHeadlineWords = 9;

std::string read_file(const std::string& path) {
  // The stream of a folder opens, and its iterators throw what is no Error.
  if (std::filesystem::is_directory(path)) {
    throw Error(ErrorCode::kCannotOpen, "is a folder; name one file", path);
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorCode::kCannotOpen, "no such file, or not readable", path);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) throw Error(ErrorCode::kCannotRead, "reading failed", path);
  return bytes;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// The first words of a text, as a headline.
std::string beginning_of(std::string_view text) {
  const std::vector<TextSpan> words = words_in(text);
  if (words.empty()) return {};
  const std::size_t last = std::min(words.size(), kHeadlineWords) - 1;
  return std::string(text.substr(words.front().begin, words[last].end - words.front().begin));
}

// What separates paragraphs differs: blank lines, or else indented first lines, or else each line
// is one. Lines of one indented paragraph are joined.
std::vector<std::string> paragraphs_of(std::string_view text) {
  const bool has_blank_lines = text.find("\n\n") != text.npos;
  const bool has_indents = !has_blank_lines && text.find("\n  ") != text.npos;
  const std::string_view mark = has_blank_lines ? "\n\n" : "\n";
  std::vector<std::string> paragraphs;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(mark), text.size());
    const std::string_view line = text.substr(0, end);
    const std::string_view words = trimmed(line);
    text.remove_prefix(std::min(end + mark.size(), text.size()));
    if (words.empty()) continue;
    if (has_indents && !paragraphs.empty() && line.front() != ' ') {
      paragraphs.back() += ' ';
      paragraphs.back() += words;
    } else {
      paragraphs.emplace_back(words);
    }
  }
  return paragraphs;
}

class Reader {
 public:
  Reader(const SourceFile& file, std::size_t bytes) : file_(file), bytes_(bytes) {}

  std::vector<Record> read() {
    const std::string content = read_file(file_.path);
    if (trimmed(std::string_view(content).substr(0, 64)).starts_with('{')) {
      read_json_lines(content);
    } else {
      read_text(content);
    }
    if (records_.empty()) {
      throw Error(ErrorCode::kCorruptFile,
                  "holds no story of 20 words or more; is \"" + file_.text_field +
                      "\" the name of its text field?",
                  file_.path);
    }
    return std::move(records_);
  }

 private:
  // A line that is not JSON or has no text is passed over: it is only material.
  void read_json_lines(const std::string& content) {
    simdjson::dom::parser parser;
    std::string_view rest = content;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      simdjson::dom::element record;
      std::string_view text;
      if (parser.parse(rest.data(), end).get(record) == simdjson::SUCCESS &&
          record[file_.text_field].get(text) == simdjson::SUCCESS) {
        std::string_view title;
        if (record[file_.title_field].get(title) != simdjson::SUCCESS) title = {};
        add(title, paragraphs_of(text));
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  void read_text(const std::string& content) {
    if (!simdjson::validate_utf8(content)) {
      throw Error(ErrorCode::kCorruptFile, "is not UTF-8", file_.path);
    }
    std::vector<std::string> story;
    std::size_t size = 0;
    for (std::string& paragraph : paragraphs_of(content)) {
      size += paragraph.size();
      story.push_back(std::move(paragraph));
      if (size < bytes_) continue;
      add({}, std::exchange(story, {}));
      size = 0;
    }
    add({}, std::move(story));
  }

  void add(std::string_view title, std::vector<std::string> paragraphs) {
    // Scraped text often begins with its own title.
    if (!paragraphs.empty() && paragraphs.front() == title) paragraphs.erase(paragraphs.begin());
    std::size_t words = 0;
    std::uint64_t hash = 0;
    for (const std::string& paragraph : paragraphs) {
      words += words_in(paragraph).size();
      hash = XXH3_64bits_withSeed(paragraph.data(), paragraph.size(), hash);
    }
    if (words < kFewestWords || !known_.insert(hash).second) return;
    Record record;
    record.title = title.empty() ? beginning_of(paragraphs.front()) : std::string(trimmed(title));
    record.paragraphs = std::move(paragraphs);
    records_.push_back(std::move(record));
  }

  const SourceFile& file_;
  std::size_t bytes_;
  std::vector<Record> records_;
  std::unordered_set<std::uint64_t> known_;  // a record that is there twice would be a false plant
};

class FileSource : public StorySource {
 public:
  FileSource(const SourceFile& file, std::size_t bytes, std::uint64_t seed)
      : bytes_(bytes), seed_(derive_seed(seed, 11, 0)), records_(Reader(file, bytes).read()) {
    Random random(derive_seed(seed_, 1, 0));
    random.shuffle(records_);
    for (const Record& record : records_) collect_sentences(record);
  }

  void tell(std::uint64_t number, Story& story) const override {
    story.clear();
    if (number < records_.size()) {
      const Record& record = records_[number];
      story.append(PartKind::kHeadline, record.title);
      for (const std::string& words : record.paragraphs) {
        story.append(PartKind::kParagraph, words);
      }
      return;
    }
    story.append(PartKind::kHeadline, headline(number));
    Random random(derive_seed(seed_, 2, number));
    const std::size_t wanted = bytes_ / 3 + random.below(bytes_ * 4 / 3 + 1);
    do {
      story.append(PartKind::kParagraph, paragraph(random));
    } while (story.text.size() < wanted);
  }

  std::string headline(std::uint64_t number) const override {
    if (number < records_.size()) return records_[number].title;
    Random random(derive_seed(seed_, 3, number));
    return beginning_of(random.pick(sentences_));
  }

  std::string word(Random& random) const override {
    const std::string_view sentence = random.pick(sentences_);
    const std::vector<TextSpan> words = words_in(sentence);
    return std::string(random.pick(words).of(sentence));
  }

  std::string_view space() const override {
    std::size_t position = 0;
    return is_ideograph(next_character(sentences_.front(), position)) ? "" : " ";
  }

  std::string paragraph(Random& random) const override {
    std::string text;
    for (std::uint64_t left = 1 + random.below(3); left > 0; --left) {
      if (!text.empty()) text += space();
      text += random.pick(sentences_);
    }
    return text;
  }

 private:
  void collect_sentences(const Record& record) {
    for (const std::string& paragraph : record.paragraphs) {
      std::size_t begin = 0;
      for (const std::size_t end : sentence_ends(paragraph)) {
        const std::string_view sentence =
            trimmed(std::string_view(paragraph).substr(begin, end - begin));
        begin = end;
        if (words_in(sentence).size() >= kFewestSentence) sentences_.push_back(sentence);
      }
    }
    // Material of very short sentences still has whole paragraphs.
    if (sentences_.empty()) sentences_.push_back(record.paragraphs.front());
  }

  std::size_t bytes_;
  std::uint64_t seed_;
  std::vector<Record> records_;              // not changed after the constructor:
  std::vector<std::string_view> sentences_;  // these point into it
};

}  // namespace

std::unique_ptr<StorySource> make_file_source(const SourceFile& file, std::size_t bytes,
                                              std::uint64_t seed) {
  return std::make_unique<FileSource>(file, bytes, seed);
}

}  // namespace copydesk::datasets
