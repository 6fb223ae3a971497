#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The language of a text, for what depends on it: abbreviations, stems, the words that open
// sentences. A record may name its language; where it does not, the text is looked at. "Le pont est
// fermé depuis lundi." is "fr"; "eng_Latn" in a record is "en".

#include <string>
#include <string_view>

namespace copydesk {

// The language of a text as an ISO 639-1 code, by the script of its first letters and, in the Latin
// script, by their sequences of three. Empty where nothing speaks clearly for one: fewer than a
// dozen letters, tables, names. Looks at the first 400 bytes. REQUIRES: `text` is valid UTF-8.
// Thread-safe.
[[nodiscard]] std::string_view detect_language(std::string_view text);

// The language that a record names ("en", "en-GB", "EN_us", "eng", "eng_Latn"), as an ISO 639-1
// code where it has one; where it names none that can be read, that of the text.
[[nodiscard]] std::string language_of(std::string_view named, std::string_view text);

// Whether ISO 639-1 has the two letters, or whether there are three, of which nobody keeps count here.
[[nodiscard]] bool is_language_code(std::string_view code);

// How a run tells the languages of its texts.
struct TextLanguages {
  std::string all = {};        // that of every text, or empty: each text has its own
  bool are_named = true;       // whether records name theirs

  // `named` is what the record says: with all = "de" always "de".
  [[nodiscard]] std::string of(std::string_view named, std::string_view text) const;
};

}  // namespace copydesk
