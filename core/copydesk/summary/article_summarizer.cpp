// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/article_summarizer.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/summary/candidate_marks.h"
#include "copydesk/summary/ranked_part.h"
#include "copydesk/summary/sentence_features.h"
#include "copydesk/summary/sentence_openings.h"
#include "copydesk/summary/term_rows.h"
#include "copydesk/summary/term_weights.h"
#include "copydesk/summary/text_shape.h"
#include "copydesk/text/note_numbers.h"
#include "copydesk/text/one_line.h"
#include "copydesk/text/text_stemmer.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {
namespace {

void require(bool condition, const char* message) {
  if (!condition) throw Error(ErrorCode::kInvalidOption, message);
}

void check(const SummaryOptions& options) {
  const DirectedCentralityOptions& centrality = options.centrality;
  require(centrality.direction >= -1.0 && centrality.direction <= 1.0, "direction is in [-1, 1]");
  require(centrality.tf_exponent >= 0.0, "the exponent of occurrences is not negative");
  require(centrality.norm_exponent >= 0.0 && centrality.norm_exponent <= 1.0,
          "the exponent of the norm is in [0, 1]");
  require(centrality.idf_exponent >= 0.0, "the exponent of the IDF is not negative");
  const BudgetOptions& budget = options.selection.budget;
  require(budget.sentences > 0 && budget.words > 0 && budget.characters > 0 && budget.bytes > 0,
          "a budget is at least 1");
  require(budget.ratio >= 0.0 && budget.ratio <= 1.0, "a ratio is in (0, 1]");
  require(options.weights.novelty >= 0.0, "the weight of novelty is not negative");
  require(options.selection.mmr > 0.0 && options.selection.mmr <= 1.0, "mmr is in (0, 1]");
  const ReferenceRankerOptions& reference = options.reference;
  require(reference.threshold >= 0.0 && reference.threshold <= 1.0, "the threshold is in [0, 1]");
  require(reference.damping >= 0.0 && reference.damping < 1.0, "damping is in [0, 1)");
  require(reference.beta >= 0.0 && reference.beta <= 1.0, "beta is in [0, 1]");
  require(reference.lambda >= 0.0 && reference.lambda <= 1.0, "lambda is in [0, 1]");
}

// Depends on the order; two additions for each token, which are good hashes already.
std::uint64_t hash_of(std::span<const std::uint64_t> tokens) {
  std::uint64_t sum = 0, sum_of_sums = 0;
  for (const std::uint64_t token : tokens) {
    sum += token;
    sum_of_sums += sum;
  }
  return sum ^ sum_of_sums * 0x9E3779B97F4A7C15u;
}

// The first token from `token` on that begins at `at` or behind it.
std::size_t first_token_from(std::size_t token, std::size_t at, std::span<const TextSpan> spans) {
  while (token + 4 <= spans.size()) {
    // Four at once, because nothing predicts how many words a sentence has.
    std::size_t before = 0;
    for (std::size_t i = 0; i < 4; ++i) before += spans[token + i].begin < at ? 1 : 0;
    token += before;
    if (before < 4) return token;
  }
  while (token < spans.size() && spans[token].begin < at) ++token;
  return token;
}

}  // namespace

struct ArticleSummarizer::State {
  State(const SummaryOptions& chosen, const CorpusIdf* idf)
      : options(chosen), splitter(chosen.splitting), stemmer(chosen.stem) {
    // References are to choose as in their papers.
    options.selection.novelty =
        options.method == RankMethod::kDirected ? options.weights.novelty : 0.0;
    if (idf == nullptr) return;
    const bool is_directed = options.method == RankMethod::kDirected;
    corpus_weights.emplace(*idf, is_directed ? options.centrality.idf_exponent : 1.0);
    options.centrality.idf_exponent = 1.0;
  }

  void tokenize(std::string_view text, TokenList& list) {
    tokenizer.tokenize(text, list);
    stemmer.stem(language, tokenizer.folded(), list);
  }
  void find_sentences(const SummaryInput& input);
  void admit_if_nothing_is_left();
  void find_terms(const SummaryInput& input);
  void weigh_terms();
  void mark_known(std::string_view earlier);
  void mark_required(std::string_view text);
  void find_missing(const Summary& summary, std::vector<std::string>& missing);
  void score(Summary& summary);
  void score_directed(Summary& summary);

