// SPDX-License-Identifier: Apache-2.0
//
// Sentences are in order, apart, on the borders of characters, and hold all that is not white space.
#include <unicode/uchar.h>

#include <iterator>
#include <string>
#include <string_view>

#include "copydesk/text/sentence_splitter.h"
#include "property.h"
#include "valid_text.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

namespace {

// White space, and the byte order mark, which is a space of no width.
bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCharacter character = decode_utf8(text.data() + at);
    const auto code = static_cast<UChar32>(character.code_point);
    if (!u_isUWhiteSpace(code) && code != 0xFEFF) return false;
    at += character.length;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const char* const kLanguages[] = {"", "en", "de", "ru", "zh", "fr"};
  Choices choices(data, size);
  SentenceSplitterOptions options;
  options.language = kLanguages[choices.next(std::size(kLanguages))];
  options.quotations = choices.next(2) == 0 ? Quotations::kSplit : Quotations::kKeepTogether;
  const std::string text = fuzz::valid_text(choices.rest());
  SentenceSplitter splitter(options);
  SentenceList sentences;
  splitter.split(text, sentences);
  require(sentences.paragraphs.size() == sentences.size(), "every sentence has its paragraph");
  std::size_t at = 0;
  std::uint32_t paragraph = 0;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const TextSpan& span = sentences.spans[i];
    require(fuzz::is_span_of(text, span) && !span.empty(), "sentences lie in the text");
    require(span.begin >= at, "sentences are in order");
    require(is_blank(std::string_view(text).substr(at, span.begin - at)), "nothing is lost");
    require(sentences.paragraphs[i] >= paragraph, "paragraphs are in order");
    paragraph = sentences.paragraphs[i];
    at = span.end;
  }
  require(is_blank(std::string_view(text).substr(at)), "nothing is lost at the end");
  return 0;
}
