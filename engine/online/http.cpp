// One multi handle for each connection, because another thread can interrupt a wait on it.
#include "engine/online/http.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <array>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

#include "engine/online/gzip.h"
#include "index/base/error.h"
#include "index/base/handle.h"

namespace echofold {
namespace {

using Easy = Handle<CURL, curl_easy_cleanup>;
using Multi = Handle<CURLM, curl_multi_cleanup>;
using Url = Handle<CURLU, curl_url_cleanup>;
using Headers = Handle<curl_slist, curl_slist_free_all>;

/// Called before the first handle is made. Starts curl once per process.
void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw Error(Fault::io, "libcurl can't start");
}

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

/// True for its addresses, and for the only name that curl itself resolves to them.
bool is_this_machine(const std::string& host) {
  in_addr address{};
  if (inet_pton(AF_INET, host.c_str(), &address) == 1) return ntohl(address.s_addr) >> 24 == 127;
  return host == "localhost" || host == "[::1]";
}

struct Body {
  std::string bytes;
  std::size_t most;
  bool too_large = false;
};

std::size_t take_bytes(char* data, std::size_t, std::size_t size, void* to) noexcept {
  Body& body = *static_cast<Body*>(to);
  body.too_large = body.too_large || size > body.most - body.bytes.size();
  if (body.too_large) return 0;
  try {
    body.bytes.append(data, size);
  } catch (...) {
    return 0;
  }
  return size;
}

HttpEnd end_of(CURLcode code, const Body& body) {
  if (body.too_large) return HttpEnd::too_large;
  switch (code) {
    case CURLE_OK:
      return HttpEnd::answered;
    case CURLE_OPERATION_TIMEDOUT:
      return HttpEnd::timeout;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
      return HttpEnd::unreachable;
    default:
      return HttpEnd::cut_off;
  }
}

}  // namespace

void check_service_url(const std::string& url) {
  const auto refuse = [&](const std::string& why) {
    throw Error(Fault::usage, "acoustid.url: `" + url + "` " + why);
  };
  const Url parsed(curl_url());
  if (!parsed) throw std::bad_alloc();
  if (url.find("://") == std::string::npos ||
      curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    refuse("is not the address of a web service");
  const std::string scheme = part_of(parsed.get(), CURLUPART_SCHEME);
  if (!part_of(parsed.get(), CURLUPART_USER).empty() || !part_of(parsed.get(), CURLUPART_PASSWORD).empty())
    refuse("must not hold a name or a password");
  if (scheme == "https" || (scheme == "http" && is_this_machine(part_of(parsed.get(), CURLUPART_HOST))))
    return;
  refuse(
      "must begin with https:// (http only for a server on this machine): your key would be sent in the "
      "open");
}

std::string form_escaped(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.';
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      out += c;
    else if (c == ' ')
      out += '+';
    else
      out.append({'%', digits[byte >> 4], digits[byte & 15]});
  }
  return out;
}

/// A connection with the options that all its requests share.
class Connection {
 public:
  explicit Connection(const HttpSettings& settings) : most_(settings.most_bytes) {
    start_curl();
    multi_.reset(curl_multi_init());
    easy_.reset(curl_easy_init());
    for (const char* line : {"Content-Type: application/x-www-form-urlencoded", "Content-Encoding: gzip",
                             "Accept: application/json", "Expect:"})
      add_header(line);
    if (!multi_ || !easy_) throw std::bad_alloc();
    CURL* easy = easy_.get();
    set(CURLOPT_URL, settings.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, settings.url.starts_with("https:") ? "https" : "http");
    if (settings.url.starts_with("http:")) set(CURLOPT_NOPROXY, "*");  // straight to this machine
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // does not wait for a name that is still being resolved
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(settings.timeout.count()));
    set(CURLOPT_ACCEPT_ENCODING, "gzip");
    set(CURLOPT_USERAGENT, "echofold");
    set(CURLOPT_HTTPHEADER, headers_.get());
    set(CURLOPT_POST, 1L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_.data());
  }

  HttpReply post(const std::string& packed, const std::stop_token& stop) {
    Body body{{}, most_};
    set(CURLOPT_WRITEDATA, &body);
    set(CURLOPT_POSTFIELDS, packed.data());
    set(CURLOPT_POSTFIELDSIZE, static_cast<long>(packed.size()));
    error_[0] = '\0';
    HttpReply reply;
    const CURLcode code = run(stop, reply);
    if (reply.end != HttpEnd::stopped) reply.end = end_of(code, body);
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &reply.status);
    if (reply.end != HttpEnd::answered)
      reply.why = error_[0] != '\0' ? error_.data() : curl_easy_strerror(code);
    reply.body = std::move(body.bytes);
    return reply;
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK)
      throw Error(Fault::io, "libcurl lacks something that this program needs (option " +
                                 std::to_string(static_cast<int>(option)) + ")");
  }

  void add_header(const char* line) {
    curl_slist* longer = curl_slist_append(headers_.get(), line);
    if (longer == nullptr) throw std::bad_alloc();
    (void)headers_.release();  // its first element now belongs to the longer list
    headers_.reset(longer);
  }

  CURLcode run(const std::stop_token& stop, HttpReply& reply) {
    CURLM* multi = multi_.get();
    if (curl_multi_add_handle(multi, easy_.get()) != CURLM_OK) return CURLE_OUT_OF_MEMORY;
    const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
    CURLcode code = CURLE_OK;
    int running = 1;
    while (running > 0 && !stop.stop_requested()) {
      if (curl_multi_perform(multi, &running) != CURLM_OK) break;
      if (running > 0 && curl_multi_poll(multi, nullptr, 0, 1000, nullptr) != CURLM_OK) break;
    }
    if (running > 0) {
      code = CURLE_RECV_ERROR;
      if (stop.stop_requested()) reply.end = HttpEnd::stopped;
    }
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left))
      if (message->msg == CURLMSG_DONE) code = message->data.result;
    curl_multi_remove_handle(multi, easy_.get());
    return code;
  }

  std::size_t most_;
  std::array<char, CURL_ERROR_SIZE> error_{};
  Headers headers_;
  Multi multi_;
  Easy easy_;  // must be freed before the multi handle
};

struct HttpClient::Impl {
  HttpSettings settings;
  std::mutex mutex;
  std::vector<std::unique_ptr<Connection>> idle;

  std::unique_ptr<Connection> take() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        auto connection = std::move(idle.back());
        idle.pop_back();
        return connection;
      }
    }
    return std::make_unique<Connection>(settings);
  }
};

HttpClient::HttpClient(HttpSettings settings) : impl_(std::make_unique<Impl>()) {
  check_service_url(settings.url);
  impl_->settings = std::move(settings);
}
HttpClient::~HttpClient() = default;

HttpReply HttpClient::post(std::string_view form, const std::stop_token& stop) {
  auto connection = impl_->take();
  HttpReply reply = connection->post(gzipped(form), stop);
  const std::lock_guard lock(impl_->mutex);
  impl_->idle.push_back(std::move(connection));
  return reply;
}

}  // namespace echofold
