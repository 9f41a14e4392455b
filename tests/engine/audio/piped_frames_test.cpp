// A reader of a pipe gives the samples of a reader of the file. Nothing that comes through the pipe is trusted.
#include "engine/audio/piped_frames.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstring>
#include <functional>
#include <thread>

#include "engine/audio/share_frames.h"
#include "engine/audio/stereo_reader.h"
#include "index/base/error.h"
#include "index/base/fd.h"
#include "tests/engine/audio/clips.h"
#include "tests/engine/audio/read_stereo.h"
#include "tests/support/stereo_sound.h"
#include "tests/support/temp_dir.h"

namespace echofold::audio_piped_frames_test {
namespace {

using namespace test;

struct Pipe {
  Fd reading, writing;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    reading = Fd(ends[0]);
    writing = Fd(ends[1]);
    fcntl(writing.get(), F_SETFL, O_NONBLOCK);
  }
};

std::vector<MidSide> rest_of(StereoReader& reader) {
  std::vector<MidSide> samples;
  for (auto block = reader.read(); !block.empty(); block = reader.read())
    samples.insert(samples.end(), block.begin(), block.end());
  return samples;
}

bool same_bytes(const std::vector<MidSide>& a, const std::vector<MidSide>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(MidSide)) == 0;
}

class PipedReading : public testing::Test {
 protected:
  void SetUp() override { std::signal(SIGPIPE, SIG_IGN); }
  void TearDown() override { std::signal(SIGPIPE, SIG_DFL); }

