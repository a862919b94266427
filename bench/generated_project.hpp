#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fixtures/generate/generate.hpp"
#include "fixtures/project/project.hpp"

/// A project of so many generated profiles, in memory.
inline engage::fixtures::project::Project generated_project(std::uint32_t profiles) {
    using namespace engage;
    std::vector<fixtures::files::SourceFile> files;
    for (auto& file : fixtures::generate::generate_project({.profiles = profiles, .groups = 1, .seed = 1})) {
        auto text = std::make_shared<const std::string>(std::move(file.text));
        files.push_back({.path = std::move(file.path), .text = *text, .owner = text});
    }
    auto project = fixtures::project::load_project("generated", files);
    if (!project) {
        std::fprintf(stderr, "%s\n", fixtures::files::to_string(project.error().front()).c_str());
        std::exit(1);
    }
    return std::move(*project);
}
