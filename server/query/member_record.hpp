#pragma once

#include <string_view>
#include <vector>

#include "expr/record.hpp"
#include "server/query/bindings.hpp"

namespace engage::server {

/// One cohort member without a profile after the other: they have an id and what the query computes of them; every
/// property is undefined. The references, and what the bindings refer to, must outlive it.
class MemberRecord final : public expr::Record {
public:
    MemberRecord(const std::vector<expr::Reference>& references, const Bindings& bindings)
        : references_(references), computed_(bindings.resolve(references)) {}

    void select(std::string_view id) { id_ = id; }
    expr::View value(std::size_t reference, expr::Arena&) const override {
        if (const auto* computed = computed_[reference]) return computed->of_member(id_);
        const auto& [scope, name] = references_[reference];
        const bool is_id = name == "$distinct_id" && (scope == expr::Scope::kProperties || scope == expr::Scope::kUser);
        return is_id ? expr::View::string(id_) : expr::View{};
    }

private:
    const std::vector<expr::Reference>& references_;
    std::vector<const Computed*> computed_;
    std::string_view id_;
};

}  // namespace engage::server
