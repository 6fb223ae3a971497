// SPDX-License-Identifier: Apache-2.0
//
// M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, steps 1a to 5b, with the
// departures of NLTK's default mode, each marked "NLTK" below. A step tries its suffixes in order;
// the first that matches decides, whether or not its condition lets it act.
#include "copydesk/evaluate/porter_stemmer.h"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace copydesk {
namespace {

struct Irregular {
  std::string_view word, stem;
};

// NLTK: looked up before anything else.
constexpr std::array kIrregular = {
    Irregular{"sky", "sky"},          Irregular{"skies", "sky"},
    Irregular{"dying", "die"},        Irregular{"lying", "lie"},
    Irregular{"tying", "tie"},        Irregular{"news", "news"},
    Irregular{"innings", "inning"},   Irregular{"inning", "inning"},
    Irregular{"outings", "outing"},   Irregular{"outing", "outing"},
    Irregular{"cannings", "canning"}, Irregular{"canning", "canning"},
    Irregular{"howe", "howe"},        Irregular{"proceed", "proceed"},
    Irregular{"exceed", "exceed"},    Irregular{"succeed", "succeed"},
};

bool is_plain_vowel(char letter) {
  return letter == 'a' || letter == 'e' || letter == 'i' || letter == 'o' || letter == 'u';
}

// Whether a letter is a consonant, given the answer for the letter before it: a "y" is one at the
// start of the word and after a vowel.
bool is_consonant(char letter, bool first, bool consonant_before) {
  if (letter == 'y') return first || !consonant_before;
  return !is_plain_vowel(letter);
}

// What the conditions of the rules ask about a stem, found in one pass over it.
struct StemShape {
  std::size_t measure = 0;  // m: number of vowel-to-consonant turns
  bool has_vowel = false;   // *v*
  bool ends_in_consonant = false;
  bool ends_double = false;  // *d
  bool ends_short = false;   // *o
};

StemShape shape_of(std::string_view stem) {
  StemShape shape;
  bool last = false, before_last = false, third_last = false;  // consonant flags
  for (std::size_t i = 0; i < stem.size(); ++i) {
    const bool consonant = is_consonant(stem[i], i == 0, last);
    if (!consonant) shape.has_vowel = true;
    if (i > 0 && consonant && !last) ++shape.measure;
    third_last = before_last;
    before_last = last;
    last = consonant;
  }
  const std::size_t size = stem.size();
  if (size == 0) return shape;
  const char end = stem[size - 1];
  shape.ends_in_consonant = last;
  shape.ends_double = size >= 2 && last && end == stem[size - 2];
  const bool turns = size >= 2 && last && !before_last;
  // NLTK: a stem of just vowel and consonant ("us" of "used") ends short as well.
  shape.ends_short = (size == 2 && turns) ||
                     (size >= 3 && turns && third_last && end != 'w' && end != 'x' && end != 'y');
  return shape;
}

bool ends_with(std::string_view word, std::string_view suffix) {
  return word.ends_with(suffix);
}

std::string_view without(std::string_view word, std::string_view suffix) {
  return word.substr(0, word.size() - suffix.size());
}

void replace_suffix(std::string& word, std::string_view suffix, std::string_view replacement) {
  word.resize(word.size() - suffix.size());
  word.append(replacement);
}

struct Rule {
  std::string_view suffix, replacement;
};

// Applies the first rule whose suffix matches, if the measure of what stands before the suffix is
// above `least`.
void apply_first(std::string& word, std::span<const Rule> rules, std::size_t least) {
  for (const Rule& rule : rules) {
    if (!ends_with(word, rule.suffix)) continue;
    if (shape_of(without(word, rule.suffix)).measure > least) {
      replace_suffix(word, rule.suffix, rule.replacement);
    }
    return;
  }
}

// Plurals.
void step_1a(std::string& word) {
  if (ends_with(word, "ies")) {
    // NLTK: "dies" becomes "die", not "di".
    replace_suffix(word, "ies", word.size() == 4 ? "ie" : "i");
  } else if (ends_with(word, "sses")) {
    replace_suffix(word, "sses", "ss");
  } else if (ends_with(word, "s") && !ends_with(word, "ss")) {
    word.pop_back();
  }
}

// Past tense and -ing.
void step_1b(std::string& word) {
  if (ends_with(word, "ied")) {
    // NLTK: "died" becomes "die", "spied" becomes "spi".
    replace_suffix(word, "ied", word.size() == 4 ? "ie" : "i");
    return;
  }
  if (ends_with(word, "eed")) {
    if (shape_of(without(word, "eed")).measure > 0) word.pop_back();
    return;
  }
  const std::string_view suffix = ends_with(word, "ed")    ? "ed"
                                  : ends_with(word, "ing") ? "ing"
                                                           : "";
  if (suffix.empty()) return;
  const StemShape shape = shape_of(without(word, suffix));
  if (!shape.has_vowel) return;
  word.resize(word.size() - suffix.size());
  if (ends_with(word, "at") || ends_with(word, "bl") || ends_with(word, "iz")) {
    word.push_back('e');
  } else if (shape.ends_double) {
    const char end = word.back();
    if (end != 'l' && end != 's' && end != 'z') word.pop_back();
  } else if (shape.measure == 1 && shape.ends_short) {
    word.push_back('e');
  }
}

// NLTK: y turns to i only after a consonant that is not the first letter ("happi", but "enjoy",
// "say", "by").
void step_1c(std::string& word) {
  if (!ends_with(word, "y")) return;
  const std::string_view stem = without(word, "y");
  if (stem.size() > 1 && shape_of(stem).ends_in_consonant) word.back() = 'i';
}

void step_2(std::string& word) {
  static constexpr std::array kRules = {
      Rule{"ational", "ate"}, Rule{"tional", "tion"}, Rule{"enci", "ence"},
      Rule{"anci", "ance"},   Rule{"izer", "ize"},    Rule{"bli", "ble"},
      Rule{"alli", "al"},     Rule{"entli", "ent"},   Rule{"eli", "e"},
      Rule{"ousli", "ous"},   Rule{"ization", "ize"}, Rule{"ation", "ate"},
      Rule{"ator", "ate"},    Rule{"alism", "al"},    Rule{"iveness", "ive"},
      Rule{"fulness", "ful"}, Rule{"ousness", "ous"}, Rule{"aliti", "al"},
      Rule{"iviti", "ive"},   Rule{"biliti", "ble"},  Rule{"fulli", "ful"},  // NLTK
  };
  // NLTK: -alli goes first, and what it leaves is held against the other suffixes.
  if (ends_with(word, "alli") && shape_of(without(word, "alli")).measure > 0) {
    replace_suffix(word, "alli", "al");
  }
  // NLTK: -logi, measured with its l, so that "geologi" counts like "philologi".
  if (ends_with(word, "logi")) {
    if (shape_of(without(word, "ogi")).measure > 0) word.pop_back();
    return;
  }
  apply_first(word, kRules, 0);
}

void step_3(std::string& word) {
  static constexpr std::array kRules = {
      Rule{"icate", "ic"}, Rule{"ative", ""}, Rule{"alize", "al"}, Rule{"iciti", "ic"},
      Rule{"ical", "ic"},  Rule{"ful", ""},   Rule{"ness", ""},
  };
  apply_first(word, kRules, 0);
}

void step_4(std::string& word) {
  static constexpr std::array kRules = {
      Rule{"al", ""},   Rule{"ance", ""}, Rule{"ence", ""}, Rule{"er", ""},    Rule{"ic", ""},
      Rule{"able", ""}, Rule{"ible", ""}, Rule{"ant", ""},  Rule{"ement", ""}, Rule{"ment", ""},
      Rule{"ent", ""},  Rule{"ou", ""},   Rule{"ism", ""},  Rule{"ate", ""},   Rule{"iti", ""},
      Rule{"ous", ""},  Rule{"ive", ""},  Rule{"ize", ""},
  };
  if (ends_with(word, "ion")) {
    const std::string_view stem = without(word, "ion");
    if (shape_of(stem).measure > 1 && (stem.back() == 's' || stem.back() == 't')) {
      word.resize(stem.size());
    }
    return;
  }
  apply_first(word, kRules, 1);
}

void step_5(std::string& word) {
  if (ends_with(word, "e")) {
    const StemShape shape = shape_of(without(word, "e"));
    if (shape.measure > 1 || (shape.measure == 1 && !shape.ends_short)) word.pop_back();
  }
  if (ends_with(word, "ll") && shape_of(without(word, "l")).measure > 1) word.pop_back();
}

}  // namespace

void porter_stem(std::string& word) {
  for (const Irregular& entry : kIrregular) {
    if (word == entry.word) {
      word = entry.stem;
      return;
    }
  }
  if (word.size() <= 2) return;
  step_1a(word);
  step_1b(word);
  step_1c(word);
  step_2(word);
  step_3(word);
  step_4(word);
  step_5(word);
}

}  // namespace copydesk
