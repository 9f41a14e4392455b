// See mpv_pair.h.
#include "tools/review/mpv_pair.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <thread>

#include "index/base/fd.h"
#include "index/base/json.h"
#include "tools/review/player_process.h"

namespace echofold {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto start_limit = 5s, answer_limit = 1s;
constexpr double most_apart_s = 0.03;

/// One mpv and the socket to it.
class Mpv {
 public:
  Mpv(const std::string& path, double from_s, double length_s, bool is_muted) {
    std::array<int, 2> ends{-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return;
    socket_ = Fd(ends[0]);
    const Fd theirs(ends[1]);
    process_.emplace(
        std::vector<std::string>{
            "mpv", "--no-video", "--really-quiet", "--no-terminal", "--no-resume-playback", "--pause",
            "--hr-seek=yes", "--keep-open=no", fmt::format("--mute={}", is_muted ? "yes" : "no"),
            fmt::format("--start={:.3f}", from_s), fmt::format("--length={:.3f}", length_s),
            fmt::format("--input-ipc-client=fd://{}", theirs.get()), "--", path},
        theirs.get());
  }

  bool is_running() { return process_ && process_->is_running(); }

  /// Waits until it has opened its file. Nothing is to be sent before.
  bool opens() {
    const auto end = Clock::now() + start_limit;
    for (; Clock::now() < end && is_running(); std::this_thread::sleep_for(20ms))
      if (position(200ms)) return true;
    return false;
  }

  /// Where it is in its file; nothing before it has opened it, and after it ended.
  std::optional<double> position(std::chrono::milliseconds limit = answer_limit) {
    const auto answer = ask(R"(["get_property","time-pos"])", limit);
    if (!answer || !answer->contains("data") || !(*answer)["data"].is_number()) return std::nullopt;
    return (*answer)["data"].get<double>();
  }

  void set(const char* property, bool value) {
    ask(fmt::format(R"(["set_property","{}",{}])", property, value), answer_limit);
  }

  void seek(double to_s) { ask(fmt::format(R"(["seek",{:.3f},"absolute+exact"])", to_s), answer_limit); }

 private:
  /// The answer to a command; events before it are skipped. Nothing when none comes.
  std::optional<Json> ask(const std::string& command, std::chrono::milliseconds limit) {
    const int number = ++last_number_;
    const std::string line = fmt::format("{{\"command\":{},\"request_id\":{}}}\n", command, number);
    if (send(socket_.get(), line.data(), line.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(line.size()))
      return std::nullopt;
    for (const auto end = Clock::now() + limit; Clock::now() < end;) {
      const auto text = next_line(end);
      if (!text) return std::nullopt;
      const Json answer = Json::parse(*text, nullptr, false);
      if (answer.is_object() && answer.value("request_id", 0) == number) return answer;
    }
    return std::nullopt;
  }

  std::optional<std::string> next_line(Clock::time_point end) {
    for (;;) {
      if (const std::size_t at = received_.find('\n'); at != std::string::npos) {
        std::string line = received_.substr(0, at);
        received_.erase(0, at + 1);
        return line;
      }
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
      pollfd input{.fd = socket_.get(), .events = POLLIN, .revents = 0};
      if (left <= 0ms || poll(&input, 1, static_cast<int>(left.count())) <= 0) return std::nullopt;
      std::array<char, 4096> bytes{};
      const ssize_t count = recv(socket_.get(), bytes.data(), bytes.size(), 0);
      if (count <= 0) return std::nullopt;
      received_.append(bytes.data(), static_cast<std::size_t>(count));
    }
  }

  Fd socket_;
  std::optional<PlayerProcess> process_;
  std::string received_;
  int last_number_ = 0;
};

}  // namespace

struct MpvPair::Impl {
  Mpv left, right;
  Excerpt excerpt;
  double speed;
  int heard = 0;
  bool is_ready = false;

  Mpv& side(int number) { return number == 0 ? left : right; }

  /// Where the other side has to be when this one is at `at_s`.
  double counterpart(int number, double at_s) const {
    return number == 0 ? excerpt.right_s + (at_s - excerpt.left_s) / speed
                       : excerpt.left_s + (at_s - excerpt.right_s) * speed;
  }
};

MpvPair::MpvPair(const std::string& left, const std::string& right, const Excerpt& excerpt, double speed)
    : impl_(new Impl{Mpv(left, excerpt.left_s, excerpt.length_s, false),
                     Mpv(right, excerpt.right_s, excerpt.length_s / speed, true), excerpt, speed}) {
  impl_->is_ready = impl_->left.opens() && impl_->right.opens();
}

MpvPair::~MpvPair() = default;

bool MpvPair::is_ready() const noexcept { return impl_->is_ready; }
int MpvPair::heard() const noexcept { return impl_->heard; }

void MpvPair::begin() {
  impl_->left.set("pause", false);
  impl_->right.set("pause", false);
}

bool MpvPair::is_running() { return impl_->side(impl_->heard).is_running(); }

double MpvPair::switch_over() {
  Mpv &from = impl_->side(impl_->heard), &to = impl_->side(1 - impl_->heard);
  const auto here = from.position();
  auto there = to.position();
  if (here) {
    const double wanted = impl_->counterpart(impl_->heard, *here);
    if (!there || std::abs(*there - wanted) > most_apart_s) to.seek(wanted);
    there = wanted;
  }
  to.set("mute", false);
  from.set("mute", true);
  impl_->heard = 1 - impl_->heard;
  return there.value_or(0);
}

}  // namespace echofold
