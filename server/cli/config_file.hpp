#pragma once

#include <string>
#include <vector>

#include "expr/expected.hpp"

namespace engage::server::cli {

/// One `key = value` of a configuration file; a list has several values.
struct ConfigEntry {
    std::string key;
    std::vector<std::string> values;
};

/// Reads a TOML file of plain `key = value` lines. The error names the file and what is wrong with it.
Expected<std::vector<ConfigEntry>, std::string> read_config_file(const std::string& path);

}  // namespace engage::server::cli
