// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/story_families.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "copydesk/reuse/token_frequencies.h"

namespace copydesk {

namespace {

std::vector<std::uint32_t> rare_tokens(const TextStore::View& text,
                                       const TokenFrequencies& frequencies, std::uint32_t limit) {
  std::vector<std::uint32_t> rare;
  for (const std::uint32_t token : text.tokens) {
    if (frequencies.is_rare(token, limit)) rare.push_back(token);
  }
  std::sort(rare.begin(), rare.end());
  rare.erase(std::unique(rare.begin(), rare.end()), rare.end());
  return rare;
}

double rare_overlap(std::uint32_t a, std::uint32_t b, std::uint32_t versions,
                    const TextStore& texts, const TokenFrequencies& frequencies) {
  const std::uint32_t limit = std::max(frequencies.rare_limit(), 2 * versions);
  TextStore::Buffer buffer;
  std::vector<std::uint32_t> shorter = rare_tokens(texts.get(a, buffer), frequencies, limit);
  std::vector<std::uint32_t> longer = rare_tokens(texts.get(b, buffer), frequencies, limit);
  if (shorter.size() > longer.size()) shorter.swap(longer);
  if (shorter.empty()) return 1.0;
  std::size_t common = 0;
  for (const std::uint32_t token : shorter) {
    common += std::binary_search(longer.begin(), longer.end(), token) ? 1 : 0;
  }
  return static_cast<double>(common) / static_cast<double>(shorter.size());
}

class FamilyBuilder {
 public:
  FamilyBuilder(const FingerprintedCorpus& corpus, const CollectedTexts& collected,
                std::span<const RelatedPair> pairs)
      : corpus_(corpus), collected_(collected), by_document_(pairs) {
    for (const ReuseDocument& document : collected.documents) {
      const std::uint32_t first = corpus.representatives[document.document];
      if (first != document.document) repeats_.emplace_back(first, document.document);
    }
    std::sort(repeats_.begin(), repeats_.end());
  }

  PlacedFamily build(const Family& family) const {
    PlacedFamily story;
    SourceEvidence evidence;
    std::size_t fullest = 0;
    if (family.members.size() > 1) {
      std::vector<VersionFacts> facts;
      for (const std::uint32_t text : family.members) facts.push_back(facts_of(text));
      evidence = find_source(family, facts, by_document_);
      story.ground = evidence.ground;
      story.confidence = evidence.confidence;
      story.lead_seconds = evidence.lead_seconds;
      for (std::size_t i = 1; i < family.members.size(); ++i) {
        if (std::make_pair(evidence.coverage[i], facts[i].tokens) >
            std::make_pair(evidence.coverage[fullest], facts[fullest].tokens)) {
          fullest = i;
        }
      }
    } else {
      evidence.ranking = {0};
      evidence.coverage = {1.0};
    }
    for (const std::size_t member : evidence.ranking) {
      if (member == fullest) story.fullest = story.versions.size();
      add_versions(family.members[member], family.members[fullest], evidence.coverage[member],
                   story);
    }
    if (family.members.size() == 1) judge_equal_texts(story);
    story.quoted_by = family.quoted_by;
    return story;
  }

  // Texts that are only found word for word, each by its first document.
  std::vector<std::uint32_t> equal_texts(std::size_t fewest_tokens) const {
    std::vector<std::uint32_t> texts;
    for (const auto& [first, document] : repeats_) {
      if (corpus_.table.documents[first].tokens >= fewest_tokens &&
          (texts.empty() || texts.back() != first)) {
        texts.push_back(first);
      }
    }
    return texts;
  }

 private:
  std::vector<std::uint32_t> documents_with(std::uint32_t text) const {
    std::vector<std::uint32_t> documents{text};
    for (auto place =
             std::lower_bound(repeats_.begin(), repeats_.end(), std::pair{text, std::uint32_t{0}});
         place != repeats_.end() && place->first == text; ++place) {
      documents.push_back(place->second);
    }
    return documents;
  }

  // The time of equal texts is that of the earliest, if all have one; the agency and site are those
  // of the first.
  VersionFacts facts_of(std::uint32_t text) const {
    const ReuseDocument& first = collected_.find(text);
    const std::vector<std::uint32_t> documents = documents_with(text);
    DocumentNotes notes = collected_.notes_of(first);
    VersionFacts facts{first.tokens, first.time, std::move(notes.agency), std::move(notes.site),
                       documents.size()};
    for (const std::uint32_t document : documents) {
      const std::optional<double>& time = collected_.find(document).time;
      if (!time) facts.time.reset();
      if (facts.time) facts.time = std::min(*facts.time, *time);
    }
    return facts;
  }

