// SPDX-License-Identifier: Apache-2.0
#include "tables.h"

#include <utility>
#include <variant>
#include <vector>

namespace nb = nanobind;

namespace copydesk::python {
namespace {

using Integers = std::vector<std::int64_t>;
using Numbers = std::vector<double>;

// The id and the place of one document a row.
struct References {
  Texts ids;
  Integers inputs, rows;

  void push_back(const DocumentRef& document) {
    ids.push_back(document.id);
    inputs.push_back(document.input);
    rows.push_back(static_cast<std::int64_t>(document.row));
  }
  void add_to(TableMaker& table, const std::string& prefix) {
    table.add(prefix + "id", std::move(ids))
        .add(prefix + "input", std::move(inputs))
        .add(prefix + "row", std::move(rows));
  }
};

}  // namespace

TablePointer rejected_table(const std::vector<RejectedRecord>& rejected) {
  Texts places, reasons;
  for (const RejectedRecord& record : rejected) {
    places.push_back(record.place);
    reasons.push_back(record.reason);
  }
  TableMaker table;
  table.add("place", std::move(places)).add("reason", std::move(reasons));
  return table.take();
}

namespace {

// What became of the documents of each source, and for whose documents they went.
std::pair<TablePointer, TablePointer> source_tables(const std::vector<SourceOutcome>& sources) {
  Texts names, losers, winners;
  Integers documents, bytes, kept, identical, same_words, near_duplicate, contained, same_key,
      removed;
  for (const SourceOutcome& source : sources) {
    names.push_back(source.source);
    const auto add = [](Integers& column, std::uint64_t value) {
      column.push_back(static_cast<std::int64_t>(value));
    };
    add(documents, source.documents);
    add(bytes, source.bytes);
    add(kept, source.kept);
    add(identical, source.removed_identical);
    add(same_words, source.removed_same_words);
    add(near_duplicate, source.removed_near_duplicate);
    add(contained, source.removed_contained);
    add(same_key, source.removed_same_key);
    for (const auto& [other, count] : source.in_favor_of) {
      losers.push_back(source.source);
      winners.push_back(other);
      add(removed, count);
    }
  }
  TableMaker counts, favors;
  counts.add("source", std::move(names))
      .add("documents", std::move(documents))
      .add("bytes", std::move(bytes))
      .add("kept", std::move(kept))
      .add("removed_identical", std::move(identical))
      .add("removed_same_words", std::move(same_words))
      .add("removed_near_duplicate", std::move(near_duplicate))
      .add("removed_contained", std::move(contained))
      .add("removed_same_key", std::move(same_key));
  favors.add("source", std::move(losers))
      .add("kept_source", std::move(winners))
      .add("documents", std::move(removed));
  return {counts.take(), favors.take()};
}

}  // namespace

nb::tuple duplicates_tables(const DuplicatesFound& found) {
  References kept, removed, kept_instead;
  Texts rules;
  Numbers jaccard, containment, contained;
  for (const DocumentRef& document : found.kept) kept.push_back(document);
  for (const RemovedDocument& row : found.removed) {
    removed.push_back(row.document);
    kept_instead.push_back(row.kept);
    rules.push_back(row.rule);
    jaccard.push_back(row.jaccard);
    containment.push_back(row.containment);
    contained.push_back(row.contained);
  }
  TableMaker decisions;
  removed.add_to(decisions, "");
  kept_instead.add_to(decisions, "kept_");
  decisions.add("rule", std::move(rules))
      .add("jaccard", std::move(jaccard))
      .add("containment", std::move(containment))
      .add("contained", std::move(contained));
  TableMaker rows;
  rows.add("input", std::move(kept.inputs)).add("row", std::move(kept.rows));
  const auto [counts, favors] = source_tables(found.sources);
  return nb::make_tuple(rows.take(), decisions.take(), counts, favors,
                        rejected_table(found.rejected));
}

nb::tuple dedup_tables(const Source& source, const DedupSettings& settings,
                       const RunArguments& run) {
  DuplicatesFound found;
  run_supervised(run,
                 [&](const RunSettings& s) { found = dedup(source.documents(), settings, s); });
  return duplicates_tables(found);
}

nb::tuple filter_tables(const Source& source, const Source& listed, const std::string& list_path,
                        const FilterSettings& settings, const RunArguments& run) {
  std::vector<std::string> names;
  const TextColumn& texts = listed.documents().columns()->text;
  for (std::size_t row = 0; row < texts.size(); ++row) names.emplace_back(texts[row].value_or(""));
  DocumentsFiltered found;
  run_supervised(run, [&](const RunSettings& s) {
    found = list_path.empty() ? filter(source.documents(), names, settings, s)
                              : filter(source.documents(), ListFile{list_path}, settings, s);
  });
  References kept;
  for (const DocumentRef& document : found.kept) kept.push_back(document);
  TableMaker rows, missing;
  rows.add("input", std::move(kept.inputs)).add("row", std::move(kept.rows));
  Texts unknown;
  for (const std::string& name : found.missing) unknown.push_back(name);
  missing.add("id", std::move(unknown));
  return nb::make_tuple(rows.take(), missing.take(), rejected_table(found.rejected));
}

nb::tuple pairs_tables(const Source& source, const DedupSettings& settings,
                       const RunArguments& run) {
  PairsFound found;
  run_supervised(run,
                 [&](const RunSettings& s) { found = pairs(source.documents(), settings, s); });
  References a, b;
  Numbers jaccard, containment_a, containment_b;
  for (const SimilarPair& pair : found.pairs) {
    a.push_back(pair.a);
    b.push_back(pair.b);
    jaccard.push_back(pair.jaccard);
    containment_a.push_back(pair.containment_a);
    containment_b.push_back(pair.containment_b);
  }
  TableMaker table;
  a.add_to(table, "a_");
  b.add_to(table, "b_");
  table.add("jaccard", std::move(jaccard))
      .add("containment_a", std::move(containment_a))
      .add("containment_b", std::move(containment_b));
  return nb::make_tuple(table.take(), rejected_table(found.rejected));
}

nb::tuple reuse_tables(const Source& source, const ReuseSettings& settings,
                       const RunArguments& run) {
  ReuseFound found;
  run_supervised(run,
                 [&](const RunSettings& s) { found = reuse(source.documents(), settings, s); });
  References copies, sources, members;
  Integers copy_begin, copy_end, source_begin, source_end, tokens, family, rank, is_fullest;
  Numbers similarity, confidence;
  for (const ReusedPassage& passage : found.passages) {
    copies.push_back(passage.copy);
    sources.push_back(passage.source);
    copy_begin.push_back(static_cast<std::int64_t>(passage.in_copy.begin));
    copy_end.push_back(static_cast<std::int64_t>(passage.in_copy.end));
    source_begin.push_back(static_cast<std::int64_t>(passage.in_source.begin));
    source_end.push_back(static_cast<std::int64_t>(passage.in_source.end));
    tokens.push_back(static_cast<std::int64_t>(passage.tokens));
    similarity.push_back(passage.similarity);
  }
  for (std::size_t i = 0; i < found.families.size(); ++i) {
    const CopiedStory& story = found.families[i];
    for (std::size_t version = 0; version < story.versions.size(); ++version) {
      family.push_back(static_cast<std::int64_t>(i));
      rank.push_back(static_cast<std::int64_t>(version));
      members.push_back(story.versions[version]);
      is_fullest.push_back(version == story.fullest ? 1 : 0);
      confidence.push_back(story.has_source ? story.confidence : 0.0);
    }
  }
  TableMaker passages, families;
  copies.add_to(passages, "copy_");
  sources.add_to(passages, "source_");
  passages.add("copy_begin", std::move(copy_begin))
      .add("copy_end", std::move(copy_end))
      .add("source_begin", std::move(source_begin))
      .add("source_end", std::move(source_end))
      .add("tokens", std::move(tokens))
      .add("similarity", std::move(similarity));
  families.add("family", std::move(family)).add("rank", std::move(rank));
  members.add_to(families, "");
  families.add("is_fullest", std::move(is_fullest)).add("confidence", std::move(confidence));
  return nb::make_tuple(passages.take(), families.take(), rejected_table(found.rejected));
}

nb::tuple blocks_tables(const Source& source, const BlocksSettings& settings,
                        const RunArguments& run) {
  BlocksFound found;
  run_supervised(run,
                 [&](const RunSettings& s) { found = blocks(source.documents(), settings, s); });
  References documents, firsts;
  Integers begin, end, count, first_begin;
  Texts kinds;
  for (const RepeatedBlock& block : found.blocks) {
    documents.push_back(block.document);
    begin.push_back(static_cast<std::int64_t>(block.span.begin));
    end.push_back(static_cast<std::int64_t>(block.span.end));
    kinds.push_back(block.kind);
    count.push_back(static_cast<std::int64_t>(block.count));
    firsts.push_back(block.first);
    first_begin.push_back(static_cast<std::int64_t>(block.first_begin));
  }
  TableMaker table;
  documents.add_to(table, "");
  table.add("begin", std::move(begin))
      .add("end", std::move(end))
      .add("kind", std::move(kinds))
      .add("count", std::move(count));
  firsts.add_to(table, "first_");
  table.add("first_begin", std::move(first_begin));
  References cut_documents;
  Texts texts;
  for (const CutDocument& cut : found.cut) {
    cut_documents.push_back(cut.document);
    texts.push_back(cut.text);
  }
  TableMaker left;
  cut_documents.add_to(left, "");
  left.add("text", std::move(texts));
  return nb::make_tuple(table.take(), left.take(), rejected_table(found.rejected));
}

nb::tuple split_tables(const Source& source, const SplitSettings& settings,
                       const RunArguments& run) {
  StoriesFound found;
  run_supervised(run,
                 [&](const RunSettings& s) { found = split(source.documents(), settings, s); });
  References documents;
  Integers numbers, begin, end;
  Texts titles;
  for (const SeparatedStory& story : found.stories) {
    documents.push_back(story.document);
    numbers.push_back(static_cast<std::int64_t>(story.number));
    begin.push_back(static_cast<std::int64_t>(story.span.begin));
    end.push_back(static_cast<std::int64_t>(story.span.end));
    titles.push_back(story.title);
  }
  TableMaker table;
  documents.add_to(table, "");
  table.add("story", std::move(numbers))
      .add("begin", std::move(begin))
      .add("end", std::move(end))
      .add("title", std::move(titles));
  return nb::make_tuple(table.take(), rejected_table(found.rejected));
}

nb::tuple summarize_tables(const Source& source, const AbstractSettings& settings,
                           const RunArguments& run) {
  AbstractsFound found;
  run_supervised(run,
                 [&](const RunSettings& s) { found = summarize(source.documents(), settings, s); });
  References documents;
  Texts summaries;
  Integers abstract, begin, end;
  Numbers scores;
  for (std::size_t i = 0; i < found.abstracts.size(); ++i) {
    documents.push_back(found.abstracts[i].document);
    summaries.push_back(found.abstracts[i].text);
    for (const ChosenSentence& sentence : found.abstracts[i].sentences) {
      abstract.push_back(static_cast<std::int64_t>(i));
      begin.push_back(static_cast<std::int64_t>(sentence.span.begin));
      end.push_back(static_cast<std::int64_t>(sentence.span.end));
      scores.push_back(sentence.score);
    }
  }
  TableMaker table, sentences;
  documents.add_to(table, "");
  table.add("summary", std::move(summaries));
  sentences.add("abstract", std::move(abstract))
      .add("begin", std::move(begin))
      .add("end", std::move(end))
      .add("score", std::move(scores));
  return nb::make_tuple(table.take(), sentences.take(), rejected_table(found.rejected));
}

nb::tuple decontaminate_tables(const Source& source, const Source& items, const RunArguments& run) {
  LeaksFound found;
  const Documents& sets = items.documents();
  run_supervised(run, [&](const RunSettings& s) {
    if (const DocumentColumns* const table = sets.columns()) {
      const EvaluationColumns columns{table->text, table->title, table->id, table->site};
      found = decontaminate(source.documents(), columns, s);
    } else {
      const FieldNames& names = sets.fields();
      const EvaluationFiles files{sets.paths(), names.text, names.title, names.id, names.site};
      found = decontaminate(source.documents(), files, s);
    }
  });
  References documents;
  Texts set, item, kinds;
  Integers begin, end, item_begin, item_end, tokens, longest_run, has_answer, answer_near;
  for (const FoundItem& hit : found.hits) {
    documents.push_back(hit.document);
    set.push_back(hit.set);
    item.push_back(hit.item);
    kinds.push_back(hit.kind);
    has_answer.push_back(hit.has_answer ? 1 : 0);
    answer_near.push_back(hit.answer_near ? 1 : 0);
    begin.push_back(static_cast<std::int64_t>(hit.in_text.begin));
    end.push_back(static_cast<std::int64_t>(hit.in_text.end));
    item_begin.push_back(static_cast<std::int64_t>(hit.in_item.begin));
    item_end.push_back(static_cast<std::int64_t>(hit.in_item.end));
    tokens.push_back(static_cast<std::int64_t>(hit.tokens));
    longest_run.push_back(static_cast<std::int64_t>(hit.longest_run));
  }
  TableMaker hits;
  documents.add_to(hits, "");
  hits.add("set", std::move(set))
      .add("item", std::move(item))
      .add("kind", std::move(kinds))
      .add("has_answer", std::move(has_answer))
      .add("answer_near", std::move(answer_near))
      .add("begin", std::move(begin))
      .add("end", std::move(end))
      .add("item_begin", std::move(item_begin))
      .add("item_end", std::move(item_end))
      .add("tokens", std::move(tokens))
      .add("longest_run", std::move(longest_run));
  Texts names;
  Integers counts[5];
  for (const SearchedSet& searched : found.sets) {
    names.push_back(searched.set);
    const std::uint64_t values[] = {searched.items, searched.too_short, searched.found,
                                    searched.found_with_answer, searched.documents};
    for (std::size_t i = 0; i < 5; ++i) counts[i].push_back(static_cast<std::int64_t>(values[i]));
  }
  TableMaker searched;
  searched.add("set", std::move(names))
      .add("items", std::move(counts[0]))
      .add("too_short", std::move(counts[1]))
      .add("found", std::move(counts[2]))
      .add("found_with_answer", std::move(counts[3]))
      .add("documents", std::move(counts[4]));
  return nb::make_tuple(hits.take(), searched.take(), rejected_table(found.rejected));
}

namespace {

TablePointer documents_table(const std::vector<ExtractedDocument>& documents) {
  References places;
  Texts titles, times, authors, sites, urls, languages, texts;
  for (const ExtractedDocument& document : documents) {
    places.push_back(document.document);
    titles.push_back(document.title);
    times.push_back(document.time);
    authors.push_back(document.author);
    sites.push_back(document.site);
    urls.push_back(document.url);
    languages.push_back(document.language);
    texts.push_back(document.text);
  }
  TableMaker table;
  places.add_to(table, "");
  table.add("title", std::move(titles))
      .add("date", std::move(times))
      .add("author", std::move(authors))
      .add("site", std::move(sites))
      .add("url", std::move(urls))
      .add("language", std::move(languages))
      .add("text", std::move(texts));
  return table.take();
}

}  // namespace

nb::tuple extract_tables(const Source& source, const RunArguments& run) {
  DocumentsExtracted found;
  run_supervised(run, [&](const RunSettings& s) { found = extract(source.documents(), s); });
  return nb::make_tuple(documents_table(found.documents), rejected_table(found.rejected));
}

TablePointer page_table(const std::vector<nb::bytes>& pages, const std::vector<std::string>& urls,
                        bool all_text) {
  std::vector<std::string_view> views;
  for (const nb::bytes& page : pages) views.emplace_back(page.c_str(), page.size());
  std::vector<ExtractedDocument> documents;
  {
    const nb::gil_scoped_release released;
    for (std::size_t i = 0; i < views.size(); ++i) {
      const std::string_view url = i < urls.size() ? std::string_view(urls[i]) : std::string_view();
      documents.push_back(extract_page(views[i], {.url = url, .all_text = all_text}));
      documents.back().document.id = std::to_string(i);
      documents.back().document.row = i;
    }
  }
  return documents_table(documents);
}

nb::dict compare_values(std::string_view a, std::string_view b, std::size_t min_tokens) {
  ComparedTexts found;
  {
    const nb::gil_scoped_release released;
    found = compare(a, b, min_tokens);
  }
  nb::list passages;
  for (const MatchedPassage& passage : found.passages) {
    nb::dict row;
    row["a_begin"] = passage.a.begin;
    row["a_end"] = passage.a.end;
    row["b_begin"] = passage.b.begin;
    row["b_end"] = passage.b.end;
    row["tokens"] = passage.tokens;
    row["similarity"] = passage.similarity;
    passages.append(row);
  }
  nb::dict values;
  values["same_tokens"] = found.same_tokens;
  values["jaccard"] = found.jaccard;
  values["containment_a"] = found.containment_a;
  values["containment_b"] = found.containment_b;
  values["longest_run"] = found.longest_run;
  values["passages"] = passages;
  return values;
}

}  // namespace copydesk::python
