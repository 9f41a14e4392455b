// Turns the result of a request into an answer, an error, or another attempt after a wait.
#include "engine/online/acoustid_client.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <random>
#include <string_view>
#include <utility>

#include "index/base/error.h"

namespace echofold {
namespace {

enum RefusalCode {
  invalid_fingerprint = 3,
  invalid_key = 4,
  internal_error = 5,
  unavailable = 13,
  too_many_requests = 14
};

/// The result of one request: an answer, or why it failed although another attempt may help.
struct Attempt {
  std::optional<AcoustidAnswer> answer;
  std::string why;
  bool too_fast = false;  ///< the service asks for fewer requests
};

void require_key(const std::string& key) {
  if (key.empty())
    throw Error(
        Fault::usage,
        "there is no key for AcoustID: get one for yourself at https://acoustid.org/new-application (free) "
        "and "
        "put it into the configuration file as `acoustid.key = \"...\"`, or into ECHOFOLD_ACOUSTID_KEY");
  const bool right =
      key.size() <= 200 && std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (!right) throw Error(Fault::usage, "acoustid.key: this can't be a key of AcoustID");
}

using Parsed = std::variant<AcoustidAnswer, AcoustidRefusal>;

/// Nothing for the page of a proxy or half an answer. @throws Error for an answer whose fields make no sense
std::optional<Parsed> parsed_or_nothing(const HttpReply& reply) {
  try {
    return parse_acoustid_answer(reply.body);
  } catch (const Error&) {
    if (reply.status == 200 && reply.body.starts_with("{") && reply.body.ends_with("}")) throw;
    return std::nullopt;
  }
}

/// Removes the key from what a service sent, so that no message shows it.
void take_out(std::string& text, const std::string& key) {
  constexpr std::string_view stars = "***";
  for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at + stars.size()))
    text.replace(at, key.size(), stars);
}

}  // namespace

struct AcoustidClient::Impl {
  Impl(AcoustidSettings of, RateLimit& shared)
      : settings(std::move(of)), http(settings.http), limit(shared) {}

  AcoustidSettings settings;
  HttpClient http;
  RateLimit& limit;
  std::mutex mutex;
  std::minstd_rand chance{std::random_device{}()};

  std::chrono::milliseconds wait_before(int attempt) {
    const std::lock_guard lock(mutex);
    const double factor = std::uniform_real_distribution<>(0.5, 1.5)(chance);
    const auto wait = settings.first_wait * (1LL << std::min(attempt, 10));
    return std::chrono::milliseconds(static_cast<long long>(static_cast<double>(wait.count()) * factor));
  }

  HttpReply request(const std::string& form, const std::stop_token& stop) {
    const RateLimit::Turn turn = limit.take(stop);
    HttpReply reply = http.post(form, stop);
    if (reply.end == HttpEnd::stopped) throw Error(Fault::interrupted, "stopped on request");
    take_out(reply.body, settings.key);
    take_out(reply.why, settings.key);
    return reply;
  }

  Attempt refused(const AcoustidRefusal& refusal) const;
  Attempt judge(const HttpReply& reply) const;
  [[noreturn]] void refuse_status(long status) const;
};

Attempt AcoustidClient::Impl::refused(const AcoustidRefusal& refusal) const {
  switch (refusal.code) {
    case internal_error:
      return {{}, "it has an internal error", false};
    case unavailable:
      return {{}, "it is not available", false};
    case too_many_requests:
      return {{}, "it gets too many requests", true};
    case invalid_key:
      throw Error(Fault::usage,
                  "AcoustID does not know the key: look at acoustid.key in the configuration file or at "
                  "ECHOFOLD_ACOUSTID_KEY (keys: https://acoustid.org/my-applications)");
    case invalid_fingerprint:
      throw Error(Fault::unsupported, "AcoustID does not accept the fingerprint");
    default:
      throw Error(Fault::unsupported, "AcoustID refuses the request (" + std::to_string(refusal.code) +
                                          "): " + refusal.message.substr(0, 200));
  }
}

void AcoustidClient::Impl::refuse_status(long status) const {
  throw Error(Fault::usage, settings.http.url + " is not AcoustID (HTTP status " + std::to_string(status) +
                                "): look at acoustid.url");
}

Attempt AcoustidClient::Impl::judge(const HttpReply& reply) const {
  switch (reply.end) {
    case HttpEnd::unreachable:
      return {{}, "it can't be reached (" + reply.why + ")", false};
    case HttpEnd::timeout:
      return {{}, "it does not answer in time", false};
    case HttpEnd::cut_off:
      return {{}, "the connection broke (" + reply.why + ")", false};
    case HttpEnd::too_large:
      throw Error(Fault::unsupported, "the answer of AcoustID is too long");
    case HttpEnd::stopped:
    case HttpEnd::answered:
      break;
  }
  const std::string status = " (HTTP status " + std::to_string(reply.status) + ")";
  if (auto parsed = parsed_or_nothing(reply)) {
    if (const auto* refusal = std::get_if<AcoustidRefusal>(&*parsed)) return refused(*refusal);
    if (reply.status == 200) return {std::get<AcoustidAnswer>(*std::move(parsed)), {}, false};
  }
  if (reply.status == 429) return {{}, "it gets too many requests" + status, true};
  if (reply.status == 200) return {{}, "its answer is not one of AcoustID", false};
  if (reply.status < 500 && reply.status != 408) refuse_status(reply.status);
  return {{}, "it does not work" + status, false};
}

RateLimit& acoustid_rate_limit() {
  static RateLimit limit(3, std::chrono::seconds(1));
  return limit;
}

AcoustidClient::AcoustidClient(AcoustidSettings settings, RateLimit& limit) {
  require_key(settings.key);
  impl_ = std::make_unique<Impl>(std::move(settings), limit);
}
AcoustidClient::~AcoustidClient() = default;

AcoustidAnswer AcoustidClient::lookup(const std::string& fingerprint, std::uint64_t duration_s,
                                      const std::stop_token& stop) {
  const std::string form = "format=json&client=" + form_escaped(impl_->settings.key) +
                           "&duration=" + std::to_string(duration_s) +
                           "&meta=recordings+releasegroups+releases+tracks+compress+sources&fingerprint=" +
                           form_escaped(fingerprint);
  std::string why;
  for (int attempt = 0; attempt < impl_->settings.attempts; ++attempt) {
    if (attempt > 0) wait_or_stop(impl_->wait_before(attempt - 1), stop);
    Attempt got = impl_->judge(impl_->request(form, stop));
    if (got.answer) return *std::move(got.answer);
    if (got.too_fast) impl_->limit.pause(impl_->wait_before(attempt));
    why = std::move(got.why);
  }
  throw Error(Fault::io, "AcoustID can't be asked: " + why +
                             "; try again later, or use --offline for what was looked up before");
}

}  // namespace echofold
