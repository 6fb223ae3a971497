// SPDX-License-Identifier: Apache-2.0
#include "sample/wire.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>

#include "generate/characters.h"
#include "generate/edit_form.h"
#include "generate/edit_selection.h"
#include "generate/edit_words.h"
#include "generate/json_line.h"
#include "sample/grammar.h"

namespace copydesk::datasets {
namespace {

struct Record {
  std::string title;
  std::string text;
  std::size_t outlet = 0;
  std::uint64_t minutes = 0;
  std::size_t story = 0;              // records of one story are copies of each other
  std::optional<std::size_t> source;  // index of the record it was copied from
  std::string_view kind;              // of the copy
};

constexpr std::size_t kNoStory = ~std::size_t{0};

// English stories carry the agency in their dateline.
bool is_english(const Story& story) {
  return story.text.find("(Northern Wire)") != story.text.npos;
}

class WireDesk {
 public:
  WireDesk(const std::string& folder, std::uint64_t seed)
      : stories_(tell_stories(folder, seed)), random_(derive_seed(seed, 2, 0)) {
    synonyms_.load(folder + "/synonyms.txt");
  }

  WireFiles make() {
    for (std::size_t story = 0; story < stories_.size(); ++story) print_first(story);
    plant_copies();
    plant_family(12, 9);
    plant_family(131, 6);
    plant_family(301, 4);
    add_short_texts();
    return written();
  }

 private:
  void print_first(std::size_t story) {
    // Two thirds come from the wire itself, the rest are a paper's own.
    const bool from_wire = random_.below(3) < 2;
    const std::size_t outlet = from_wire ? 0 : 1 + random_.below(outlets().size() - 1);
    constexpr std::uint64_t kFirstHalfOfYear = 180 * 24 * 60;
    add_record(stories_[story], outlet, random_.below(kFirstHalfOfYear), story);
  }

  void add_record(const Story& story, std::size_t outlet, std::uint64_t minutes,
                  std::size_t number) {
    Record record;
    record.title = story.headline();
    record.text = story.text;
    record.outlet = outlet;
    record.minutes = minutes;
    record.story = number;
    records_.push_back(std::move(record));
  }

  void add_copy(const Story& copy, std::string_view kind, std::size_t source) {
    const std::uint64_t delay = 3 + random_.below(random_.chance(0.8) ? 900 : 9000);
    const std::size_t other = 1 + random_.below(outlets().size() - 1);
    const std::size_t outlet = other == records_[source].outlet ? 1 + other % 13 : other;
    add_record(copy, outlet, records_[source].minutes + delay, records_[source].story);
    records_.back().source = source;
    records_.back().kind = kind;
  }

  // A headline of another story of the same desk would mislead; a shorter one of its own does not.
  std::string other_headline(const Story& story) {
    constexpr std::array<std::string_view, 5> kFronts = {
        "In brief: ", "Coast news: ", "What we know: ", "From our readers: ", "Also today: "};
    const std::string_view old = story.headline();
    const std::vector<TextSpan> words = words_in(old);
    const std::size_t cut = words[words.size() * 2 / 3].begin;
    std::string headline;
    if (is_english(story)) headline = kFronts[random_.below(kFronts.size())];
    headline += old.substr(0, cut == 0 ? old.size() : cut);
    while (headline.back() == ' ' || headline.back() == ',') headline.pop_back();
    return headline;
  }

  // A sub-editor's hand: other words for the same thing, here and there.
  Story edited(const Story& story) {
    const WordSource source = [&](std::string_view old, Random& random) {
      const std::string word(old);
      const bool changes = synonyms_.has(word) && random.chance(0.6);
      return changes ? synonyms_.entries(word).front() : word;
    };
    return replace_words(story, 1.0, source, random_);
  }

  Story updated(const Story& story) {
    if (!is_english(story)) return story;
    Story result;
    for (const Part& part : story.parts) {
      result.append(part, story.words_of(part));
      if (part.kind == PartKind::kHeadline) {
        result.append(PartKind::kParagraph,
                      "This report has been updated with a statement issued in the evening.");
      }
    }
    result.append(PartKind::kParagraph,
                  "A statement released late in the day confirmed the outline of these events and "
                  "said that more details would follow tomorrow.");
    return result;
  }