  void add_versions(std::uint32_t text, std::uint32_t fullest, double coverage,
                    PlacedFamily& story) const {
    Relation relation = Relation::kCopy;
    std::size_t shared = corpus_.table.documents[text].tokens;
    if (text != fullest) {
      const RelatedPair* const pair = by_document_.find(text, fullest);
      relation = Relation::kExcerpt;
      shared = 0;
      if (pair != nullptr) {
        relation = pair->pair.a == text ? pair->relation : reversed(pair->relation);
        shared = pair->parts.matched;
      }
    }
    struct Timed {
      std::uint32_t document;
      std::optional<double> time;
    };
    std::vector<Timed> copies;
    for (const std::uint32_t document : documents_with(text)) {
      copies.push_back({document, collected_.find(document).time});
    }
    std::stable_sort(copies.begin(), copies.end(), [](const Timed& x, const Timed& y) {
      return x.time && y.time && *x.time < *y.time;
    });
    for (const Timed& copy : copies) {
      story.versions.push_back(
          {copy.document, text, static_cast<std::uint32_t>(shared), relation, coverage});
    }
  }

  // Equal texts differ by their times alone.
  void judge_equal_texts(PlacedFamily& story) const {
    std::vector<double> times;
    for (const PlacedVersion& version : story.versions) {
      const std::optional<double>& time = collected_.find(version.document).time;
      if (!time) return;
      times.push_back(*time);
    }
    if (times.size() < 2 || times[0] >= times[1]) return;
    story.ground = SourceGround::kTime;
    story.lead_seconds = times[1] - times[0];
    story.confidence = time_confidence(story.lead_seconds);
  }

  const FingerprintedCorpus& corpus_;
  const CollectedTexts& collected_;
  PairsByDocument by_document_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> repeats_;  // (first, document), sorted
};

}  // namespace

StoryFamilies build_families(const FingerprintedCorpus& corpus, const CollectedTexts& collected,
                             std::span<const RelatedPair> pairs, std::size_t fewest_tokens) {
  const auto overlap = [&](std::uint32_t a, std::uint32_t b, std::uint32_t versions) {
    return rare_overlap(a, b, versions, collected.texts, corpus.frequencies);
  };
  FamilyGraph graph = group_families(pairs, {}, overlap);
  const FamilyBuilder builder(corpus, collected, pairs);

  std::vector<bool> is_placed(corpus.representatives.size());
  for (const Family& family : graph.families) {
    for (const std::uint32_t member : family.members) is_placed[member] = true;
  }
  for (const std::uint32_t text : builder.equal_texts(fewest_tokens)) {
    if (!is_placed[text]) graph.families.push_back({{text}, {}});
  }

  StoryFamilies result;
  result.round_ups = graph.round_ups.size();
  for (const Family& family : graph.families) result.families.push_back(builder.build(family));
  std::stable_sort(result.families.begin(), result.families.end(),
                   [](const PlacedFamily& x, const PlacedFamily& y) {
                     return x.versions.size() > y.versions.size();
                   });
  result.places.assign(corpus.representatives.size(), {StoryFamilies::kNone, 0});
  for (std::size_t f = 0; f < result.families.size(); ++f) {
    const std::vector<PlacedVersion>& versions = result.families[f].versions;
    for (std::size_t rank = 0; rank < versions.size(); ++rank) {
      result.places[versions[rank].document] = {static_cast<std::uint32_t>(f),
                                                static_cast<std::uint32_t>(rank)};
    }
  }
  return result;
}

StoryFamily describe(const PlacedFamily& family, const CorpusTable& table,
                     const CollectedTexts& collected) {
  StoryFamily story;
  for (const PlacedVersion& version : family.versions) {
    const ReuseDocument& known = collected.find(version.document);
    DocumentNotes notes = collected.notes_of(known);
    story.versions.push_back({table.place_of(version.document), std::move(notes.title),
                              std::move(notes.site), std::move(notes.agency), known.time,
                              known.tokens, version.relation, version.shared_tokens,
                              version.coverage, std::move(notes.url)});
  }
  story.fullest = family.fullest;
  for (const std::uint32_t round_up : family.quoted_by) {
    story.quoted_by.push_back(table.name_of(round_up));
  }
  story.ground = family.ground;
  story.confidence = family.confidence;
  story.lead_seconds = family.lead_seconds;
  return story;
}

bool is_first_the_copy(const RelatedPair& pair, const StoryFamilies& families,
                       const CollectedTexts& collected) {
  const StoryFamilies::Place& a = families.places[pair.pair.a];
  const StoryFamilies::Place& b = families.places[pair.pair.b];
  if (a.family != StoryFamilies::kNone && a.family == b.family) return a.rank > b.rank;
  const std::optional<double>& time_a = collected.find(pair.pair.a).time;
  const std::optional<double>& time_b = collected.find(pair.pair.b).time;
  if (time_a && time_b && *time_a != *time_b) return *time_a > *time_b;
  return pair.parts.share_a() < pair.parts.share_b();
}

}  // namespace copydesk
