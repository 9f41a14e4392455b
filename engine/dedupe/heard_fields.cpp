// The judgement goes first: it is what most readers want.
#include "engine/dedupe/heard_fields.h"

#include "index/model/heard_json.h"
#include "index/pair/hearing.h"

namespace echofold {

Json heard_fields(const Heard& heard) {
  const HearingJudgement judgement = judge(heard);
  Json out{{"hearing", name_of(judgement.hearing)},
           {"reason", judgement.reason.empty() ? Json(nullptr) : Json(judgement.reason)}};
  out.update(heard_json(heard));
  return out;
}

}  // namespace echofold
