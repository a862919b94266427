#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "expr/record.hpp"

namespace engage::test {

/// The value of `json`, which must outlive it, as must `arena`.
expr::View to_view(const nlohmann::ordered_json& json, expr::Arena& arena);

/// A profile given as JSON, for tests of the expression language without the profile store.
class JsonRecord final : public expr::Record {
public:
    /// `references` as `Program::references()` gives them. `id` is what `properties["$distinct_id"]` reads.
    JsonRecord(nlohmann::ordered_json properties, const std::vector<expr::Reference>& references, std::string id = "",
               nlohmann::ordered_json behaviors = nlohmann::ordered_json::object());

    expr::View value(std::size_t reference, expr::Arena& arena) const override;

private:
    nlohmann::ordered_json properties_;
    nlohmann::ordered_json behaviors_;
    std::vector<expr::Reference> references_;
    std::string id_;
};

}  // namespace engage::test
