// Computes ratios for difflib_equality.py: for each line "a TAB b" of stdin, one line with all digits.
#include <cstdio>
#include <iostream>
#include <string>

#include "bench/rivals/difflib_ratio.h"

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) return 2;
    const std::string_view text = line;
    std::printf("%.17g\n", echofold::bench::difflib_ratio(text.substr(0, tab), text.substr(tab + 1)));
  }
}
