// Input that may never come: files, pipes with and without writers, and things that are no files.
#include "index/base/fs/input_stream.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include "index/base/error.h"
#include "index/base/fs/input_file.h"
#include "tests/support/temp_dir.h"

namespace echofold::fs_input_stream_test {
namespace {

using namespace std::chrono_literals;
using test::TempDir;

std::string all_of(const std::string& path, const std::stop_token& stop = {}) {
  InputStream in(path, stop);
  return {std::istreambuf_iterator<char>(in), {}};
}

template <class Call>
std::string refused(Call call, Fault fault) {
  try {
    call();
  } catch (const Error& e) {
    EXPECT_EQ(e.fault(), fault) << e.what();
    return e.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

struct OddFiles : testing::Test {
  std::string made(const std::string& name) { return (dir / name).string(); }
  std::string pipe() {
    EXPECT_EQ(mkfifo(made("pipe").c_str(), 0600), 0);
    return made("pipe");
  }
  std::string socket() {
    const std::string path = made("socket");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    listening = Fd(::socket(AF_UNIX, SOCK_STREAM, 0));
    EXPECT_EQ(bind(listening.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    return path;
  }
  TempDir dir;
  Fd listening;
};

TEST_F(OddFiles, OnlyRegularFilesAreReadWhole) {
  std::ofstream(made("file")) << "some text";
  EXPECT_EQ(read_regular(made("file"), 9), "some text");
  EXPECT_EQ(read_regular("/dev/null", 9), "");
  const auto why = [](const std::string& path) {
    return refused([&] { read_regular(path, 100); }, Fault::unsupported);
  };
  EXPECT_NE(why(made("")).find("is a folder"), std::string::npos);
  EXPECT_NE(why(pipe()).find("is a pipe"), std::string::npos);
  EXPECT_NE(why(socket()).find("is a socket"), std::string::npos);
  EXPECT_NE(why("/dev/zero").find("is a device"), std::string::npos);
  refused([&] { read_regular(made("nothing"), 100); }, Fault::missing);
}

TEST_F(OddFiles, LargeFilesAreNotTakenIntoMemory) {
  std::ofstream(made("file")) << "some text";
  EXPECT_NE(refused([&] { read_regular(made("file"), 8); }, Fault::unsupported).find(made("file")),
            std::string::npos);
  std::filesystem::resize_file(dir / "file", std::uint64_t{100} << 30);  // a sparse file
  const auto began = std::chrono::steady_clock::now();
  refused([&] { read_regular(made("file"), 1 << 20); }, Fault::unsupported);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
}

TEST_F(OddFiles, AStreamIsOfAFileAPipeOrNothing) {
  std::string text(200'000, 'x');
  text[70'000] = '\n';
  std::ofstream(made("file")) << text;
  EXPECT_EQ(all_of(made("file")), text);
  EXPECT_EQ(all_of("/dev/null"), "");
  const std::string path = pipe();
  std::thread writer([&] { std::ofstream(path) << text; });
  EXPECT_EQ(all_of(path), text);
  writer.join();
  const auto why = [](const std::string& path) { return refused([&] { all_of(path); }, Fault::usage); };
  EXPECT_NE(why(made("")).find("is a folder"), std::string::npos);
  EXPECT_NE(why(socket()).find("is a socket"), std::string::npos);
  EXPECT_NE(why("/dev/zero").find("is a device"), std::string::npos);
  EXPECT_NE(why(made("nothing")).find(made("nothing")), std::string::npos);
}

TEST_F(OddFiles, AWriterThatComesLateIsWaitedForAndOneThatThinksIs) {
  const std::string path = pipe();
  std::thread writer([&] {
    std::this_thread::sleep_for(400ms);
    std::ofstream out(path);
    std::this_thread::sleep_for(400ms);
    out << "late" << std::flush;
    std::this_thread::sleep_for(400ms);
    out << ", but there";
  });
  EXPECT_EQ(all_of(path), "late, but there");
  writer.join();
}

TEST_F(OddFiles, APipeThatNobodyWritesToIsGivenUp) {
  const auto began = std::chrono::steady_clock::now();
  EXPECT_NE(refused([&] { all_of(pipe()); }, Fault::usage).find("nobody writes"), std::string::npos);
  EXPECT_GE(std::chrono::steady_clock::now() - began, InputStream::longest_wait_for_a_writer);
}

TEST_F(OddFiles, EveryWaitEndsAtAStop) {
  const std::string path = pipe();
  for (const bool with_writer : {false, true}) {
    const Fd writer(with_writer ? ::open(path.c_str(), O_RDWR) : -1);
    if (with_writer) {
      ASSERT_EQ(::write(writer.get(), "half a line", 11), 11);
    }
    std::stop_source stop;
    std::thread stopper([&] {
      std::this_thread::sleep_for(300ms);
      stop.request_stop();
    });
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(all_of(path, stop.get_token()), with_writer ? "half a line" : "");
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
    stopper.join();
  }
}

}  // namespace
}  // namespace echofold::fs_input_stream_test
