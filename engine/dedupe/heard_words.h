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

}  // namespace echofold
