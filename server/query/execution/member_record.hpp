#pragma once

#include <string_view>
#include <vector>

#include "expr/values/record.hpp"
#include "server/query/execution/bindings.hpp"

namespace engage::server::query::execution {

/// One cohort member without a profile after the other: they have an id and what the query computes of them; every
/// property is undefined. The references, and what the bindings refer to, must outlive it.
class MemberRecord final : public expr::values::Record {
public:
    MemberRecord(const std::vector<expr::values::Reference>& references, const Bindings& bindings)
        : references_(references), computed_(bindings.resolve(references)) {}

    void select(std::string_view id) { id_ = id; }
    expr::values::View value(std::size_t reference, expr::values::Arena&) const override {
        if (const auto* computed = computed_[reference]) return computed->of_member(id_);
        const auto& [scope, name] = references_[reference];
        const bool is_id = name == "$distinct_id" &&
                           (scope == expr::values::Scope::kProperties || scope == expr::values::Scope::kUser);
        return is_id ? expr::values::View::string(id_) : expr::values::View{};
    }

private:
    const std::vector<expr::values::Reference>& references_;
    std::vector<const Computed*> computed_;
    std::string_view id_;
};

}  // namespace engage::server::query::execution