  void plant_copies() {
    using Edit = std::function<Story(const Story&)>;
    struct Plan {
      std::string_view kind;
      std::size_t count;
      Edit edit;
    };
    const std::vector<Plan> plans = {
        {"exact", 16, [](const Story& s) { return s; }},
        {"headline", 22, [&](const Story& s) { return change_headline(s, other_headline(s)); }},
        {"trimmed_tail", 16, [](const Story& s) { return trim_tail(s, 0.7); }},
        {"trimmed_half", 14, [](const Story& s) { return trim_tail(s, 0.5); }},
        {"first_paragraphs", 10, [](const Story& s) { return keep_first_paragraphs(s, 3); }},
        {"reordered", 8, [&](const Story& s) { return reorder_paragraphs(s, random_); }},
        {"edited", 22, [&](const Story& s) { return edited(s); }},
        {"ocr_1", 6, [&](const Story& s) { return add_scan_noise(s, 0.01, random_); }},
        {"case", 8, [&](const Story& s) { return change_case(s, random_); }},
        {"punctuation", 6, [&](const Story& s) { return change_punctuation(s, random_); }},
        {"quotes", 10, [&](const Story& s) { return change_quotes(s, random_); }},
        {"white_space", 8, [&](const Story& s) { return change_white_space(s, random_); }},
        {"unicode_form", 6, [&](const Story& s) { return change_unicode_form(s, random_); }},
        {"update", 6, [&](const Story& s) { return updated(s); }},
    };
    for (const Plan& plan : plans) {
      for (std::size_t copies = 0; copies < plan.count;) {
        const std::size_t source = random_.below(stories_.size());
        const Story copy = plan.edit(stories_[source]);
        // A script without case has no copy in capitals; an edit must show.
        if (plan.kind != "exact" && copy.text == stories_[source].text) continue;
        add_copy(copy, plan.kind, source);
        ++copies;
      }
    }
  }

  // One wire story printed by several papers, each with its own headline and length; the last of
  // them copy from a copy.
  void plant_family(std::size_t source, std::size_t papers) {
    std::size_t from = source;
    Story printed = stories_[source];
    for (std::size_t paper = 0; paper < papers; ++paper) {
      Story copy = change_headline(printed, other_headline(stories_[source]));
      if (random_.chance(0.5)) copy = trim_tail(copy, 0.8);
      if (random_.chance(0.3)) copy = edited(copy);
      add_copy(copy, "family", from);
      if (paper + 3 == papers) {
        from = records_.size() - 1;
        printed = copy;
      }
    }
  }

  void add_short_texts() {
    constexpr std::array<std::string_view, 13> kTexts = {
        "",
        "",
        "   \n\n  ",
        "Correction follows.",
        "Correction follows.",
        "NO MATCHES TODAY",
        "No matches today.",
        "Advisory: the 18.00 summary is cancelled.",
        "404",
        "—",
        "晚间新闻稍后发布。",
        "Продолжение следует.",
        "Bild folgt."};
    for (const std::string_view text : kTexts) {
      Record record;
      record.text = text;
      record.outlet = random_.below(outlets().size());
      record.minutes = random_.below(200 * 24 * 60);
      record.story = kNoStory;
      records_.push_back(std::move(record));
    }
    const std::size_t first = records_.size() - kTexts.size();
    mark_short_copy(first + 3, first + 4, "exact");
    mark_short_copy(first + 5, first + 6, "case");
  }

  void mark_short_copy(std::size_t source, std::size_t copy, std::string_view kind) {
    records_[source].story = records_[copy].story = stories_.size() + source;
    records_[copy].source = source;
    records_[copy].kind = kind;
    records_[copy].minutes = records_[source].minutes + 60;
  }

  WireFiles written() {
    std::vector<std::size_t> order(records_.size());
    for (std::size_t index = 0; index < order.size(); ++index) order[index] = index;
    random_.shuffle(order);
    std::vector<std::string> ids(records_.size());
    WireFiles files;
    for (std::size_t place = 0; place < order.size(); ++place) {
      const Record& record = records_[order[place]];
      ids[order[place]] = make_id('w', place + 1);
      const std::string& site = outlets()[record.outlet].site;
      JsonLine(files.documents)
          .add("id", ids[order[place]])
          .add("title", record.title)
          .add("url", address(site, record.minutes, record.title, place + 1))
          .add("site", site)
          .add("date", timestamp(record.minutes))
          .add("text", record.text)
          .finish();
    }
    write_truth(order, ids, files.truth);
    return files;
  }

  // Copies with their source first; then all other pairs that tell the same story.
  void write_truth(const std::vector<std::size_t>& order, const std::vector<std::string>& ids,
                   std::string& truth) const {
    for (const std::size_t index : order) {
      const Record& record = records_[index];
      if (!record.source) continue;
      JsonLine(truth)
          .add("a", ids[*record.source])
          .add("b", ids[index])
          .add("kind", record.kind)
          .finish();
    }
    for (std::size_t right = 0; right < order.size(); ++right) {
      for (std::size_t left = 0; left < right; ++left) {
        const Record& a = records_[order[left]];
        const Record& b = records_[order[right]];
        const bool direct = a.source == order[right] || b.source == order[left];
        if (a.story == kNoStory || a.story != b.story || direct) continue;
        JsonLine(truth)
            .add("a", ids[order[left]])
            .add("b", ids[order[right]])
            .add("kind", "siblings")
            .finish();
      }
    }
  }

  std::vector<Story> stories_;
  Grammar synonyms_;
  Random random_;
  std::vector<Record> records_;
};

}  // namespace

WireFiles make_wire(const std::string& folder, std::uint64_t seed) {
  return WireDesk(folder, seed).make();
}

}  // namespace copydesk::datasets
