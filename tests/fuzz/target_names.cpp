// The naming template and the names made from it. The template is the first line; the other lines are tags.
#include <algorithm>

#include "engine/tag/name_template.h"
#include "index/base/error.h"
#include "index/base/fs/path.h"
#include "index/base/text/folding.h"
#include "index/base/text/legal_name.h"
#include "index/base/text/utf8.h"
#include "tests/fuzz/target.h"

namespace echofold::fuzz {
namespace {

std::string_view line_of(std::string_view& bytes) {
  const std::string_view line = bytes.substr(0, bytes.find('\n'));
  bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
  return line;
}

void require_legal(const std::string& name) {
  require(!name.empty() && name.size() <= longest_name_bytes, "a name has 1 to 255 bytes");
  require(is_utf8(name), "a name is UTF-8");
  require(name.front() != '.' && name.front() != ' ', "a name is not hidden");
  require(name.back() != '.' && name.back() != ' ', "no dot and no space at the end");
  require(name.find_first_of("<>:\"/\\|?*") == std::string::npos, "no reserved character");
  require(std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }),
          "no control character");
  const std::string base = folded(name).substr(0, folded(name).find('.'));
  for (const char* device : {"con", "prn", "aux", "nul", "com1", "lpt9"})
    require(base != device, "no name of a device");
  require(legal_name(name) == name, "a legal name stays as it is");
  require(folded(folded(name)) == folded(name), "folding ends");
}

void run_name_template(std::string_view bytes) {
  const std::string_view text = line_of(bytes);
  NameFields fields;
  Tags& tags = fields.tags;
  for (std::string* tag :
       {&tags.artist, &tags.title, &tags.album, &tags.album_artist, &tags.track, &tags.disc, &tags.date})
    *tag = line_of(bytes);
  const std::string_view extension = suffix_of(line_of(bytes));
  try {
    const ExpandedName name = NameTemplate::parse(text).expand(fields);
    require(!name.missing || (name.folders.empty() && name.stem.empty()), "a name or what it lacks");
    for (const std::string& folder : name.folders) require_legal(folder);
    if (!name.missing) require_legal(name.stem);
  } catch (const Error& e) {
    require(e.fault() == Fault::usage, "a template is right or wrong");
    require(std::string_view(e.what()).find(", column ") != std::string_view::npos,
            "an error names the column");
  }
  for (const std::string* tag : {&tags.artist, &tags.title}) {
    require_legal(legal_name(*tag));
    require(legal_name(*tag, 16).size() <= 16, "a name is cut");
    require_legal(legal_file_name(*tag, extension));
  }
}

std::vector<std::string> name_template_seeds() {
  const std::string tags = "\nAC/DC\nT.N.T.\nHigh Voltage\nVarious\xcc\x88\n3/12\n1/2\n1975-12-01\nx.flac";
  return {std::string(default_name_template) + tags,
          "{album|artist|\"no album\":2}/[{year} - ]{track:3}\\[x\\] {title}\nCON\n..\n.hid "
          "\n\xff\xfe\nA1\n2\n75\nb.mp3",
          "[[[{medium}]-]{trackartist}]{tracks}{discs}{date}{title}\n<>\"|?*\naux.x\n\n\n1/0\n12/11\n\n.x"};
}

}  // namespace

const Target name_template{"name_template", run_name_template, name_template_seeds};

}  // namespace echofold::fuzz
