#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Counts on the command line: the one place that reads them. Header-only: the programs that make
// corpora take it, too.

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace copydesk::tools {

// Reads a whole number from 0 to 2^64 - 1, decimal or with 0x before it hexadecimal. Otherwise
// `fault` says why it is none: "18446744073709551616" is larger than that, and the parser's own
// reading would give the largest number there is.
inline std::optional<std::uint64_t> read_count(std::string_view text, std::string& fault) {
  if (text.starts_with('-')) {
    fault = "must not be negative";
    return std::nullopt;
  }
  std::string_view digits = text;
  const bool is_hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  if (is_hexadecimal) digits.remove_prefix(2);
  std::uint64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, number, is_hexadecimal ? 16 : 10);
  if (error == std::errc::result_out_of_range && rest == end) {
    fault = "must be at most 18446744073709551615";
    return std::nullopt;
  }
  if (error != std::errc{} || rest != end) {
    fault = "\"" + std::string(text) + "\" is no whole number";
    return std::nullopt;
  }
  return number;
}

// Makes all options of `command`, and of all below it, that take counts read them so. To be called
// when all options are there.
inline void read_counts_alike(CLI::App& command) {
  const CLI::Validator is_count(
      [](std::string& text) {
        std::string fault;
        // The parser goes on with what it cannot read otherwise: 010 is 10 and not 8.
        if (const auto number = read_count(text, fault)) text = std::to_string(*number);
        return fault;
      },
      "");
  for (CLI::Option* option : command.get_options()) {
    const std::string type = option->get_type_name();
    for (const std::string_view count : {"UINT", "COUNT", "UNITS", "NUMBER"}) {
      if (type.starts_with(count)) option->transform(is_count);
    }
  }
  for (CLI::App* inner : command.get_subcommands({})) read_counts_alike(*inner);
}

// The number in front of "%"; nothing if there is none.
inline std::optional<double> read_percent(std::string_view text) {
  double percent = 0.0;
  const char* const end = text.data() + text.size() - 1;
  const auto [rest, error] = std::from_chars(text.data(), end, percent);
  return error == std::errc{} && rest == end ? std::optional(percent) : std::nullopt;
}

// Makes the options of `command`, and of all below it, that take a share read "80%" as 0.8. To be called
// when all options are there.
inline void read_shares_alike(CLI::App& command) {
  const CLI::Validator is_share(
      [](std::string& text) {
        if (!text.ends_with('%')) return std::string();
        const std::optional<double> percent = read_percent(text);
        if (!percent) return "\"" + text + "\" is no share";
        // As short as it can be read back: 80 / 100 is 0.8.
        char buffer[32];
        const auto written = std::to_chars(buffer, buffer + sizeof buffer, *percent / 100.0);
        text.assign(buffer, written.ptr);
        return std::string();
      },
      "");
  for (const char* const name :
       {"--threshold", "--recall", "--contained", "--near", "--ratio", "--mmr"}) {
    CLI::Option* const option = command.get_option_no_throw(name);
    if (option == nullptr || option->get_type_name() != "FLOAT") continue;
    option->transform(is_share);
    option->type_name("SHARE");
  }
  for (CLI::App* inner : command.get_subcommands({})) read_shares_alike(*inner);
}

}  // namespace copydesk::tools
