#!/usr/bin/env bash
# Includes go one way (tools -> engine -> index), and each third-party library is used in one place.
set -euo pipefail
cd "${ECHOFOLD_SOURCE:?}"
bad=0
# forbid PATTERN WHY FILES...: none of the files may include anything that matches PATTERN.
forbid() {
  local pattern=$1 why=$2
  shift 2
  if grep -nP "^\s*#\s*include\s*[<\"]($pattern)" "$@"; then
    echo "FAILED: $why" >&2
    bad=1
  fi
}
# sources FOLDERS...: all sources below them; `but` excludes some.
sources() { find "$@" -name '*.h' -o -name '*.cpp' | sort; }
but() { grep -vE "$1"; }

[ "$(sources index | wc -l)" -gt 10 ] && [ "$(sources engine | wc -l)" -gt 20 ] || { echo "FAILED: no sources" >&2; exit 1; }
# no source file has a space in its name
{
  forbid '(engine|tools|bench|tests)/' 'index/ includes upwards' $(sources index)
  forbid '(index/(model|simd|pair|store|candidates|join)|engine)/' 'index/base includes upwards' $(sources index/base)
  forbid 'index/base/(fs/|json)' 'index/base/text knows files or JSON' $(sources index/base/text)
  forbid 'index/base/json' 'index/base/fs knows JSON' $(sources index/base/fs)
  forbid 'index/(simd|pair|store|candidates|join)/' 'index/model includes upwards' $(sources index/model)
  forbid 'index/(pair|store|candidates|join)/' 'index/simd includes upwards' $(sources index/simd)
  forbid 'index/(store|candidates|join)/' 'index/pair knows more than two fingerprints' $(sources index/pair)
  forbid 'index/(candidates|join)/' 'the store knows what is derived from it' $(sources index/store)
  forbid 'index/(pair|store|join)/' 'index/candidates judges or reads the store' $(sources index/candidates)
  forbid 'index/store/' 'index/join reads the store itself' $(sources index/join)
  forbid '(tools|bench|tests)/' 'engine/ includes upwards' $(sources engine)
  forbid '(bench|tests)/' 'tools/ includes tests or benchmarks' $(sources tools)
  # The layers of engine/act: files <- journal <- recovery <- the verbs.
  forbid 'engine/(?!act/files/)|index/(store|candidates|join)/' 'engine/act/files knows more than files' $(sources engine/act/files)
  forbid 'engine/act/(recovery/|[a-z_]+\.h)' 'engine/act/journal includes upwards' $(sources engine/act/journal)
  forbid 'engine/act/[a-z_]+\.h' 'engine/act/recovery includes a verb' $(sources engine/act/recovery)
  forbid '(engine/(library|dedupe|act|report|listen|jail)|index/(store|base/json))' 'engine/audio knows more than its arguments' $(sources engine/audio)
  forbid 'engine/(?!(audio|listen)/)|index/(?!(base|model)/)|index/base/json' 'engine/listen knows more than two descriptors' $(sources engine/listen)
  forbid 'lib(av|sw)' 'libav outside engine/audio' $(sources index engine tools | but '^engine/audio/')
  forbid 'taglib|(.*/)?(fileref|tpropertymap|tiostream|tfilestream|(mpeg|flac|mp4|asf|ape)file|id3v2tag|xiphcomment)\.h' 'TagLib outside engine/audio/probe*' $(sources index engine tools | but '^engine/(audio/probe|tag/)')
  forbid 'chromaprint' 'Chromaprint outside its door' $(sources index engine tools | but '^engine/audio/fingerprinter\.cpp')
  forbid 'seccomp|linux/(seccomp|filter)' 'libseccomp outside its door' $(sources index engine tools | but '^engine/jail/seccomp_filter')
  forbid 'engine/(library|dedupe|act|report|tune)|index/store' 'engine/jail knows more than a descriptor' $(sources engine/jail)
  forbid 'lmdb\.h' 'LMDB outside index/store' $(sources index engine tools | but '^index/store/')
  forbid '(tbb|oneapi)/' 'oneTBB outside index/base/parallel_tbb.h' $(sources index engine tools datasets | but '^index/base/parallel_tbb\.h')
  forbid 'faiss' 'FAISS outside index/candidates/posting_file' $(sources index engine tools | but '^index/candidates/posting_file[a-z_]*\.(h|cpp)')
  forbid 'xsimd|[a-z]mmintrin|x86intrin' 'SIMD outside index/simd and engine/audio/simd' $(sources index engine tools | but '^(index|engine/audio)/simd/')
  forbid 'librsync' 'librsync outside engine/act/journal/delta' $(sources index engine tools | but '^engine/act/journal/delta\.cpp')
  forbid 'sys/inotify' 'inotify outside engine/library/folder_events' $(sources index engine tools | but '^engine/library/folder_events\.cpp')
  forbid 'utf8proc' 'utf8proc outside index/base/text' $(sources index engine tools | but '^index/base/text/')
  forbid 'curl' 'curl outside its door' $(sources index engine tools | but '^engine/online/http\.cpp')
  forbid 'zlib' 'zlib outside its door' $(sources index engine tools | but '^engine/online/gzip\.cpp')
  # What can use a network, and who may call it: only the verb `tag`.
  # The review page has a server of its own, on the loopback address only. engine/jail and mpv_pair have socketpairs with
  # processes of their own.
  forbid 'httplib' 'httplib outside its door' $(sources index engine tools | but '^tools/review/web_http\.cpp')
  forbid 'sys/socket|netdb|arpa/inet|netinet' 'a network outside engine/online' $(sources index engine tools | but '^(engine/(online/http\.cpp|jail/)|tools/review/(web_connections|mpv_pair)\.cpp)')
  forbid 'ebur128' 'libebur128 outside its door' $(sources index engine tools | but '^engine/media/loudness\.cpp')
  forbid 'engine/(?!(audio|media)/)|index/(?!(base|model)/)|index/base/json' 'engine/media knows more than a descriptor' $(sources engine/media)
  forbid 'engine/online/(http|acoustid_client|look_up)' 'lookups are asked for outside of tag' $(sources index engine tools | but '^(engine/online/|tools/(cmd_tag\.|stages/tag_))')
  # Public headers show no type of the third-party library.
  forbid 'faiss' 'FAISS in a public header' index/candidates/candidate_index.h
  forbid '.*lmdb\.h' 'LMDB in a public header' index/store/store.h
  forbid 'curl' 'curl in a public header' engine/online/http.h
  forbid 'lib(av|sw)|chromaprint' 'a library in a public header' engine/audio/read_track.h engine/audio/fingerprinter.h
}
# Files are moved only in engine/act, whatever the call; replace_file moves only its own files.
if grep -nE '\b(renameat2?|unlinkat|linkat|remove_all|rename|std::filesystem::(remove|copy))\(' $(sources engine tools | but '^(engine/act/|tools/replace_file\.cpp)'); then
  echo "FAILED: a file is moved or removed outside engine/act" >&2
  bad=1
fi
exit $bad
