#include "server/cli/generate.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "fixtures/generate/generate.hpp"

namespace engage::server::cli {

namespace fs = std::filesystem;

int run(const GenerateOptions& options) {
    std::error_code error;
    const fs::path directory = options.output;
    if (!options.force && fs::exists(directory, error) && !fs::is_empty(directory, error)) {
        std::cerr << "engage-emulator: --output: " << options.output << " is not empty (--force writes all the same)\n";
        return kExitUsage;
    }
    for (const auto& file : fixtures::generate::generate_project({.profiles = options.profiles,
                            .groups = options.groups,
                            .events = options.events,
                            .seed = options.seed})) {
        const auto path = directory / file.path;
        fs::create_directories(path.parent_path(), error);
        std::ofstream out(path, std::ios::binary);
        out << file.text;
        out.close();
        if (!out) {
            std::cerr << "engage-emulator: cannot write " << path.string() << '\n';
            return kExitFailure;
        }
    }
    std::cerr << "engage-emulator: wrote " << options.profiles << " profiles and " << options.events << " events to "
              << options.output << '\n';
    return 0;
}

}  // namespace engage::server::cli
