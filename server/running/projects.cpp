#include "server/running/projects.hpp"
#include "fixtures/project/embedded_demo.hpp"

#include <ostream>

namespace engage::server::running {

void print_problems(const std::vector<fixtures::files::Problem>& problems, std::ostream& errors) {
    for (const auto& problem : problems) errors << "engage-emulator: " << fixtures::files::to_string(problem) << '\n';
}

std::optional<std::vector<fixtures::project::Project>> load_projects(const std::vector<std::string>& directories,
                                                                     std::ostream& errors) {
    std::vector<fixtures::project::Project> projects;
    std::vector<fixtures::files::Problem> problems;
    const auto add = [&](const std::string& name, const std::vector<fixtures::files::SourceFile>& files) {
        auto project = fixtures::project::load_project(name, files);
        if (project)
            projects.push_back(std::move(*project));
        else
            problems.insert(problems.end(), project.error().begin(), project.error().end());
    };
    for (const auto& directory : directories) {
        if (auto files = fixtures::files::read_directory(directory))
            add(directory, *files);
        else
            problems.insert(problems.end(), files.error().begin(), files.error().end());
    }
    if (directories.empty()) add("demo", fixtures::project::embedded_demo());
    print_problems(problems, errors);
    if (!problems.empty()) return std::nullopt;
    return projects;
}

}  // namespace engage::server::running
