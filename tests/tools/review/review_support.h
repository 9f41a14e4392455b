// Questions for tests of the review: no files, only names.
#pragma once

#include <string>
#include <vector>

#include "tools/review/questions.h"

namespace echofold::test {

inline Question question(const std::string& left, const std::string& right) {
  Question question;
  question.left.track.path = left;
  question.right.track.path = right;
  question.similarity = 0.97;
  return question;
}

inline std::vector<Question> three_questions() {
  return {question("/a.flac", "/a.mp3"), question("/b.flac", "/b.mp3"), question("/c.flac", "/c.mp3")};
}

}  // namespace echofold::test
