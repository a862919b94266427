#include "server/cli/config_file.hpp"

#include <CLI/CLI.hpp>
#include <fstream>

namespace engage::server::cli {

Expected<std::vector<ConfigEntry>, std::string> read_config_file(const std::string& path) {
    std::ifstream file(path);
    if (!file) return unexpected("--config: cannot read " + path);
    std::vector<ConfigEntry> entries;
    try {
        for (const auto& item : CLI::ConfigTOML().from_config(file)) {
            if (!item.parents.empty())
                return unexpected("--config: " + path + ": sections are not known: [" + item.parents.front() + "]");
            entries.push_back({item.name, item.inputs});
        }
    } catch (const CLI::Error& error) {
        return unexpected("--config: " + path + ": " + error.what());
    }
    return entries;
}

}  // namespace engage::server::cli