  SummaryOptions options;
  SentenceSplitter splitter;
  Tokenizer tokenizer;
  TextStemmer stemmer;
  std::string_view language;  // of the text
  TokenList tokens, extra_tokens;
  SentenceList sentences, earlier_sentences;
  TermIndexer indexer;
  TermRows rows;
  std::size_t title_row = 0, query_row = 0;  // 0: there is none
  std::optional<TermWeights> corpus_weights;
  std::vector<float> weights;            // by term
  std::vector<std::uint32_t> frequency;  // by term
  DirectedCentrality centrality;
  std::vector<float> central;
  std::vector<double> title_cosines, query_shares;  // by sentence
  std::vector<double> reference_scores;
  std::vector<Candidate> candidates;
  std::vector<TokenRange> token_ranges;    // of sentences that vote; empty for others
  std::size_t votes = 0;                   // how many they are
  std::vector<std::uint32_t> by_content;   // 1 + the first sentence with the content, by its hash
  std::vector<std::uint32_t> first_token;  // by sentence, and the end of the last
  Selection selection;
  StopFlag stop;
};

void ArticleSummarizer::State::find_sentences(const SummaryInput& input) {
  language = input.language;
  splitter.set_language(language);
  splitter.split(input.text, sentences);
  tokenizer.tokenize_with_spans(input.text, tokens);
  stemmer.stem(language, tokenizer.folded(), tokens);
  candidates.resize(sentences.size());
  first_token.resize(sentences.size() + 1);
  std::size_t token = 0, excluded = 0;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (i % 4096 == 0) stop.check();
    const TextSpan span = sentences.spans[i];
    const std::size_t first = first_token_from(token, span.begin, tokens.spans);
    token = first_token_from(first, span.end, tokens.spans);
    first_token[i] = static_cast<std::uint32_t>(first);
    first_token[i + 1] = static_cast<std::uint32_t>(token);
    Candidate& candidate = candidates[i];
    candidate = {};
    candidate.span = span;
    find_features(input.text, splitter.marks(), span, static_cast<std::uint32_t>(token - first),
                  candidate.features);
    if (token == first) candidate.features.words = 0;
    candidate.content = hash_of(std::span(tokens.hashes).subspan(first, token - first));
    while (excluded < input.excluded.size() && input.excluded[excluded].end <= span.begin)
      ++excluded;
    candidate.is_excluded =
        excluded < input.excluded.size() && input.excluded[excluded].begin < span.end;
  }
  mark_questions(sentences.paragraphs, candidates);
  mark_weak(input.text, options.fewest_words, candidates);
}

// A text that is a repeated block from end to end, as a copy in a corpus of copies is, is
// summarized all the same.
void ArticleSummarizer::State::admit_if_nothing_is_left() {
  const bool has_any = std::any_of(candidates.begin(), candidates.end(), [](const Candidate& c) {
    return !c.is_excluded && c.features.words > 0;
  });
  if (has_any) return;
  for (Candidate& candidate : candidates) candidate.is_excluded = false;
}

// Sentences that must not vote become rows without terms.
void ArticleSummarizer::State::find_terms(const SummaryInput& input) {
  token_ranges.clear();
  votes = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const bool is_silent = candidates[i].is_excluded || candidates[i].is_repeated;
    votes += is_silent ? 0 : 1;
    token_ranges.push_back({first_token[i], is_silent ? first_token[i] : first_token[i + 1]});
  }
  indexer.start(tokens.size(), rows);
  indexer.append(tokens.hashes, token_ranges, rows);
  title_row = query_row = 0;
  const auto append = [this](std::string_view text) -> std::size_t {
    tokenize(text, extra_tokens);
    if (extra_tokens.size() == 0) return 0;
    indexer.append(extra_tokens.hashes, rows);
    return rows.rows() - 1;
  };
  if (!input.title.empty()) title_row = append(input.title);
  if (!options.query.empty()) query_row = append(options.query);
}

// Without a corpus, the sentences of the text are the corpus.
void ArticleSummarizer::State::weigh_terms() {
  if (corpus_weights) {
    corpus_weights->find(rows.vocabulary, weights);
    return;
  }
  weights.resize(rows.terms());
  frequency.assign(rows.terms(), 0);
  for (const std::uint32_t term : rows.term) ++frequency[term];
  const auto count = static_cast<double>(
      std::count_if(rows.tokens.begin(), rows.tokens.end(), [](std::uint32_t n) { return n > 0; }));
  for (std::size_t term = 0; term < rows.terms(); ++term) {
    weights[term] = static_cast<float>(std::log((count + 1.0) / (frequency[term] + 0.5)));
  }
}

