#include <cstdint>
#include <cstdlib>

#include "expr/values/arena.hpp"
#include "fixtures/json/json_value.hpp"
#include "fixtures/project/project.hpp"

namespace {

using namespace engage;

Expected<fixtures::project::Project, std::vector<fixtures::files::Problem>> load(std::string_view rows) {
    static const std::string kProject = R"({"project_id":1})";
    return fixtures::project::load_project("fuzz", {{"profiles.json", rows, {}}, {"project.json", kProject, {}}});
}

}  // namespace

/// A row file loads or has problems with a text; what was loaded loads again to the same rows.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto project = load({reinterpret_cast<const char*>(data), size});
    if (!project) {
        if (project.error().empty()) std::abort();
        for (const auto& problem : project.error())
            if (problem.message.empty()) std::abort();
        return 0;
    }
    std::string text;
    expr::values::Arena arena;
    const auto& users = *project->users;
    for (fixtures::profiles::RowIndex row = 0; row < users.size(); ++row) {
        text += std::string(users.row(row)) + "\n";
        for (const auto name : users.property_names(row)) fixtures::json::decode_json(users.property(row, name), arena);
    }
    const auto again = load(text);
    if (!again || again->users->size() != users.size()) std::abort();
    for (fixtures::profiles::RowIndex row = 0; row < users.size(); ++row)
        if (again->users->row(row) != users.row(row)) std::abort();
    return 0;
}
