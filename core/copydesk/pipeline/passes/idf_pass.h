#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The pass that counts in how many documents each term stands, and the files such counts are kept
// in.

#include <string>

#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/pipeline/passes/story_texts.h"
#include "copydesk/summary/corpus_idf.h"
#include "copydesk/text/language_detector.h"
#include "copydesk/text/text_tokenizer.h"

namespace copydesk {

// Reads all of `reader`. `stem` is the language of the stems to be counted, empty for words; with
// "auto" it is the language of each text by `languages`, under whose are_named the field
// fields.order names it. Takes 16 MiB a thread. Throws Error{kInvalidOption} if there is no such
// stemmer.
CorpusIdf count_idf(CorpusReader& reader, const std::string& stem,
                    const TextLanguages& languages = {});

// The same of tokens as TextTokenizer has them: of texts that do not say what they are, `kind`.
CorpusIdf count_token_idf(CorpusReader& reader, TokenKind kind, const FoldOptions& fold);

// As count_idf, but what counts as one text is an article or a story of a page: see StoryTexts.
CorpusIdf count_story_idf(CorpusReader& reader, const std::string& stem,
                          const TextLanguages& languages, PageMode mode);

// Throws Error{kCannotOpen}, Error{kCannotRead}, Error{kCorruptFile}.
CorpusIdf load_idf(const std::string& path);

}  // namespace copydesk