// Known is what stands in the earlier version word by word, and what brings little that is new: at
// most a quarter of its distinct pairs of neighboring tokens.
void ArticleSummarizer::State::mark_known(std::string_view earlier) {
  if (earlier.empty()) return;
  const auto pair_of = [](std::uint64_t a, std::uint64_t b) {
    return (a * 0x9E3779B97F4A7C15u) ^ b;
  };
  tokenize(earlier, extra_tokens);
  std::vector<std::uint64_t> pairs;  // ascending
  const std::vector<std::uint64_t>& old = extra_tokens.hashes;
  pairs.reserve(2 * old.size());
  for (std::size_t i = 0; i < old.size(); ++i) {
    pairs.push_back(pair_of(i > 0 ? old[i - 1] : 0, old[i]));
    pairs.push_back(pair_of(0, old[i]));
  }
  std::sort(pairs.begin(), pairs.end());
  for (std::size_t s = 0; s < candidates.size(); ++s) {
    std::size_t known = 0, all = 0;
    for (std::size_t i = first_token[s]; i < first_token[s + 1]; ++i) {
      // The first token has no neighbor in front of it that counts.
      const std::uint64_t before = i > first_token[s] ? tokens.hashes[i - 1] : 0;
      ++all;
      known += std::binary_search(pairs.begin(), pairs.end(), pair_of(before, tokens.hashes[i]));
    }
    candidates[s].is_known = all > 0 && 4 * known >= 3 * all;
  }
}

// The best sentence with all tokens of each term.
void ArticleSummarizer::State::mark_required(std::string_view text) {
  for (const std::string& term : options.must_include) {
    stop.check();
    tokenize(term, extra_tokens);
    const std::vector<std::uint64_t>& wanted = extra_tokens.hashes;
    if (wanted.empty()) continue;
    std::size_t best = candidates.size();
    for (std::size_t s = 0; s < candidates.size(); ++s) {
      const auto begin = tokens.hashes.begin() + first_token[s];
      const auto end = tokens.hashes.begin() + first_token[s + 1];
      const bool has_term = std::search(begin, end, wanted.begin(), wanted.end()) != end;
      const Candidate& candidate = candidates[s];
      if (!has_term || candidate.is_excluded || candidate.is_known) continue;
      const auto merit = [&](std::size_t i) {
        const Candidate& c = candidates[i];
        const bool stands_alone = !options.selection.avoid_dangling || i == 0 ||
                                  find_opening(c.span.of(text)) == Opening::kPlain;
        return std::tuple(!c.features.is_unbalanced && !c.is_weak, stands_alone, c.score);
      };
      if (best == candidates.size() || merit(s) > merit(best)) best = s;
    }
    if (best < candidates.size()) candidates[best].is_required = true;
  }
}

void ArticleSummarizer::State::find_missing(const Summary& summary,
                                            std::vector<std::string>& missing) {
  for (const std::string& term : options.must_include) {
    tokenize(term, extra_tokens);
    const std::vector<std::uint64_t>& wanted = extra_tokens.hashes;
    bool is_there = false;
    for (std::size_t s = 0; s < summary.sentences.size() && !is_there; ++s) {
      const TextSpan span = summary.span_of(summary.sentences[s]);
      if (span.empty()) continue;
      const auto begin = tokens.hashes.begin() + first_token[s];
      auto end = tokens.hashes.begin() + first_token[s + 1];
      while (end != begin && tokens.spans[end - 1 - tokens.hashes.begin()].end > span.end) --end;
      is_there = std::search(begin, end, wanted.begin(), wanted.end()) != end;
    }
    if (!is_there || wanted.empty()) missing.push_back(term);
  }
}

void ArticleSummarizer::State::score_directed(Summary& summary) {
  centrality.weigh(rows, weights, options.centrality);
  central.resize(sentences.size());
  const DirectedCentralityOptions& ranking = options.centrality;
  const TextShape shape = shape_of(candidates, options.selection.budget);
  centrality.score(
      central, ranking.follows_budget ? direction_for(ranking.direction, shape) : ranking.direction,
      title_row > 0 ? title_row : DirectedCentrality::kNoRow, title_cosines);
  const double scale = 1.0 / std::sqrt(static_cast<double>(std::max<std::size_t>(votes, 1)));
  if (query_row > 0) centrality.shares(query_row, query_shares, sentences.size());
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    ScoreParts& parts = summary.sentences[i].score;
    parts.centrality = scale * central[i];
    if (title_row > 0) parts.title = options.weights.title * title_cosines[i];
    parts.position = options.weights.position / (1.0 + static_cast<double>(i));
    if (candidates[i].features.has_quotation) parts.quotation = -options.weights.quotation;
    if (candidates[i].features.is_question) parts.question = -options.weights.question;
    if (candidates[i].features.has_number) parts.number = options.weights.number;
    const std::uint32_t words = candidates[i].features.words;
    parts.length =
        options.weights.extent * extent_of(words, shape) - options.weights.length * words;
    if (query_row > 0) parts.query = options.weights.query * query_shares[i];
    parts.total = parts.centrality + parts.title + parts.position + parts.number + parts.quotation +
                  parts.question + parts.length + parts.query;
  }
}

