// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/pipeline/blocks/blocks_run.h"
#include "copydesk/pipeline/split/split_run.h"
#include "pipeline/small_corpora.h"

namespace copydesk {
namespace {

using namespace tests;

struct BlocksRun {
  std::string output;
  BlocksResult result;
};

BlocksRun run(const TemporaryFolder& folder, const std::string& corpus, BlocksOptions options) {
  options.corpus.inputs = {folder.write("in.jsonl", corpus)};
  options.output_path = folder.path() + "/out.jsonl";
  BlocksRun run;
  run.result = run_blocks(options, {});
  run.output = folder.read("out.jsonl");
  return run;
}

BlocksOptions corpus_scope() {
  BlocksOptions options;
  options.mask.page = options.mask.site = false;
  return options;
}

std::string restored(const TemporaryFolder& folder, const std::string& cut) {
  CorpusOptions corpus;
  corpus.inputs = {folder.write("cut.jsonl", cut)};
  run_restore({corpus, "", folder.path() + "/restored.jsonl"}, {});
  return folder.read("restored.jsonl");
}

// The text of a record, which was written without escapes.
std::string text_of(const std::string& line) {
  return value_of(line, "text");
}

// Words without digits, which are all different for sites, too.
std::string letters(std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t i = first; i < first + count; ++i) {
    if (i > first) text += ' ';
    for (std::size_t rest = i + 26; rest > 0; rest /= 26) {
      text += static_cast<char>('a' + rest % 26);
    }
  }
  return text;
}

// Sentences of different words, some of which occur in many texts, alone or in runs; also in
// Chinese and Arabic, and with numbers in them.
std::string repeating_corpus(unsigned seed, std::size_t documents) {
  std::mt19937 random(seed);
  const auto sentence = [&](std::size_t number) {
    std::mt19937 words(static_cast<unsigned>(number));
    std::string text;
    const std::size_t script = number % 5;
    for (std::size_t i = 0, count = 6 + words() % 12; i < count; ++i) {
      if (script == 0) {
        for (int c = 0; c < 2; ++c) {
          const auto code = 0x4E00 + words() % 2000;
          text += {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63)),
                   static_cast<char>(0x80 | (code & 63))};
        }
      } else if (script == 1) {
        if (i > 0) text += ' ';
        for (int c = 0; c < 4; ++c) {
          const auto code = 0x628 + words() % 18;
          text += {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 63))};
        }
      } else {
        text += fmt::format("{}{}{}", i > 0 ? " " : "", i == 0 ? "W" : "w", words() % 5000);
      }
    }
    return text + (script == 0 ? "\u3002" : script == 1 ? ". " : ". ");
  };
  std::string corpus;
  std::size_t fresh = 1000;
  for (std::size_t d = 0; d < documents; ++d) {
    std::string text;
    for (std::size_t part = 0, parts = random() % 6; part < parts; ++part) {
      const std::size_t run = random() % 40 * 5;
      for (std::size_t i = 0, count = random() % 8; i < count; ++i) {
        text += random() % 2 == 0 ? sentence(run + i) : sentence(fresh++);
      }
      text += random() % 3 == 0 ? "\\n\\n" : "";
    }
    corpus += record(fmt::format("d{}", d), text);
  }
  return corpus;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(blocks_run)

BOOST_AUTO_TEST_CASE(threads_blocks_and_memory_do_not_show_and_all_is_restored) {
  const TemporaryFolder folder;
  const std::string corpus = repeating_corpus(1, 300);
  for (const int unit : {0, 1, 2, 3, 4}) {
    BlocksOptions options = corpus_scope();
    options.paragraphs = unit == 0 || unit == 4;
    options.sentences = unit == 1 || unit == 4;
    options.spans = unit >= 2;
    options.span_bounds = unit == 3 ? SpanBounds::kWord : SpanBounds::kSentence;
    options.least_paragraph_bytes = options.least_sentence_bytes = 20;
    options.least_tokens = 20;
    for (const BlocksOutput output : {BlocksOutput::kBlocks, BlocksOutput::kCut}) {
      options.output = output;
      const BlocksRun expected = run(folder, corpus, options);
      for (const std::size_t threads : {1, 2, 8}) {
        for (const std::size_t batch_bytes : {1, 5000}) {
          BlocksOptions other = options;
          other.corpus.threads = threads;
          other.corpus.reading.batch_bytes = batch_bytes;
          other.corpus.memory_bytes = threads == 2 ? 1 : 0;
          const BlocksRun found = run(folder, corpus, other);
          BOOST_TEST_CONTEXT("unit " << unit << " threads " << threads << " " << batch_bytes) {
            BOOST_TEST((found.output == expected.output));
            // The few paragraphs fit in what little there is.
            BOOST_TEST((threads == 2 && unit > 0) == (found.result.summary.disk_bytes > 0));
          }
        }
      }
      if (output == BlocksOutput::kCut) {
        BOOST_TEST(expected.output != corpus);
        BOOST_TEST((restored(folder, expected.output) == corpus));
      }
    }
  }
}

