// The answers of reviews, a row for each.
#pragma once

#include <string>

#include "engine/dedupe/answers.h"
#include "engine/report/table.h"

namespace echofold {

/// The time, and both files with the answer about them:
///   2026-11-30 04:12  stays  /music/a.flac
///                     goes   /music/a.mp3
std::string answer_text(const GivenAnswer& answer, const TableStyle& style);

/// echofold.verdict/1, without newline: `a`, `b` (null if the library has no such file any more), `verdict`
/// (`keep_a`, `keep_b`, `keep_both`), `said_at` (Unix time or null), `more_a`, `more_b`: how many further files have
/// the same sound.
std::string answer_to_line(const GivenAnswer& answer);

std::string answer_csv_header();  ///< said_at, verdict, a, b
std::string answer_to_csv(const GivenAnswer& answer);

}  // namespace echofold
