#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What programs and their histories say to people: the comments of a program, the messages of a log
// of versions, the message of a patch or what it adds. "// Phases are relative to Greenwich." says
// "Phases are relative to Greenwich."; who committed it when is no part of the sentence.
//
// Told by structure, and only where it is sure:
// - a log of versions begins with a line "commit 1f0e...", or all its lines begin with such numbers
// - a patch has the headers of its parts, "@@ -1,9 +1,12 @@"
// - in a program half of the lines that are no comments end or go on as only code does, and there
//   are comments of two sentences and more.

#include <string_view>
#include <vector>

#include "copydesk/document.h"

namespace copydesk {

struct ProgramText {
  // Ascending, disjoint; with the ends of their lines. Empty ones are line feeds between
  // paragraphs.
  std::vector<TextSpan> said;
  TextSpan title;  // the subject of a patch, or of a log of one version; empty if there is none
};

// False, and nothing found, if the text is no such text or says nothing. Time is linear in the
// text, and of most texts only the first lines are looked at. REQUIRES: `text` is valid UTF-8.
[[nodiscard]] bool find_program_text(std::string_view text, ProgramText& found);

}  // namespace copydesk
