// Validators of CLI11 for the values of flags. They refuse in sentences: "takes table, ndjson or csv, not `jsn`; did
// you mean `ndjson`?". parse_errors puts the name of the flag in front.
#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "tools/options/words.h"

namespace echofold {

CLI::Validator whole_number(long least, long most);

/// A share from `least` to `most`, which may be written as a percentage; the flag gets the number.
CLI::Validator share_value(double least, double most);

CLI::Validator one_of(std::vector<std::string> words);

/// "takes a, b or c, not `x`", with the nearest of the words; empty when `given` is one of them.
std::string refusal_of(const std::string& given, const std::vector<std::string>& words);

/// A flag (or, without dashes, an argument) that takes one of the words of an enum. Without `words`: any of them.
/// @param member  of the enum's type, or an optional of it; has to outlive `app`
template <class Member>
CLI::Option* add_choice(CLI::App* app, const std::string& name, Member& member, const std::string& help,
                        std::vector<std::string> words = words_of<EnumOf<Member>>()) {
  using Enum = EnumOf<Member>;
  // Refusals have always listed the words of these two in alphabetical order.
  if constexpr (std::is_same_v<Enum, When> || std::is_same_v<Enum, Format>) std::ranges::sort(words);
  return app
      ->add_option_function<std::string>(
          name, [&member](const std::string& word) { member = value_of<Enum>(word).value(); }, help)
      ->check(one_of(std::move(words)));
}

}  // namespace echofold
