// SPDX-License-Identifier: Apache-2.0
//
// generate_grapheme_tables FILE: writes the classes of grapheme_break.h as ranges, from the Unicode
// data of ICU. Run by the build; nothing of it is part of the library.

#include <unicode/uchar.h>

#include <cstdint>
#include <cstdio>

#include "copydesk/text/grapheme_break.h"

namespace copydesk {
namespace {

// Later versions of ICU know more characters; here they are what Unicode 15.0 calls unassigned.
bool is_in_unicode_15(UChar32 c) {
  UVersionInfo age;
  u_charAge(c, age);
  return age[0] == 0 || age[0] < 15 || (age[0] == 15 && age[1] == 0);
}

GraphemeClass class_of(UChar32 c) {
  if (!is_in_unicode_15(c)) return GraphemeClass::kOther;
  switch (u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
    case U_GCB_CR:
      return GraphemeClass::kCr;
    case U_GCB_LF:
      return GraphemeClass::kLf;
    case U_GCB_CONTROL:
      return GraphemeClass::kControl;
    case U_GCB_EXTEND:
      return GraphemeClass::kExtend;
    case U_GCB_ZWJ:
      return GraphemeClass::kJoiner;
    case U_GCB_REGIONAL_INDICATOR:
      return GraphemeClass::kRegional;
    case U_GCB_PREPEND:
      return GraphemeClass::kPrepend;
    case U_GCB_SPACING_MARK:
      return GraphemeClass::kSpacingMark;
    case U_GCB_L:
      return GraphemeClass::kHangulL;
    case U_GCB_V:
      return GraphemeClass::kHangulV;
    case U_GCB_T:
      return GraphemeClass::kHangulT;
    case U_GCB_LV:
      return GraphemeClass::kHangulLv;
    case U_GCB_LVT:
      return GraphemeClass::kHangulLvt;
    default:
      return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) != 0 ? GraphemeClass::kPictograph
                                                                      : GraphemeClass::kOther;
  }
}

}  // namespace
}  // namespace copydesk

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: generate_grapheme_tables FILE\n");
    return 2;
  }
  std::FILE* file = std::fopen(argv[1], "w");
  if (file == nullptr) {
    std::perror(argv[1]);
    return 1;
  }
  std::fprintf(file, "const GraphemeRange kGraphemeRanges[] = {\n");
  int before = -1;
  for (UChar32 c = 0; c < 0x110000; ++c) {
    const int kind = static_cast<int>(copydesk::class_of(c));
    if (kind != before) std::fprintf(file, "{%d,%d},\n", static_cast<int>(c), kind);
    before = kind;
  }
  std::fprintf(file, "};\n");
  return std::fclose(file) == 0 ? 0 : 1;
}
