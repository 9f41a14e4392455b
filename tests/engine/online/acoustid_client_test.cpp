// The client against a local server that follows the protocol, or breaks it in every way.
#include "engine/online/acoustid_client.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <set>
#include <thread>

#include "acoustid_server.h"
#include "engine/online/acoustid_answer_json.h"
#include "engine/online/look_up.h"
#include "index/base/error.h"

namespace echofold::online_acoustid_client_test {
namespace {

using namespace std::chrono_literals;
using test::AcoustidServer;
using test::recorded;
using test::say;
using test::say_error;

constexpr const char* key = "s3cret-KEY";
const std::string fingerprint = "AQAAA0mUaEkSRZEGAA-_";

AcoustidSettings settings_for(const std::string& url) {
  AcoustidSettings settings;
  settings.http.url = url;
  settings.http.connect_timeout = 2s;
  settings.http.timeout = 20s;
  settings.http.most_bytes = 1 << 20;
  settings.key = key;
  settings.first_wait = 5ms;
  return settings;
}

/// A limit that does not slow tests down.
RateLimit& loose() {
  static RateLimit limit(1000, 0s);
  return limit;
}

struct Failure {
  Fault fault;
  std::string message;
};

Failure failure_of(AcoustidClient& client, const std::stop_token& stop = {}) {
  try {
    client.lookup(fingerprint, 213, stop);
  } catch (const Error& e) {
    EXPECT_EQ(std::string(e.what()).find(key), std::string::npos) << e.what();
    return {e.fault(), e.what()};
  }
  ADD_FAILURE() << "no error";
  return {Fault::usage, ""};
}

TEST(AcoustidClientTest, SendsWhatTheContractSays) {
  AcoustidServer server(
      [](auto&, auto, auto& response) { say(response, recorded("one_recording_compressed")); });
  AcoustidClient client(settings_for(server.url()), loose());
  const AcoustidAnswer answer = client.lookup(fingerprint, 213, {});
  EXPECT_EQ(answer, std::get<AcoustidAnswer>(parse_acoustid_answer(recorded("one_recording"))));
  const auto request = server.requests().at(0);
  EXPECT_EQ(request.encoding, "gzip");
  EXPECT_EQ(request.content_type, "application/x-www-form-urlencoded");
  EXPECT_EQ(request.value("client"), key);
  EXPECT_EQ(request.value("duration"), "213");
  EXPECT_EQ(request.value("fingerprint"), fingerprint);
  EXPECT_EQ(request.value("meta"), "recordings releasegroups releases tracks compress sources");
}

TEST(AcoustidClientTest, OneConnectionServesRequestAfterRequest) {
  AcoustidServer server([](auto&, auto, auto& response) { say(response, recorded("no_result")); });
  AcoustidClient client(settings_for(server.url()), loose());
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(client.lookup(fingerprint, 213, {}).results.empty());
  std::set<int> ports;
  for (const auto& request : server.requests()) ports.insert(request.port);
  EXPECT_EQ(ports.size(), 1u);
}

// The limit of the program itself, with threads that could send much faster.
TEST(AcoustidClientTest, TheServiceNeverSeesMoreThanThreeRequestsInASecond) {
  AcoustidServer server([](auto&, std::size_t number, auto& response) {
    std::this_thread::sleep_for(std::chrono::milliseconds(number % 4 * 20));
    say(response, recorded("id_only"));
  });
  AcoustidClient client(settings_for(server.url()));
  const std::vector<LookupRequest> requests(6, {fingerprint, 213});
  {
    std::vector<std::jthread> threads;  // two runs of three threads each share the limit
    for (int run = 0; run < 2; ++run)
      threads.emplace_back([&] { EXPECT_EQ(look_up(client, requests, {}, {}).outcomes.size(), 6u); });
  }
  std::vector<std::chrono::steady_clock::time_point> seen;
  for (const auto& request : server.requests()) seen.push_back(request.at);
  std::sort(seen.begin(), seen.end());
  ASSERT_EQ(seen.size(), 12u);
  for (std::size_t i = 3; i < seen.size(); ++i) EXPECT_GE(seen[i] - seen[i - 3], 1s) << "request " << i;
}

TEST(AcoustidClientTest, TriesAgainWhatMayPass) {
  AcoustidServer server([](auto&, std::size_t number, auto& response) {
    switch (number) {
      case 1:
        return say_error(response, 14, "rate limit exceeded", 429);
      case 2:
        return say_error(response, 13, "not available", 503);
      case 3:
        return say_error(response, 5, "internal error", 500);
      case 4:
        response.status = 502;
        return response.set_content("<html>Bad Gateway</html>", "text/html");
      case 5:
        return response.set_content("<html>Sign in</html>", "text/html");
      case 6:
        return test::cut_off(response);
      default:
        return say(response, recorded("one_recording"));
    }
  });
  AcoustidSettings settings = settings_for(server.url());
  settings.attempts = 7;
  AcoustidClient client(settings, loose());
  EXPECT_EQ(client.lookup(fingerprint, 213, {}).results.size(), 2u);
  EXPECT_EQ(server.requests().size(), 7u);
}

TEST(AcoustidClientTest, GivesUpWithTheReason) {
  AcoustidServer server([](auto&, auto, auto& response) { say_error(response, 13, "down", 503); });
  AcoustidClient client(settings_for(server.url()), loose());
  const Failure failure = failure_of(client);
  EXPECT_EQ(failure.fault, Fault::io);
  EXPECT_NE(failure.message.find("it is not available; try again later"), std::string::npos)
      << failure.message;
  EXPECT_EQ(server.requests().size(), 5u);
}

TEST(AcoustidClientTest, WaitsLongerEachTime) {
  AcoustidServer server([](auto&, auto, auto& response) { say_error(response, 5, "x", 500); });
  AcoustidSettings settings = settings_for(server.url());
  settings.first_wait = 60ms;
  settings.attempts = 4;
  AcoustidClient client(settings, loose());
  failure_of(client);
  const auto seen = server.requests();
  ASSERT_EQ(seen.size(), 4u);
  EXPECT_GE(seen[1].at - seen[0].at, 30ms);
  EXPECT_GE(seen[2].at - seen[1].at, 60ms);
  EXPECT_GE(seen[3].at - seen[2].at, 120ms);
}

TEST(AcoustidClientTest, NeverAsksAgainWithAWrongKeyOrAFingerprintThatIsNotTaken) {
  std::atomic<int> code = 4;
  AcoustidServer server(
      [&](auto&, auto, auto& response) { say_error(response, code.load(), std::string("no ") + key); });
  AcoustidClient client(settings_for(server.url()), loose());
  const Failure wrong_key = failure_of(client);
  EXPECT_EQ(wrong_key.fault, Fault::usage);
  EXPECT_NE(wrong_key.message.find("ECHOFOLD_ACOUSTID_KEY"), std::string::npos);
  code = 3;
  EXPECT_EQ(failure_of(client).fault, Fault::unsupported);
  code = 2;
  const Failure other = failure_of(client);
  EXPECT_NE(other.message.find("(2): no ***"), std::string::npos) << other.message;
  EXPECT_EQ(server.requests().size(), 3u);
}

TEST(AcoustidClientTest, AKeyThatComesBackInAnAnswerIsTakenOut) {
  std::string json = recorded("one_recording");
  json.replace(json.find("Norðurljós"), 5, key);
  AcoustidServer server([&](auto&, auto, auto& response) { say(response, json); });
  AcoustidClient client(settings_for(server.url()), loose());
  EXPECT_EQ(to_json(client.lookup(fingerprint, 213, {})).find(key), std::string::npos);
}

TEST(AcoustidClientTest, AHugeAnswerEndsAtTheLimit) {
  std::atomic<std::size_t> sent = 0;
  AcoustidServer server([&](auto&, auto, httplib::Response& response) {
    response.set_chunked_content_provider("application/json", [&](std::size_t, httplib::DataSink& sink) {
      const std::string block(100'000, ' ');
      sent += block.size();
      return sink.write(block.data(), block.size());
    });
  });
  AcoustidClient client(settings_for(server.url()), loose());
  EXPECT_NE(failure_of(client).message.find("too long"), std::string::npos);
  EXPECT_LT(sent, std::size_t{64} << 20);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST(AcoustidClientTest, ASmallAnswerThatUnpacksToAHugeOneEndsThere) {
  AcoustidServer server([&](auto&, auto, auto& response) { say(response, std::string(50'000'000, ' ')); });
  AcoustidClient client(settings_for(server.url()), loose());
  EXPECT_NE(failure_of(client).message.find("too long"), std::string::npos);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST(AcoustidClientTest, ASlowAnswerEndsAtTheTimeout) {
  std::promise<void> over;
  const auto wait = over.get_future().share();
  AcoustidServer server([&](auto&, auto, auto& response) {
    wait.wait_for(20s);
    say(response, recorded("no_result"));
  });
  AcoustidSettings settings = settings_for(server.url());
  settings.http.timeout = 500ms;
  settings.attempts = 2;
  AcoustidClient client(settings, loose());
  EXPECT_NE(failure_of(client).message.find("does not answer in time"), std::string::npos);
  over.set_value();
  EXPECT_EQ(server.requests().size(), 2u);
}

TEST(AcoustidClientTest, AStopEndsRequestsAndWaitsAtOnce) {
  std::promise<void> over;
  const auto wait = over.get_future().share();
  AcoustidServer server([&](const AcoustidServer::Request& request, auto, auto& response) {
    if (request.value("duration") == "213") wait.wait_for(20s);
    say_error(response, 13, "down", 503);
  });
  AcoustidSettings settings = settings_for(server.url());
  settings.http.timeout = 20s;
  settings.first_wait = 20s;
  AcoustidClient client(settings, loose());
  for (const std::uint64_t duration : {213, 5}) {  // while it waits for the answer; and before it asks again
    std::stop_source stop;
    std::jthread later([&] {
      std::this_thread::sleep_for(150ms);
      stop.request_stop();
    });
    const auto start = std::chrono::steady_clock::now();
    EXPECT_THROW(client.lookup(fingerprint, duration, stop.get_token()), Error);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
  }
  over.set_value();
}

TEST(AcoustidClientTest, WhereNobodyListensItSaysSo) {
  int port = 0;
  {
    AcoustidServer gone([](auto&, auto, auto&) {});
    port = gone.port();
  }
  AcoustidClient client(settings_for("http://127.0.0.1:" + std::to_string(port) + "/v2/lookup"), loose());
  const Failure failure = failure_of(client);
  EXPECT_EQ(failure.fault, Fault::io);
  EXPECT_NE(failure.message.find("can't be reached"), std::string::npos) << failure.message;
}

TEST(AcoustidClientTest, RedirectsAreNotFollowed) {
  AcoustidServer other([](auto&, auto, auto& response) { say(response, recorded("one_recording")); });
  AcoustidServer server(
      [&](auto&, auto, httplib::Response& response) { response.set_redirect(other.url(), 307); });
  AcoustidClient client(settings_for(server.url()), loose());
  const Failure failure = failure_of(client);
  EXPECT_EQ(failure.fault, Fault::usage);
  EXPECT_NE(failure.message.find("307"), std::string::npos);
  EXPECT_TRUE(other.requests().empty());
}

TEST(AcoustidClientTest, AnotherServiceIsNamedAsAWrongAddress) {
  AcoustidServer server([](auto&, auto, auto& response) { say(response, "{}", 404); });
  AcoustidClient client(settings_for(server.url()), loose());
  EXPECT_NE(failure_of(client).message.find("look at acoustid.url"), std::string::npos);
}

TEST(AcoustidClientTest, NoKeyAndNoOpenAddress) {
  const auto refused = [](const std::string& url, const std::string& with_key) {
    AcoustidSettings settings = settings_for(url);
    settings.key = with_key;
    try {
      const AcoustidClient client(settings, loose());
    } catch (const Error& e) {
      EXPECT_EQ(e.fault(), Fault::usage);
      return std::string(e.what());
    }
    return std::string();
  };
  EXPECT_NE(refused(acoustid_address, "").find("https://acoustid.org/new-application"), std::string::npos);
  EXPECT_NE(refused(acoustid_address, "two words").find("can't be a key"), std::string::npos);
  for (const char* url :
       {"http://api.acoustid.org/v2/lookup", "http://127.0.0.1.example.org/", "ftp://127.0.0.1/",
        "file:///etc/passwd", "https://me:word@api.acoustid.org/", "api.acoustid.org", ""})
    EXPECT_NE(refused(url, key), "") << url;
  for (const char* url : {acoustid_address, "http://127.0.0.1:8080/", "http://localhost/x",
                          "http://[::1]:80/", "HTTPS://mirror.example.org/lookup"})
    EXPECT_EQ(refused(url, key), "") << url;
}

TEST(LookUpTest, AnswersStandInTheOrderOfTheRequests) {
  AcoustidServer server([](const AcoustidServer::Request& request, auto, auto& response) {
    std::this_thread::sleep_for(std::chrono::milliseconds(std::stoi(request.value("duration")) % 3 * 30));
    if (request.value("duration") == "4") return say_error(response, 3, "invalid fingerprint");
    say(response, recorded(request.value("duration") == "5" ? "one_recording" : "no_result"));
  });
  AcoustidClient client(settings_for(server.url()), loose());
  std::vector<LookupRequest> requests;
  for (std::uint64_t duration = 0; duration < 9; ++duration) requests.push_back({fingerprint, duration});
  std::size_t last = 0;
  const Lookups lookups = look_up(client, requests, [&](std::size_t done) { EXPECT_EQ(done, ++last); }, {});
  EXPECT_EQ(last, 9u);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    EXPECT_EQ(lookups.outcomes[i].answer.has_value(), i != 4) << i;
    if (i == 4) continue;
    EXPECT_EQ(lookups.outcomes[i].answer->results.size(), i == 5 ? 2u : 0u) << i;
  }
  ASSERT_TRUE(lookups.outcomes[4].failure);
  EXPECT_EQ(lookups.outcomes[4].failure->fault(), Fault::unsupported);
  EXPECT_STREQ(lookups.outcomes[4].failure->what(), "AcoustID does not accept the fingerprint");
  EXPECT_FALSE(lookups.given_up);
}

TEST(LookUpTest, AServiceThatIsDownIsNotAskedForEveryFile) {
  AcoustidServer server([](auto&, auto, auto& response) { say_error(response, 13, "down", 503); });
  AcoustidClient client(settings_for(server.url()), loose());
  const std::vector<LookupRequest> requests(200, {fingerprint, 213});
  const Lookups lookups = look_up(client, requests, {}, {});
  ASSERT_TRUE(lookups.given_up);
  EXPECT_EQ(lookups.given_up->fault(), Fault::io);
  EXPECT_NE(std::string(lookups.given_up->what()).find("can't be asked"), std::string::npos);
  EXPECT_LE(server.requests().size(), 15u);
}

TEST(LookUpTest, AWrongKeyEndsIt) {
  AcoustidServer server([](auto&, auto, auto& response) { say_error(response, 4, "invalid API key"); });
  AcoustidClient client(settings_for(server.url()), loose());
  const std::vector<LookupRequest> requests(200, {fingerprint, 213});
  EXPECT_THROW(look_up(client, requests, {}, {}), Error);
  EXPECT_LE(server.requests().size(), 3u);
}

}  // namespace
}  // namespace echofold::online_acoustid_client_test
