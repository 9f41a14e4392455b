// Parses a template by recursive descent, one function for each construct, and fills it.
#include "engine/tag/name_template.h"

#include <algorithm>
#include <utility>

#include "engine/tag/name_fields.h"
#include "index/base/error.h"
#include "index/base/text/legal_name.h"

namespace echofold {

/// One piece of a template.
struct NameTemplate::Node {
  enum class Kind : std::uint8_t { text, separator, field, optional };
  struct Choice {
    FieldValue value = nullptr;  ///< null: `text` is the choice
    std::string text;
  };
  Kind kind = Kind::text;
  std::string text;             ///< the text, or the name of a field, for messages
  std::vector<Choice> choices;  ///< of a field
  unsigned digits = 0;          ///< of a field; 0: as it is
  std::vector<Node> inside;     ///< of an optional part
};

namespace {

using Node = NameTemplate::Node;
constexpr unsigned deepest = 16;
constexpr std::size_t longest_template_bytes = 4096;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Node> read() {
    std::vector<Node> nodes = parts(0);
    if (at_ < text_.size()) refuse(at_, "`]` without a `[` before it");
    return nodes;
  }

  [[noreturn]] static void refuse(std::size_t at, const std::string& what) {
    throw Error(Fault::usage, "naming template, column " + std::to_string(at + 1) + ": " + what);
  }

 private:
  bool more() const noexcept { return at_ < text_.size(); }

  /// Parses up to the end, or to the `]` of the optional part.
  std::vector<Node> parts(unsigned depth) {
    std::vector<Node> nodes;
    while (more() && text_[at_] != ']') {
      if (text_[at_] == '{') {
        nodes.push_back(field());
      } else if (text_[at_] == '[') {
        nodes.push_back(optional(depth));
      } else if (text_[at_] == '/') {
        nodes.push_back({Node::Kind::separator, "/", {}, 0, {}});
        ++at_;
      } else {
        nodes.push_back({Node::Kind::text, plain("{}[]/"), {}, 0, {}});
      }
    }
    return nodes;
  }

  /// Text up to one of `ends`.
  std::string plain(std::string_view ends) {
    std::string text;
    for (; more() && ends.find(text_[at_]) == std::string_view::npos; ++at_) {
      if (text_[at_] == '\0') refuse(at_, "a NUL byte can't stand in a name");
      if (text_[at_] == '\\' && ++at_ == text_.size()) refuse(at_ - 1, "nothing follows the `\\`");
      text += text_[at_] == '/' ? '_' : text_[at_];  // only reached after a `\`, or in quotes
    }
    if (more() && text_[at_] == '}') refuse(at_, "`}` without a `{` before it");
    return text;
  }

  Node optional(unsigned depth) {
    const std::size_t start = at_++;
    if (depth == deepest) refuse(start, "optional parts stand too deep in each other");
    Node node{Node::Kind::optional, "", {}, 0, parts(depth + 1)};
    if (!more()) refuse(start, "this `[` is not closed");
    if (!has_field(node.inside)) refuse(start, "an optional part without a field is always there");
    ++at_;
    return node;
  }

  static bool has_field(const std::vector<Node>& nodes) {
    for (const Node& node : nodes)
      if (node.kind == Node::Kind::field || node.kind == Node::Kind::optional) return true;
    return false;
  }

  Node field() {
    const std::size_t start = at_++;
    Node node{Node::Kind::field, "", {}, 0, {}};
    for (;;) {
      node.choices.push_back(choice(start));
      if (!more() || text_[at_] != '|') break;
      ++at_;
    }
    if (more() && text_[at_] == ':') node.digits = digits(start);
    if (!more()) refuse(start, "this `{` is not closed");
    if (text_[at_] != '}') refuse(at_, "`}`, `|` or `:` should stand here");
    node.text = text_.substr(start + 1, at_ - start - 1);
    ++at_;
    return node;
  }

  Node::Choice choice(std::size_t start) {
    if (more() && text_[at_] == '"') {
      ++at_;
      std::string text = quoted(start);
      if (text.empty()) refuse(start, "an empty text is none: use `[ ]` for what may be left out");
      return {nullptr, std::move(text)};
    }
    const std::size_t first = at_;
    while (more() && text_[at_] >= 'a' && text_[at_] <= 'z') ++at_;
    const std::string_view name = text_.substr(first, at_ - first);
    if (!more()) refuse(start, "this `{` is not closed");
    const FieldValue value = field_named(name);
    if (value == nullptr)
      refuse(first, (name.empty() ? std::string("the name of a field is missing")
                                  : "there is no field `" + std::string(name) + "`") +
                        "; there are " + field_names());
    return {value, {}};
  }

