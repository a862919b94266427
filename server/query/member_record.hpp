#pragma once

#include <string_view>
#include <vector>

#include "expr/record.hpp"

namespace engage::server {

/// A cohort member without a profile: it has an id, and every property is undefined.
class MemberRecord final : public expr::Record {
public:
    MemberRecord(const std::vector<expr::Reference>& references, std::string_view id)
        : references_(references), id_(id) {}
    expr::View value(std::size_t reference, expr::Arena&) const override {
        const auto& [scope, name] = references_[reference];
        const bool is_id = name == "$distinct_id" && (scope == expr::Scope::kProperties || scope == expr::Scope::kUser);
        return is_id ? expr::View::string(id_) : expr::View{};
    }

private:
    const std::vector<expr::Reference>& references_;
    std::string_view id_;
};

}  // namespace engage::server
