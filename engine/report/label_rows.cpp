// See label_rows.h.
#include "engine/report/label_rows.h"

#include "engine/dedupe/answers.h"
#include "engine/report/csv.h"
#include "index/base/json.h"

namespace echofold {
std::string label_csv_header() { return "a,b,label,treatment,verdict\r\n"; }

// Paths of a library are absolute: csv_path puts no apostrophe before them.
std::string label_to_csv(const VerdictLabel& label) {
  return csv_line({csv_path(label.pair.a), csv_path(label.pair.b), std::string(name_of(label.pair.label)),
                   csv_text(label.pair.treatment), std::string(name_of(label.verdict))});
}

std::string label_to_line(const VerdictLabel& label) {
  Json object;
  object["schema"] = "echofold.label/1";
  put_path(object, "a", label.pair.a);
  put_path(object, "b", label.pair.b);
  object["label"] = name_of(label.pair.label);
  object["treatment"] = label.pair.treatment;
  object["verdict"] = name_of(label.verdict);
  return to_line(object);
}

}  // namespace echofold
