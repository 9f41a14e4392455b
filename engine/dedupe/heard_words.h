// What listening says about a pair, in words for people who listen to music.
#pragma once

#include <string>

#include "index/model/heard.h"
#include "index/pair/hearing.h"

namespace echofold {

/// Why a listener would tell the loser from the keeper, or why the ear says nothing; empty for the same sound.
/// Times are those of the loser.
/// @param heard  keeper first
std::string hearing_text(const Heard& heard, const HearingJudgement& judgement);

/// One clause for people who compare two files: "the same by ear", "sounds different at 0:26.2 for 1.0 s and at 0:31.0
/// for 0.3 s". Times are those of the first file.
std::string heard_text(const Heard& heard);

}  // namespace echofold
