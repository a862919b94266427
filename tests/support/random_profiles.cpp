#include "tests/support/random_profiles.hpp"

#include <array>
#include <string_view>

#include "fixtures/project/project.hpp"

namespace engage::test {

namespace {

constexpr std::array<std::string_view, 30> kValues{R"("a")",
                                                   R"("A")",
                                                   R"("ab")",
                                                   R"("pro")",
                                                   R"("Pro")",
                                                   R"("")",
                                                   R"("false")",
                                                   R"("0")",
                                                   R"("12.5")",
                                                   R"("1")",
                                                   "0",
                                                   "1",
                                                   "1.0",
                                                   "-3",
                                                   "12.5",
                                                   "1700000000",
                                                   "true",
                                                   "false",
                                                   "null",
                                                   R"(["a","pro"])",
                                                   R"([1,"A"])",
                                                   "[]",
                                                   R"({"a":1})",
                                                   "{}",
                                                   R"("2026-03-01")",
                                                   R"("2026-03-01T12:00:00")",
                                                   R"("2026-03-01T12:00:00Z")",
                                                   R"("\"q\\")",
                                                   R"("é")",
                                                   R"([null,{"b":[2]}])"};

std::string_view any_value(std::mt19937& random) { return kValues[random() % kValues.size()]; }

void add(std::string& properties, std::string_view name, std::string_view json) {
    properties.append(properties.empty() ? "\"" : ",\"").append(name).append("\":").append(json);
}

std::string row(std::mt19937& random, std::size_t index) {
    std::string properties;
    add(properties, "few", kValues[random() % 4]);
    if (random() % 2 == 0) add(properties, "list", random() % 3 == 0 ? R"(["a","b"])" : any_value(random));
    if (random() % 10 != 0) add(properties, "mixed", any_value(random));
    if (random() % 40 == 0) add(properties, "rare", any_value(random));
    const auto number = std::to_string(random() % 1000);
    add(properties, "unique",
        random() % 8 == 0   ? any_value(random)
        : random() % 2 == 0 ? number
                            : '"' + number + "x\"");
    return R"({"$distinct_id":"User-)" + std::to_string(index) + R"(","$properties":{)" + properties + "}}\n";
}

}  // namespace

const std::vector<std::string>& random_names() {
    static const std::vector<std::string> names{"few",    "list",         "mixed",        "rare",
                                                "unique", "$distinct_id", "nobody has it"};
    return names;
}

std::shared_ptr<const fixtures::profiles::ProfileSet> random_profiles(std::mt19937& random, std::size_t count) {
    auto rows = std::make_shared<std::string>();
    for (std::size_t i = 0; i < count; ++i) *rows += row(random, i);
    const fixtures::files::SourceFile settings{"project.json", R"({"project_id": 1})", nullptr};
    return fixtures::project::load_project("random", {settings, {"profiles.ndjson", *rows, rows}}).value().users;
}

}  // namespace engage::test
