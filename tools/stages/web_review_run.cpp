// See web_review_run.h.
#include "tools/stages/web_review_run.h"

#include <spdlog/spdlog.h>

#include <stop_token>
#include <thread>

#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/text/printable.h"
#include "tools/console/output.h"
#include "tools/review/review_jobs.h"
#include "tools/review/web_actions.h"
#include "tools/review/web_answers.h"
#include "tools/review/web_assets.h"
#include "tools/review/web_groups.h"
#include "tools/review/web_media.h"
#include "tools/review/web_pairs.h"
#include "tools/review/web_server.h"
#include "tools/stages/decoding.h"
#include "tools/stages/open_scanned.h"

namespace echofold {
namespace {

void print_link(WebGuard& guard, const ReviewOptions& options) {
  data_out() << guard.link() << '\n';
  flush_output();
  if (options.verbosity >= Verbosity::normal)
    spdlog::info("open this link in a browser on this machine; Ctrl-C ends the page");
  if (options.open && !open_in_browser(guard.link_for_once()))
    spdlog::warn("no browser was opened: there is no xdg-open");
}

/// Reads a part of a file of the library in the jail. The file must be as it was scanned, and stay so.
Media read_part(const TrackRecord& track, const MediaRequest& request, const std::stop_token& stop) {
  const MusicFile file = open_scanned(track);
  const std::string extension = extension_of(track.path);
  Media media = media_in_jail(file.fd(), extension, request, stop);
  file.check_unchanged();
  return media;
}

/// Runs the jobs in a thread of its own. An error ends the jobs, not the page.
std::jthread begin_jobs(ReviewJobs& jobs) {
  return std::jthread([&jobs](const std::stop_token& stop) {
    try {
      jobs.run(stop);
    } catch (const std::exception& error) {
      spdlog::error("{}", printable(error.what()));
    }
  });
}

}  // namespace

ExitCode run_web_review_stage(const ReviewOptions& options, const std::stop_token& stop) {
  Store::open_to_read(options.db);  // a library that is not there is reported at once
  const Listener listener = listen_on_loopback(options.port);
  WebGuard guard(listener.port);
  LibraryAccess library(options);
  ReviewState state(library);
  ReviewJobs jobs(library, state, options);
  WebRouter router;
  MediaSource media(state, read_part, {}, stop);
  add_asset_routes(router);
  add_group_routes(router, state, {.merge_tags = options.merge_tags, .version = ECHOFOLD_VERSION});
  add_pair_routes(router, library, state);
  add_answer_routes(router, library, state);
  add_media_routes(router, media);
  add_action_routes(router, library, jobs);
  print_link(guard, options);
  std::jthread working = begin_jobs(jobs);
  const std::stop_callback stop_jobs(stop, [&] { working.request_stop(); });
  serve(listener, guard, router, stop);
  working.join();  // what it has begun ends in good order
  library.store_waiting();
  spdlog::info("the page is closed; every answer is stored");
  return ExitCode::done;
}

}  // namespace echofold
