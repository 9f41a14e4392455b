// acoustid_server DIR: a local AcoustID server for tag.sh. Writes its address to DIR/url and one line per request to
// DIR/log. Answers with DIR/<duration>.json, or DIR/default.json if there is none. DIR/mode selects a failure. Ends
// with its stdin.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "tests/engine/online/acoustid_server.h"
#include "tests/support/read_file.h"

namespace echofold::test {
namespace {

constexpr const char* right_key = "right-k3y";

std::string content(const std::filesystem::path& file) {
  std::string text = read_file(file);
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

void answer(const std::filesystem::path& dir, const AcoustidServer::Request& request, std::size_t number,
            httplib::Response& response) {
  const std::string mode = content(dir / "mode");
  if (request.value("client") != right_key)
    return say_error(response, 4, "invalid API key " + request.value("client"));
  if (mode == "busy" && number % 2 == 1) return say_error(response, 14, "rate limit exceeded", 429);
  if (mode == "down") return say_error(response, 13, "not available", 503);
  if (mode == "garbage") return response.set_content("<html>Sign in</html>", "text/html");
  if (mode == "cut") return cut_off(response);
  if (mode == "slow") std::this_thread::sleep_for(std::chrono::seconds(3));
  const auto own = dir / (request.value("duration") + ".json");
  say(response, content(std::filesystem::exists(own) ? own : dir / "default.json"));
}

}  // namespace
}  // namespace echofold::test

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path dir = argv[1];
  const auto start = std::chrono::steady_clock::now();
  std::mutex mutex;
  std::ofstream log(dir / "log");
  echofold::test::AcoustidServer server([&](const auto& request, std::size_t number, auto& response) {
    {
      const std::lock_guard lock(mutex);
      const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(request.at - start);
      log << at.count() << ' ' << request.value("duration") << ' ' << request.encoding << ' ' << request.port
          << std::endl;
    }
    echofold::test::answer(dir, request, number, response);
  });
  std::ofstream(dir / "url.new") << server.url() << '\n';
  std::filesystem::rename(dir / "url.new", dir / "url");
  std::string line;
  while (std::getline(std::cin, line)) {
  }
}
