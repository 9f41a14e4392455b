# Writes the files of the review page as one C++ source, so that the program needs nothing beside itself.
#
#   cmake -D FOLDER=... -D OUT=... -P embed_assets.cmake
#
# FOLDER/files.txt lists the files, one path a line; lines that begin with # are comments.
file(STRINGS "${FOLDER}/files.txt" paths ENCODING UTF-8)
set(arrays "")
set(rows "")
set(number 0)
foreach(path IN LISTS paths)
  string(STRIP "${path}" path)
  if(path STREQUAL "" OR path MATCHES "^#")
    continue()
  endif()
  if(NOT path MATCHES "^[A-Za-z0-9_./-]+$" OR path MATCHES "(^|/)\\.")
    message(FATAL_ERROR "${FOLDER}/files.txt: ${path}: only letters, digits and _ . / - may be in a name")
  endif()
  file(READ "${FOLDER}/${path}" bytes HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")  # 16 bytes a line
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  # A file may be empty, an array not: the last byte is not part of the file.
  string(APPEND arrays "constexpr unsigned char file_${number}[] = {\n${bytes}0};\n")
  string(APPEND rows "    {\"/${path}\", {reinterpret_cast<const char*>(file_${number}), sizeof file_${number} - 1}},\n")
  math(EXPR number "${number} + 1")
endforeach()
set(text "// Made by tools/review/embed_assets.cmake.
#include \"tools/review/web_assets.h\"

namespace echofold {
namespace {

${arrays}
}  // namespace

const std::vector<WebAsset>& web_assets() {
  static const std::vector<WebAsset> assets = {
${rows}  };
  return assets;
}

}  // namespace echofold
")
file(WRITE "${OUT}" "${text}")
