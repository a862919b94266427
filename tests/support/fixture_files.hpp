#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fixtures/project/project.hpp"

namespace engage::fixtures {

/// A file that is held in memory.
inline files::SourceFile file(std::string path, std::string text) {
    auto owner = std::make_shared<const std::string>(std::move(text));
    const std::string_view view = *owner;
    return {std::move(path), view, std::move(owner)};
}

inline constexpr auto kSmallProject = R"({"project_id": 7})";

/// All problems of a project of these files, one a line; empty when it loads.
inline std::string problems_of(const std::vector<files::SourceFile>& files) {
    const auto project = project::load_project("demo", files);
    std::string text;
    if (project) return text;
    for (const auto& problem : project.error()) text += files::to_string(problem) + '\n';
    return text;
}

/// The problems of a project whose profiles are `text`.
inline std::string problems_of_rows(std::string text) {
    return problems_of({file("project.json", kSmallProject), file("profiles", std::move(text))});
}

/// The rows of a project as the query endpoint sends them, one a line.
inline std::string rows_of(const profiles::ProfileSet& profiles) {
    std::string text;
    for (profiles::RowIndex row = 0; row < profiles.size(); ++row) text.append(profiles.row(row)).append("\n");
    return text;
}

}  // namespace engage::fixtures
