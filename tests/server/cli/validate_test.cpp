#include "server/cli/validate.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace engage;
using namespace engage::server;

namespace {

/// The output, then the errors.
std::string validated(const std::vector<std::string>& projects) {
    cli::ValidateOptions options;
    for (const auto& name : projects) options.fixtures.push_back(ENGAGE_SOURCE_DIR "/tests/server/projects/" + name);
    std::ostringstream output;
    std::ostringstream errors;
    CHECK(cli::run(options, output, errors) == 0);
    return output.str() + errors.str();
}

}  // namespace

TEST_CASE("validate counts profiles, events and who is in each cohort now", "[validate]") {
    CHECK(validated({"club"}) ==
          "project 4 \"club\": 4 profiles\n"
          "  data group -1405123841946871899 \"company\": 2 profiles\n"
          "  data group 9223372036854775807 \"team\": 2 profiles\n"
          "  data group -9223372036854775808 \"site\": 0 profiles\n"
          "  cohort 20 \"Pro\": 2 members now\n"
          "  cohort 21 \"Cached count\": 1 member\n"
          "  cohort 22 \"Grown up\": 2 members now\n"
          "  cohort 23 \"Pro, not grown up or VIP\": 1 member now\n"
          "  cohort 24 \"Not hand-picked\": 3 members now\n"
          "  cohort 25 \"Imported\": 2 members, 1 of them without a profile\n"
          "  cohort 26 \"Synchronised\": 1 member\n"
          "  cohort 27 \"Nothing known\": no definition, always empty\n"
          "  cohort 28 \"Big companies\": 1 member now\n"
          "  cohort 29 \"Companies with a list\": 2 members, 1 of them without a profile\n"
          "  cohort 30 \"Small companies\": 1 member now\n");
    CHECK(validated({"merged", "legacy"}) ==
          "project 5 \"merged\": 3 profiles\n"
          "  4 events of 2 users, 3 names\n"
          "  4 users with more than one id\n"
          "  cohort 1 \"Newsletter\": 4 members, 2 of them without a profile\n"
          "  cohort 2 \"Imported\": 2 members\n"
          "project 6 \"legacy\": 1 profile\n"
          "  2 events of 1 user, 1 name\n");
}