void ArticleSummarizer::State::score(Summary& summary) {
  if (options.method == RankMethod::kDirected) {
    score_directed(summary);
  } else {
    score_by_reference(options.method, rows, sentences.size(), weights, options.reference, stop,
                       reference_scores);
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      summary.sentences[i].score.total = reference_scores[i];
    }
    if (options.selection.mmr < 1.0) centrality.weigh(rows, weights, {0.5, 1.0, 1.0, 1.0});
  }
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    candidates[i].score = summary.sentences[i].score.total;
  }
}

TextSpan Summary::span_of(const SummarySentence& sentence) const {
  if (sentence.verdict == Verdict::kChosen) return sentence.span;
  return sentence.verdict == Verdict::kCut ? cut : TextSpan{};
}

ArticleSummarizer::ArticleSummarizer(const SummaryOptions& options, const CorpusIdf* idf) {
  check(options);
  state_ = std::make_unique<State>(options, idf);
}
ArticleSummarizer::~ArticleSummarizer() = default;
ArticleSummarizer::ArticleSummarizer(ArticleSummarizer&&) noexcept = default;
ArticleSummarizer& ArticleSummarizer::operator=(ArticleSummarizer&&) noexcept = default;

void ArticleSummarizer::summarize(const SummaryInput& whole, Summary& summary) {
  State& state = *state_;
  SummaryInput input = whole;
  summary.ranked_bytes = ranked_size(whole.text);
  input.text = whole.text.substr(0, summary.ranked_bytes);
  input.earlier = whole.earlier.substr(0, ranked_size(whole.earlier));
  state.stop = whole.stop;
  state.find_sentences(input);
  state.stop.check();
  summary.sentences.assign(state.sentences.size(), {});
  summary.cut = {};
  summary.missing.clear();
  if (state.sentences.size() == 0) {
    summary.missing = state.options.must_include;
    return;
  }
  if (!input.excluded.empty()) state.admit_if_nothing_is_left();
  mark_repeated(state.candidates, state.by_content);
  state.find_terms(input);
  state.weigh_terms();
  state.stop.check();
  state.mark_known(input.earlier);
  state.score(summary);
  state.mark_required(input.text);
  if (state.options.selection.novelty > 0.0) state.centrality.uncover();
  DirectedCentrality& centrality = state.centrality;
  select_sentences(input.text, state.candidates, state.options.selection,
                   {[&centrality](std::size_t i, std::size_t first, std::span<double> out) {
                      centrality.cosines_between(i, first, out);
                    },
                    [&centrality](std::size_t i) { return centrality.covered(i); },
                    [&centrality](std::size_t i) { centrality.cover(i); }},
                   state.stop, state.selection);
  summary.cut = state.selection.cut;
  for (std::size_t i = 0; i < summary.sentences.size(); ++i) {
    SummarySentence& sentence = summary.sentences[i];
    sentence.span = state.sentences.spans[i];
    sentence.paragraph = state.sentences.paragraphs[i];
    sentence.verdict = state.selection.verdicts[i];
    if (!state.selection.overlaps.empty()) {
      sentence.score.overlap = 0.0 - state.selection.overlaps[i];
    }
  }
  if (!state.options.must_include.empty()) state.find_missing(summary, summary.missing);
}

void append_abstract_sentence(std::string& abstract, std::string_view sentence,
                              std::string_view separator, LineHyphens hyphens) {
  if (!abstract.empty()) {
    // Ideographic and full-width punctuation: U+3001 to U+303F and U+FF01 to U+FF65.
    const std::string_view end = std::string_view(abstract).substr(
        abstract.size() - std::min<std::size_t>(abstract.size(), 3));
    const bool is_spaceless =
        end.starts_with("\xE3\x80") || end.starts_with("\xEF\xBC") || end.starts_with("\xEF\xBD");
    if (!is_spaceless || separator != " ") abstract += separator;
  }
  std::string without_notes;
  append_without_note_numbers(without_notes, sentence);
  append_on_one_line(abstract, without_notes, hyphens);
}

void append_abstract(std::string& out, std::string_view text, const Summary& summary,
                     std::string_view separator) {
  std::string abstract;
  const LineHyphens hyphens = find_line_hyphens(text);
  for (const SummarySentence& sentence : summary.sentences) {
    const TextSpan span = summary.span_of(sentence);
    if (!span.empty()) append_abstract_sentence(abstract, span.of(text), separator, hyphens);
  }
  out += abstract;
}

}  // namespace copydesk
