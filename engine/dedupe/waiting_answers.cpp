// One line an answer: "HEX HEX VERDICT TIME", VERDICT as in `verdicts`, or "none".
#include "engine/dedupe/waiting_answers.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <sstream>
#include <string>
#include <utility>

#include "engine/dedupe/answers.h"
#include "index/base/error.h"
#include "index/base/fd.h"
#include "index/base/hash_text.h"

namespace echofold {
namespace {

constexpr std::string_view no_answer = "none";

std::filesystem::path file_in(const std::filesystem::path& library) { return library / "answers.waiting"; }

/// The file, locked against other processes and threads; not valid if it is not there and `flags` do not create it.
Fd open_locked(const std::filesystem::path& file, int flags) {
  Fd fd(open(file.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd.valid() && errno == ENOENT && (flags & O_CREAT) == 0) return fd;
  if (!fd.valid() || uninterrupted([&] { return flock(fd.get(), LOCK_EX); }) != 0)
    throw system_error(errno, file.native());
  return fd;
}

std::string line_of(const StoredAnswer& answer) {
  return fmt::format("{} {} {} {}\n", hex_of(answer.a), hex_of(answer.b),
                     answer.verdict ? name_of(*answer.verdict) : no_answer, answer.said_at_s);
}

std::optional<StoredAnswer> answer_of(const std::string& line) {
  std::istringstream words(line);
  std::string a, b, verdict;
  StoredAnswer answer;
  if (!(words >> a >> b >> verdict >> answer.said_at_s)) return std::nullopt;
  const auto first = hash_of_hex(a), second = hash_of_hex(b);
  if (!first || !second) return std::nullopt;
  answer.a = *first;
  answer.b = *second;
  if (verdict == no_answer) return answer;
  for (const Verdict known : {Verdict::keep_both, Verdict::keep_a, Verdict::keep_b})
    if (verdict == name_of(known)) answer.verdict = known;
  return answer.verdict ? std::optional(answer) : std::nullopt;
}

std::string read_all(const Fd& fd, const std::filesystem::path& file) {
  std::string text;
  std::array<char, 65536> block;
  for (;;) {
    const ssize_t count = uninterrupted(
        [&] { return pread(fd.get(), block.data(), block.size(), static_cast<off_t>(text.size())); });
    if (count < 0) throw system_error(errno, file.native());
    if (count == 0) return text;
    text.append(block.data(), static_cast<std::size_t>(count));
  }
}

std::vector<StoredAnswer> answers_in(const std::string& text) {
  std::vector<StoredAnswer> answers;
  for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
    if (const auto answer = answer_of(text.substr(at, end - at))) answers.push_back(*answer);
  return answers;
}

void write_all(const Fd& fd, std::string_view text, const std::filesystem::path& file) {
  while (!text.empty()) {
    const ssize_t count = uninterrupted([&] { return ::write(fd.get(), text.data(), text.size()); });
    if (count < 0) throw system_error(errno, file.native());
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

/// The name of a new file is on disk only with its folder.
void sync_folder(const std::filesystem::path& folder) {
  const Fd fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.valid() || fsync(fd.get()) != 0) throw system_error(errno, folder.native());
}

}  // namespace

StoredAnswer answer_in(const Snapshot& snapshot, const Hash128& a, const Hash128& b) {
  return {a, b, snapshot.verdict(a, b), snapshot.verdict_time(a, b)};
}

void put_answer(Writer& writer, const StoredAnswer& answer) {
  if (answer.verdict)
    writer.put_verdict(answer.a, answer.b, *answer.verdict, answer.said_at_s);
  else
    writer.remove_verdict(answer.a, answer.b);
}

void let_wait(const std::filesystem::path& library, const std::vector<StoredAnswer>& answers) {
  const std::filesystem::path file = file_in(library);
  const Fd fd = open_locked(file, O_RDWR | O_CREAT | O_APPEND);
  // After a line that a crash has cut, the next one begins anew.
  struct stat status {};
  if (fstat(fd.get(), &status) != 0) throw system_error(errno, file.native());
  char last = '\n';
  if (status.st_size > 0 && pread(fd.get(), &last, 1, status.st_size - 1) != 1)
    throw system_error(errno, file.native());
  std::string lines(last == '\n' ? 0 : 1, '\n');
  for (const StoredAnswer& answer : answers) lines += line_of(answer);
  write_all(fd, lines, file);
  if (fsync(fd.get()) != 0) throw system_error(errno, file.native());
  if (status.st_size == 0) sync_folder(library);
}

std::vector<StoredAnswer> waiting_answers(const std::filesystem::path& library) {
  const std::filesystem::path file = file_in(library);
  const Fd fd = open_locked(file, O_RDONLY);
  return fd.valid() ? answers_in(read_all(fd, file)) : std::vector<StoredAnswer>{};
}

std::size_t take_waiting_answers(Store& store) {
  const std::filesystem::path file = file_in(store.dir());
  const Fd fd = open_locked(file, O_RDWR);
  if (!fd.valid()) return 0;
  const auto answers = answers_in(read_all(fd, file));
  if (!answers.empty())
    store.write([&](Writer& writer) {
      for (const StoredAnswer& answer : answers) put_answer(writer, answer);
    });
  if (ftruncate(fd.get(), 0) != 0) throw system_error(errno, file.native());
  return answers.size();
}

}  // namespace echofold