// What is cut stood before in the corpus, is made of whole sentences and at least as long as asked.
BOOST_AUTO_TEST_CASE(spans_are_repeats_of_whole_sentences) {
  const TemporaryFolder folder;
  std::size_t cuts = 0;
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const std::string corpus = repeating_corpus(seed, 60);
    BlocksOptions options = corpus_scope();
    options.spans = true;
    options.least_tokens = 15;
    const BlocksRun found = run(folder, corpus, options);
    const std::vector<std::string> records = lines_of(corpus);
    for (const std::string& line : lines_of(found.output)) {
      const std::size_t document = std::stoul(value_of(line, "id").substr(1));
      // Escapes of the record are one byte of its text.
      std::string text = text_of(records[document]);
      for (std::size_t at; (at = text.find("\\n")) != std::string::npos;) text.replace(at, 2, "\n");
      const auto number = [&](const char* key) {
        return std::stoul(
            line.substr(line.find(fmt::format("\"{}\":", key)) + 3 + std::string_view(key).size()));
      };
      const std::size_t begin = number("begin"), end = number("end");
      BOOST_TEST_REQUIRE(begin < end);
      BOOST_TEST_REQUIRE(end <= text.size());
      ++cuts;
      const auto ends_sentence = [&](std::size_t at) {
        while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n')) --at;
        return at == 0 || text[at - 1] == '.' || text.substr(at - 3, 3) == "\u3002";
      };
      BOOST_TEST(ends_sentence(begin));
      BOOST_TEST(ends_sentence(end));
      BOOST_TEST(number("count") >= 2u);
    }
  }
  BOOST_TEST(cuts > 50u);
}

BOOST_AUTO_TEST_CASE(copies_to_keep_are_kept) {
  const TemporaryFolder folder;
  std::string corpus;
  const std::string notice = "Notice " + words(0, 60) + ".";
  for (int i = 0; i < 6; ++i) {
    corpus +=
        record(fmt::format("d{}", i), fmt::format("Own words {} here. {} More {}.", i, notice, i));
  }
  for (const std::size_t keep : {0, 1, 3, 6}) {
    BlocksOptions options = corpus_scope();
    options.spans = true;
    options.keep = keep;
    options.output = BlocksOutput::kCut;
    const BlocksRun found = run(folder, corpus, options);
    std::size_t left = 0;
    for (const std::string& line : lines_of(found.output)) {
      left += text_of(line).find(notice) != std::string::npos;
    }
    BOOST_TEST(left == keep);
    BOOST_TEST((restored(folder, found.output) == corpus));
  }
}

BOOST_AUTO_TEST_CASE(scopes_do_not_cut_the_same_text_twice) {
  const TemporaryFolder folder;
  std::string corpus;
  const std::string menu = "Home and news and sport and weather for the whole coast";
  const std::string notice = words(0, 60) + ".";
  for (int i = 0; i < 4; ++i) {
    corpus +=
        fmt::format("{{\"id\":\"d{}\",\"site\":\"coast\",\"text\":\"{}\\n{} It was {}.\\n{}\"}}\n",
                    i, menu, notice, words(static_cast<std::size_t>(100 * (i + 1)), 30), menu);
  }
  BlocksOptions options;
  options.paragraphs = options.sentences = options.spans = true;
  options.output = BlocksOutput::kCut;
  const BlocksRun found = run(folder, corpus, options);
  BOOST_TEST((restored(folder, found.output) == corpus));
  BOOST_TEST(found.output.find("It was w400") != std::string::npos);
  BOOST_TEST(text_of(lines_of(found.output)[3]).find("Home") == std::string::npos);
  BOOST_TEST(text_of(lines_of(found.output)[3]).find(notice) == std::string::npos);
  BOOST_REQUIRE(found.result.summary.most_cut_sites.size() == 1u);
  BOOST_TEST(found.result.summary.most_cut_sites[0].site == "coast");
  BOOST_TEST(found.result.summary.most_cut_sites[0].pages == 4u);
  options.output = BlocksOutput::kAnnotated;
  const BlocksRun annotated = run(folder, corpus, options);
  std::set<std::string> ids;
  for (const std::string& line : lines_of(annotated.output)) {
    BOOST_TEST(line.ends_with("}]}"));
    ids.insert(value_of(line, "id"));
  }
  BOOST_TEST(ids.size() == 4u);
}

