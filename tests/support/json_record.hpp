#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "expr/values/record.hpp"

namespace engage::test {

/// The value of `json`, which must outlive it, as must `arena`.
expr::values::View to_view(const nlohmann::ordered_json& json, expr::values::Arena& arena);

/// A profile given as JSON, for tests of the expression language without the profile store.
class JsonRecord final : public expr::values::Record {
public:
    /// `references` as `Program::references()` gives them. `id` is what `properties["$distinct_id"]` reads.
    JsonRecord(nlohmann::ordered_json properties, const std::vector<expr::values::Reference>& references,
               std::string id = "", nlohmann::ordered_json behaviors = nlohmann::ordered_json::object());

    expr::values::View value(std::size_t reference, expr::values::Arena& arena) const override;

private:
    nlohmann::ordered_json properties_;
    nlohmann::ordered_json behaviors_;
    std::vector<expr::values::Reference> references_;
    std::string id_;
};

}  // namespace engage::test
