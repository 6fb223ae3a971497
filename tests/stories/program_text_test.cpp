// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

#include "copydesk/stories/page_stories.h"
#include "copydesk/stories/program_text.h"

namespace copydesk {
namespace {

// What is said; empty if the text is no program.
std::string said_in(std::string_view text) {
  ProgramText found;
  std::string said;
  if (find_program_text(text, found)) append_body(text, found.said, said);
  return said;
}

std::string_view title_of(std::string_view text) {
  ProgramText found;
  return find_program_text(text, found) ? found.title.of(text) : "none";
}

constexpr std::string_view kLog =
    "commit 9f2c81e04b7dd3a1c55e9a0f2b6d7c8e9f001122\n"
    "Author: Mara Quint <mara@quint.example>\n"
    "Date:   Tue Mar 3 10:14:02 2026 +0100\n"
    "\n"
    "    Read tables in pieces of a megabyte\n"
    "\n"
    "    The reader took whole files into memory, which failed on\n"
    "    small machines.\n"
    "\n"
    "    Closes: #881\n"
    "    Signed-off-by: Mara Quint <mara@quint.example>\n"
    "\n"
    "diff --git a/read.c b/read.c\n"
    "@@ -1,2 +1,2 @@\n"
    "     int pieces = 0;\n";

constexpr std::string_view kProgram =
    "/*\n"
    " * Copyright 2026 The Ring Authors\n"
    " *\n"
    " * Do what you like with it.\n"
    " *\n"
    " * It comes without any warranty.\n"
    " */\n"
    "// SPDX-License-Identifier: MIT\n"
    "\n"
    "/* The writer never waits: the oldest entry\n"
    " * is overwritten.\n"
    " *\n"
    " * The reader learns how many it missed. */\n"
    "void ring_put(struct ring *r)\n"
    "{\n"
    "    uint64_t at = load(&r->head);\n"
    "    // One more, and no lock.\n"
    "    store(&r->head, at + 1);  // not said\n"
    "}\n"
    "int ring_size(struct ring *r);\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(program_text)

BOOST_AUTO_TEST_CASE(a_log_of_versions_says_its_messages) {
  const std::string other(
      "\ncommit 1b7dd3a1c55e9a0f2b6d7c8e9f0011229f2c81e0 (HEAD -> main)\n"
      "Merge: aa11bb2 cc33dd4\n"
      "Author: Jon Okafor <jon@example.org>\n"
      "\n"
      "    Note: rows are counted once\n");
  BOOST_TEST(said_in(std::string(kLog) + other) ==
             "Read tables in pieces of a megabyte\n\n"
             "The reader took whole files into memory, which failed on\nsmall machines.\n\n"
             "Note: rows are counted once\n");
  BOOST_TEST(title_of(std::string(kLog) + other) == "");
  // Of one version the first line is the title.
  BOOST_TEST(title_of(kLog) == "Read tables in pieces of a megabyte");
  BOOST_TEST(said_in(kLog).starts_with("\nThe reader took"));
  BOOST_TEST(said_in("4f1d2aa parser: numbers\nc09be71 parser: signs\n77aa0e3 docs\n") ==
             "parser: numbers\n\nparser: signs\n\ndocs\n");
  BOOST_TEST(said_in("1850000 people live there.\n1850001 people lived there.\nAll well.\n") == "");
  BOOST_TEST(said_in("commit to it\n\n    A line of verse.\n") == "");
}

BOOST_AUTO_TEST_CASE(a_program_says_its_comments) {
  BOOST_TEST(said_in(kProgram) ==
             "The writer never waits: the oldest entry\nis overwritten.\n\n"
             "The reader learns how many it missed.\n\n"
             "One more, and no lock.\n");
  BOOST_TEST(
      said_in("import os\n"
              "\n"
              "class Walk:\n"
              "    \"\"\"A walk that goes back.\n"
              "\n"
              "    It ends where it began.\n"
              "    \"\"\"\n"
              "    def step(self):\n"
              "        '''One cell.'''\n"
              "        # Any cell will do.\n"
              "        self.path = [self.cell]\n"
              "        self.seen.add(self.cell)\n"
              "        return len(self.path)\n") ==
      "A walk that goes back.\n\nIt ends where it began.\n\nOne cell.\n\nAny cell will do.\n");
  // Blocks end wherever their sign is.
  BOOST_TEST(
      said_in(
          "/**/\nint a(\n/***/\nint b(\n/**\n * One. **/\nint c(\n/*! Two. */\nint d(\nint e(\n") ==
      "One.\n\nTwo.\n");
  // Without comments there is nothing to say.
  BOOST_TEST(said_in("int a(int b)\n{\n    int c = b;\n    return c;\n}\nint d(void);\n") == "");
  // A comment that never ends.
  BOOST_TEST(said_in("/* a(\n* b(\n* c(\n") == "");
}

BOOST_AUTO_TEST_CASE(scripts_settings_and_statements_say_their_comments) {
  BOOST_TEST(said_in("#!/bin/sh\n"
                     "# The built site goes to the server\n"
                     "# as a whole or not at all.\n"
                     "set -eu\n"
                     "target=/srv/site\n"
                     "\n"
                     "# Nobody sees half of a version.\n"
                     "ln -sfn \"$target/new\" \"$target/current\"\n") ==
             "The built site goes to the server\nas a whole or not at all.\n\n"
             "Nobody sees half of a version.\n");
  BOOST_TEST(said_in("server:\n"
                     "  port: 2525\n"
                     "  # Longer messages are refused.\n"
                     "  most: 2000\n"
                     "  # In seconds.\n"
                     "  retry: 300\n") == "Longer messages are refused.\n\nIn seconds.\n");
  const std::string table = "-- Who borrowed what.\nCREATE TABLE loans (\n  book integer\n);\n";
  const std::string index = "-- Books are looked up all day.\nCREATE INDEX ON loans (book);\n";
  BOOST_TEST(said_in(table + index) == "Who borrowed what.\n\nBooks are looked up all day.\n");
  // Not with a sentence outside of comments, nor where comments say less than two.
  BOOST_TEST(said_in(table + index + "Every reader may have up to ten books at a time.\n") == "");
  BOOST_TEST(said_in(table + "CREATE INDEX ON loans (book);\n") == "");
  const std::string lisp =
      ";;; Files of the builder are edited here.\n\n(defun edit (file)\n"
      "  ;; Nothing that is open is closed.\n  (find-file file))\n(provide 'edit)\n";
  BOOST_TEST(said_in(lisp) ==
             "Files of the builder are edited here.\n\nNothing that is open is closed.\n");
  // Nor with one in a script without spaces.
  BOOST_TEST(said_in("# 一。\n[a]: b\n# 二。\n[c]: d\n图书馆每天早上九点开门。\n") == "");
  // What people say behind dashes has no statements about it.
  BOOST_TEST(said_in("-- Who goes there?\nhe said (to me):\n-- A friend.\n\"So\":\n[exit]\n") ==
             "");
}

BOOST_AUTO_TEST_CASE(a_text_about_programs_is_none) {
  const std::string lesson = "A ring has one writer and one reader, and neither ever waits.\n" +
                             std::string(kProgram) +
                             "Try it with two readers, and you will see that entries are missed.\n";
  BOOST_TEST(said_in(lesson) == "");
  BOOST_TEST(said_in("# Plans\n\n* Bread: two loaves.\n* Milk: one litre.\n* Eggs, and so on:\n") ==
             "");
}

BOOST_AUTO_TEST_CASE(a_patch_says_its_message_or_what_it_adds) {
  const std::string part =
      "--- a/ring.c\n+++ b/ring.c\n@@ -20,3 +20,4 @@ void put(struct ring *r)\n     int n;\n"
      "-\tint old;\n+\t/* A file that ends early\n+\t * gets a line feed. */\n+\tint fresh;\n";
  const std::string mail =
      "From 9f2c81e Mon Sep 17 00:00:00 2001\nFrom: Mara Quint <mara@quint.example>\n"
      "Subject: [PATCH 1/2] ring: count what is missed\n\nNobody could tell gaps from quiet "
      "nights.\n\nSigned-off-by: Mara Quint <mara@quint.example>\n---\n ring.c | 3 ++-\n";
  BOOST_TEST(said_in(mail + part) == "Nobody could tell gaps from quiet nights.\n");
  BOOST_TEST(title_of(mail + part) == "ring: count what is missed");
  BOOST_TEST(said_in(part) == "A file that ends early\ngets a line feed.\nint fresh;\n");
  // Somebody answers between the parts.
  BOOST_TEST(said_in(mail + part + "I do not think that this is enough for two readers.\n") == "");
}

BOOST_AUTO_TEST_CASE(a_program_is_one_story) {
  PageStories page;
  page.find(kProgram);
  BOOST_REQUIRE(page.stories().size() == 1u);
  BOOST_TEST(page.is_page());
  BOOST_TEST(page.stories()[0].span.end == kProgram.size());
  BOOST_TEST(page.stories()[0].title.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