  /// The samples that each of three readers gets at its rate from one decoder.
  void expect_as_read(const std::filesystem::path& file) {
    const int rates_hz[] = {44'100, 48'000, 11'025};
    Pipe pipes[3];
    const Fd fd(open(file.c_str(), O_RDONLY | O_CLOEXEC));
    std::thread writer([&] {
      const int ends[] = {pipes[0].writing.get(), pipes[1].writing.get(), pipes[2].writing.get()};
      share_frames(fd.get(), "", ends, {});
      for (Pipe& pipe : pipes) pipe.writing.close();
    });
    std::vector<MidSide> piped[3];
    std::thread readers[3];
    for (int i = 0; i < 3; ++i)
      readers[i] = std::thread([&, i] {
        StereoReader reader = StereoReader::of_pipe(pipes[i].reading.get());
        reader.convert_to(rates_hz[i]);
        piped[i] = rest_of(reader);
      });
    for (std::thread& reader : readers) reader.join();
    writer.join();
    for (int i = 0; i < 3; ++i) {
      const auto read = read_stereo(file, rates_hz[i]);
      EXPECT_GT(read.size(), 0U) << file;
      EXPECT_TRUE(same_bytes(piped[i], read)) << file << " at " << rates_hz[i];
    }
  }
  TempDir dir_;
};

TEST_F(PipedReading, GivesTheSamplesOfTheFile) {
  expect_as_read(clip());
  const Samples tone = sine(440, 0.5, 100'000), other = noise(1, 0.5, 100'000);
  write_wav(dir_ / "two.wav", 44'100, {tone, other});
  expect_as_read(dir_ / "two.wav");
  write_wav(dir_ / "six.wav", 96'000, {tone, other, tone, other, tone, other});
  expect_as_read(dir_ / "six.wav");
}

TEST_F(PipedReading, GivesTheSamplesOfEveryCodec) {
  if (!have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  for (const auto& [name, options] : {std::pair{"a.mp3", "-b:a 128k"},
                                      {"a.m4a", "-c:a aac -b:a 96k"},
                                      {"a.opus", "-c:a libopus -b:a 64k"},
                                      {"a.flac", "-ar 96000 -sample_fmt s32"},
                                      {"a.wv", "-ac 1"}}) {
    make_clip(dir_ / name, options);
    expect_as_read(dir_ / name);
  }
}

TEST_F(PipedReading, ADamagedFrameIsTheSameSilence) {
  if (!have_tool("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  make_clip(dir_ / "a.flac", "");
  std::string bytes = read_file(dir_ / "a.flac");
  for (std::size_t i = bytes.size() / 2; i < bytes.size() / 2 + 5000; ++i)
    bytes[i] = static_cast<char>(i * 7);
  write_bytes(dir_ / "a.flac", bytes);
  expect_as_read(dir_ / "a.flac");
}

TEST_F(PipedReading, AReaderThatEndsDoesNotStopTheOthers) {
  Pipe first, second;
  const Fd fd(open(clip().c_str(), O_RDONLY | O_CLOEXEC));
  std::thread writer([&] {
    const int ends[] = {first.writing.get(), second.writing.get()};
    share_frames(fd.get(), "", ends, {});
    second.writing.close();
  });
  first.reading.close();
  StereoReader reader = StereoReader::of_pipe(second.reading.get());
  reader.convert_to(44'100);
  const auto samples = rest_of(reader);
  writer.join();
  EXPECT_TRUE(same_bytes(samples, read_stereo(clip())));
}

TEST_F(PipedReading, TheWriterEndsWithItsLastReader) {
  Pipe only;
  only.reading.close();
  const Fd fd(open(clip().c_str(), O_RDONLY | O_CLOEXEC));
  const int ends[] = {only.writing.get()};
  share_frames(fd.get(), "", ends, {});  // comes back
}

TEST_F(PipedReading, AStopEndsAWriterThatNobodyReadsFrom) {
  Pipe pipe;
  const Fd fd(open(clip().c_str(), O_RDONLY | O_CLOEXEC));
  std::stop_source stop;
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop.request_stop();
  });
  const int ends[] = {pipe.writing.get()};
  try {
    share_frames(fd.get(), "", ends, stop.get_token());
    ADD_FAILURE() << "came back without an error";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::interrupted);
  }
  later.join();
}

/// The fault of reading a pipe to its end that has these messages.
Fault fault_of(const std::vector<FrameMessage>& messages) {
  Pipe pipe;
  const std::size_t size = messages.size() * sizeof(FrameMessage);
  EXPECT_EQ(write(pipe.writing.get(), messages.data(), size), static_cast<ssize_t>(size));
  pipe.writing.close();
  try {
    StereoReader reader = StereoReader::of_pipe(pipe.reading.get());
    reader.convert_to(44'100);
    rest_of(reader);
  } catch (const Error& error) {
    return error.fault();
  }
  ADD_FAILURE() << "came back without an error";
  return Fault::usage;
}

TEST_F(PipedReading, AStreamWithoutItsEndIsAnError) {
  FrameMessage stream;
  stream.rate_hz = 44'100;
  stream.channels = 2;
  EXPECT_EQ(fault_of({}), Fault::io);
  EXPECT_EQ(fault_of({stream}), Fault::io);
}

TEST_F(PipedReading, WhatNoDecoderMakesIsRefused) {
  FrameMessage stream;
  stream.rate_hz = 44'100;
  stream.channels = 2;
  FrameMessage sound;
  sound.kind = FrameMessage::Kind::frame;
  sound.rate_hz = 44'100;
  sound.channels = 1;
  sound.format = AV_SAMPLE_FMT_S16;
  sound.samples = 32;  // 64 bytes, those of one message
  sound.layout_order = AV_CHANNEL_ORDER_UNSPEC;
  EXPECT_EQ(fault_of({stream, sound, stream}), Fault::io);  // a good one, and then the pipe ends
  EXPECT_EQ(fault_of({sound}), Fault::unsupported);
  EXPECT_EQ(fault_of({stream, stream}), Fault::unsupported);
  const auto refused = [&](const std::function<void(FrameMessage&)>& change) {
    FrameMessage bad = sound;
    change(bad);
    return fault_of({stream, bad, stream});
  };
  EXPECT_EQ(refused([](FrameMessage& m) { m.samples = -1; }), Fault::unsupported);
  EXPECT_EQ(refused([](FrameMessage& m) { m.samples = 0x7fff'ffff; }), Fault::unsupported);
  EXPECT_EQ(refused([](FrameMessage& m) { m.rate_hz = 0; }), Fault::unsupported);
  EXPECT_EQ(refused([](FrameMessage& m) { m.format = 1000; }), Fault::unsupported);
  EXPECT_EQ(refused([](FrameMessage& m) { m.channels = 1'000'000; }), Fault::unsupported);
  EXPECT_EQ(refused([](FrameMessage& m) { m.layout_order = 77; }), Fault::unsupported);
  EXPECT_EQ(refused([](FrameMessage& m) { m.custom_bytes = 8; }), Fault::unsupported);
  EXPECT_EQ(refused([](FrameMessage& m) { m.silent_before_s = 1e300; }), Fault::unsupported);
}

}  // namespace
}  // namespace echofold::audio_piped_frames_test