  std::string quoted(std::size_t start) {
    std::string text;
    for (; more() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\0') refuse(at_, "a NUL byte can't stand in a name");
      if (text_[at_] == '\\' && ++at_ == text_.size()) refuse(at_ - 1, "nothing follows the `\\`");
      text += text_[at_];
    }
    if (!more()) refuse(start, "the text in this `{` is not closed");
    ++at_;
    return text;
  }

  unsigned digits(std::size_t start) {
    ++at_;
    if (!more()) refuse(start, "this `{` is not closed");
    if (text_[at_] < '1' || text_[at_] > '9') refuse(at_, "behind the `:` stands a number of digits, 1 to 9");
    return static_cast<unsigned>(text_[at_++] - '0');
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Refuses parts between two slashes that would lead elsewhere, or name nothing.
void require_plain_path(std::string_view text) {
  if (text.starts_with('/')) Reader::refuse(0, "names lie below the library folder: no `/` at the start");
  if (text.ends_with('/') && !text.ends_with("\\/"))
    Reader::refuse(text.size() - 1, "the name of the file is missing");
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('/', start), text.size());
    const std::string_view part = text.substr(start, end - start);
    if (part.empty()) Reader::refuse(start, "a folder without a name");
    if (part.find_first_not_of('.') == std::string_view::npos)
      Reader::refuse(start, "it leads elsewhere and names no folder");
    start = end + 1;
  }
}

/// Fills nodes. Only separators of the template begin a new part; a slash in a value does not.
class Filler {
 public:
  explicit Filler(const NameFields& fields) : fields_(fields) {}

  /// @return the first field without a value; nothing when all have one
  std::optional<std::string> fill(const std::vector<Node>& nodes, std::vector<std::string>& parts) const {
    for (const Node& node : nodes) {
      switch (node.kind) {
        case Node::Kind::text:
          parts.back() += node.text;
          break;
        case Node::Kind::separator:
          parts.emplace_back();
          break;
        case Node::Kind::field: {
          const std::string value = value_of(node);
          if (value.empty()) return node.text;
          parts.back() += value;
          break;
        }
        case Node::Kind::optional: {
          std::vector<std::string> with = parts;
          if (!fill(node.inside, with)) parts = std::move(with);
          break;
        }
      }
    }
    return std::nullopt;
  }

 private:
  std::string value_of(const Node& node) const {
    for (const Node::Choice& choice : node.choices) {
      std::string value = choice.value == nullptr ? choice.text : choice.value(fields_);
      if (value.find_first_not_of(' ') == std::string::npos) continue;
      return node.digits > 0 ? padded(value, node.digits) : value;
    }
    return {};
  }

  const NameFields& fields_;
};

}  // namespace

NameTemplate::NameTemplate(std::vector<Node> nodes) : nodes_(std::move(nodes)) {}
NameTemplate::NameTemplate(NameTemplate&&) noexcept = default;
NameTemplate& NameTemplate::operator=(NameTemplate&&) noexcept = default;
NameTemplate::~NameTemplate() = default;

NameTemplate NameTemplate::parse(std::string_view text) {
  if (text.empty()) Reader::refuse(0, "it is empty");
  if (text.size() > longest_template_bytes)
    Reader::refuse(longest_template_bytes,
                   "it is longer than " + std::to_string(longest_template_bytes) + " bytes");
  std::vector<Node> nodes = Reader(text).read();
  require_plain_path(text);
  bool last_has_field = false;
  for (const Node& node : nodes) {
    if (node.kind == Node::Kind::separator) last_has_field = false;
    if (node.kind == Node::Kind::field) last_has_field = true;
  }
  if (!last_has_field)
    Reader::refuse(text.size() - 1, "the name of the file needs a field outside of `[ ]`, like {title}");
  return NameTemplate(std::move(nodes));
}

ExpandedName NameTemplate::expand(const NameFields& fields) const {
  ExpandedName name;
  std::vector<std::string> parts(1);
  name.missing = Filler(fields).fill(nodes_, parts);
  const auto is_blank = [](const std::string& part) {
    return part.find_first_not_of(' ') == std::string::npos;
  };
  if (!name.missing && is_blank(parts.back())) name.missing = "all of the file's name";
  if (name.missing) return name;
  name.stem = legal_name(parts.back());
  parts.pop_back();
  for (const std::string& part : parts)
    if (!is_blank(part)) name.folders.push_back(legal_name(part));
  return name;
}

}  // namespace echofold
