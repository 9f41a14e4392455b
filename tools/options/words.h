// Options that choose among a few words: one table for each enum, which flags, files and the environment share.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/act/rewrite.h"
#include "engine/dedupe/plan.h"
#include "index/pair/relation.h"

namespace echofold {

/// In ascending order.
enum class Verbosity : std::int8_t { quiet, normal, verbose };

enum class When : std::uint8_t { automatic, always, never };
enum class Format : std::uint8_t { table, ndjson, csv, m3u, html };

/// The rows that `export` writes.
enum class ExportRows : std::uint8_t { keepers, losers, review, all };

/// What `watch` does with copies that are certain.
enum class WatchPolicy : std::uint8_t { report, automatic };

enum class ConfigAction : std::uint8_t { show, path };

template <class Enum>
struct NamedValue {
  std::string_view text;
  Enum value;
};

/// `Words<Enum>::table`: every word that a user can write for an Enum, in the order in which messages list them.
template <class Enum>
struct Words;

template <>
struct Words<Verbosity> {
  static constexpr NamedValue<Verbosity> table[] = {
      {"quiet", Verbosity::quiet}, {"normal", Verbosity::normal}, {"verbose", Verbosity::verbose}};
};
template <>
struct Words<When> {
  static constexpr NamedValue<When> table[] = {
      {"auto", When::automatic}, {"always", When::always}, {"never", When::never}};
};
template <>
struct Words<Format> {
  static constexpr NamedValue<Format> table[] = {{"table", Format::table},
                                                 {"ndjson", Format::ndjson},
                                                 {"csv", Format::csv},
                                                 {"m3u", Format::m3u},
                                                 {"html", Format::html}};
};
template <>
struct Words<Relation> {  // as name_of() has them; unrelated pairs are not stored
  static constexpr NamedValue<Relation> table[] = {{"same_recording", Relation::same_recording},
                                                   {"remaster", Relation::remaster},
                                                   {"edit", Relation::edit},
                                                   {"version", Relation::version},
                                                   {"insufficient", Relation::insufficient}};
};
template <>
struct Words<Scope> {
  static constexpr NamedValue<Scope> table[] = {{"album", Scope::album}, {"track", Scope::track}};
};
template <>
struct Words<LinkKind> {
  static constexpr NamedValue<LinkKind> table[] = {{"hard", LinkKind::hard}, {"reflink", LinkKind::reflink}};
};
template <>
struct Words<ExportRows> {
  static constexpr NamedValue<ExportRows> table[] = {{"keepers", ExportRows::keepers},
                                                     {"losers", ExportRows::losers},
                                                     {"review", ExportRows::review},
                                                     {"all", ExportRows::all}};
};
template <>
struct Words<WatchPolicy> {
  static constexpr NamedValue<WatchPolicy> table[] = {{"report", WatchPolicy::report},
                                                      {"auto", WatchPolicy::automatic}};
};
template <>
struct Words<ConfigAction> {
  static constexpr NamedValue<ConfigAction> table[] = {{"show", ConfigAction::show},
                                                       {"path", ConfigAction::path}};
};

namespace detail {
template <class Value>
struct EnumOf {
  using type = Value;
};
template <class Value>
struct EnumOf<std::optional<Value>> {
  using type = Value;
};
}  // namespace detail

/// The enum itself, also for an optional of it.
template <class Value>
using EnumOf = typename detail::EnumOf<Value>::type;

/// Nothing for a word that is not in the table.
template <class Enum>
std::optional<Enum> value_of(std::string_view text) {
  for (const NamedValue<Enum>& word : Words<Enum>::table)
    if (word.text == text) return word.value;
  return std::nullopt;
}

/// @param value  one that the table has
template <class Enum>
std::string_view word_of(Enum value) {
  return std::ranges::find(Words<Enum>::table, value, &NamedValue<Enum>::value)->text;
}

/// All words of the table, in its order.
template <class Enum>
std::vector<std::string> words_of() {
  std::vector<std::string> texts;
  for (const NamedValue<Enum>& word : Words<Enum>::table) texts.emplace_back(word.text);
  return texts;
}

}  // namespace echofold