BOOST_AUTO_TEST_CASE(tables_lists_code_and_verse_survive_page_scope) {
  const TemporaryFolder folder;
  const char* const kTexts[] = {
      "| a | 1 |\\n| b | 2 |\\n| a | 1 |\\n| c | 3 |\\n| a | 1 |",
      "Shopping for the week:\\n- bread and milk and eggs\\n- apples from the market\\n- bread and "
      "milk and eggs\\n- tea",
      "for (int i = 0; i < n; ++i) {\\n  sum += a[i];\\n}\\nfor (int i = 0; i < n; ++i) {\\n  sum "
      "+= "
      "a[i];\\n}",
      "The tide goes out at seven\\nThe boats lie on the sand\\nAnd all the bells of heaven\\nRing "
      "over sea and land\\nThe gulls come in at seven\\nThe nets lie on the sand\\nAnd all the "
      "bells "
      "of heaven\\nRing over sea and land"};
  std::string corpus;
  for (const char* const text : kTexts) corpus += record("d", text);
  BlocksOptions options;
  options.output = BlocksOutput::kCut;
  BOOST_TEST((run(folder, corpus, options).output == corpus));
}

BOOST_AUTO_TEST_CASE(paragraphs_of_one_site_need_not_count) {
  const TemporaryFolder folder;
  std::string corpus;
  const std::string shared = words(0, 40), own = words(100, 40);
  for (int i = 0; i < 4; ++i) {
    corpus += fmt::format("{{\"id\":\"d{}\",\"site\":\"s{}\",\"text\":\"{}\"}}\n", i, i / 2,
                          i == 1 || i == 3 ? shared : own + (i < 2 ? "" : " x"));
  }
  corpus += fmt::format("{{\"id\":\"d4\",\"site\":\"s0\",\"text\":\"{}\"}}\n", own);
  BlocksOptions options = corpus_scope();
  options.paragraphs = true;
  options.masks_numbers = false;
  BOOST_TEST(run(folder, corpus, options).result.summary.repeated_paragraphs == 4u);
  options.least_sites = 2;
  BOOST_TEST(run(folder, corpus, options).result.summary.repeated_paragraphs == 2u);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_said_before_any_work) {
  const TemporaryFolder folder;
  BlocksOptions options = corpus_scope();
  options.paragraphs = true;
  options.least_count = 1;
  BOOST_CHECK_THROW(run(folder, "", options), Error);
  options = corpus_scope();
  options.spans = true;
  options.least_tokens = 3;
  BOOST_CHECK_THROW(run(folder, record("a", "b"), options), Error);
}

BOOST_AUTO_TEST_CASE(masked_pages_are_compared_without_their_menus) {
  std::string corpus;
  std::string menu, footer;
  for (int i = 0; i < 30; ++i)
    menu +=
        fmt::format("Menu entry {} of the site\\n", letters(static_cast<std::size_t>(i) * 7, 3));
  for (int i = 0; i < 6; ++i) {
    corpus += fmt::format("{{\"id\":\"d{}\",\"site\":\"coast\",\"text\":\"{}{}\\n\"}}\n", i, menu,
                          letters(static_cast<std::size_t>(1000 + 100 * i), 25));
  }
  // The same story without any menu, from elsewhere.
  corpus += record("copy", letters(1300, 25));
  const TemporaryFolder folder;
  DedupOptions options;
  BOOST_TEST(
      dedup(folder, {folder.write("in.jsonl", corpus)}, options).result.summary.removed_near == 5u);
  options.search.mask.site = true;
  const DedupOutput masked = dedup(folder, {folder.write("in.jsonl", corpus)}, options);
  BOOST_TEST(masked.result.summary.removed_near + masked.result.summary.removed_same_words == 1u);
  BOOST_TEST(value_of(masked.decisions, "id") == "copy");
  BOOST_TEST(value_of(masked.decisions, "kept_id") == "d3");
}

BOOST_AUTO_TEST_CASE(prose_is_split_into_its_topics) {
  const TemporaryFolder folder;
  std::string text;
  std::vector<std::size_t> begins;
  std::mt19937 random(4);
  for (int topic = 0; topic < 4; ++topic) {
    begins.push_back(text.size());
    for (int sentence = 0; sentence < 10; ++sentence) {
      text += "The";
      for (int word = 0; word < 9; ++word)
        text += fmt::format(" {}{:c}{:c}", "kmpt"[topic], 'a' + random() % 4, 'a' + random() % 5);
      text += ". ";
    }
  }
  SplitOptions options;
  options.corpus.inputs = {folder.write("in.txt", text)};
  options.method = SplitMethod::kProse;
  options.output_path = folder.path() + "/out.jsonl";
  BOOST_TEST(run_split(options, {}).summary.stories == 4u);
  std::size_t next = 0;
  for (const std::string& line : lines_of(folder.read("out.jsonl"))) {
    BOOST_TEST(line.find(fmt::format("\"begin\":{},", begins[next++])) != std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
