#pragma once

#include <string_view>
#include <vector>

#include "expr/record.hpp"
#include "server/query/behaviors/computed.hpp"

namespace engage::server {

/// By number of the reference: the value that the query computes for it, null where it is the profile's own.
using Bindings = std::vector<const Computed*>;

/// A cohort member without a profile: it has an id and what the query computes of it; every property is undefined.
/// Holds references only.
class MemberRecord final : public expr::Record {
public:
    MemberRecord(const std::vector<expr::Reference>& references, const Bindings& bindings, std::string_view id)
        : references_(references), bindings_(bindings), id_(id) {}

    expr::View value(std::size_t reference, expr::Arena&) const override {
        if (const auto* computed = bindings_[reference]) return computed->of_member(id_);
        const auto& [scope, name] = references_[reference];
        const bool is_id = name == "$distinct_id" && (scope == expr::Scope::kProperties || scope == expr::Scope::kUser);
        return is_id ? expr::View::string(id_) : expr::View{};
    }

private:
    const std::vector<expr::Reference>& references_;
    const Bindings& bindings_;
    std::string_view id_;
};

}  // namespace engage::server
