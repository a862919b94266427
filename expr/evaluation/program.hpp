#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "expr/evaluation/facts.hpp"
#include "expr/syntax/ast.hpp"
#include "expr/syntax/dialect.hpp"
#include "expr/values/arena.hpp"
#include "expr/values/record.hpp"
#include "expr/values/time_zone.hpp"
#include "expr/values/value.hpp"

namespace engage::expr::evaluation {

/// What an expression may know beside the profile.
struct Context {
    std::int64_t now = 0;     ///< The value of `NOW`: Unix seconds.
    values::TimeZone zone{};  ///< The project's time zone, for `datetime("…")` and `string(datetime)`.
    syntax::Semantics semantics{};
};

/// An operand that `Semantics::logical_types_refused` forbids.
struct LogicalFault {
    syntax::LogicalOp op = syntax::LogicalOp::kAnd;
    values::Type type = values::Type::kUndefined;  ///< Of the operand.
};

struct Tables;

/// An expression that is ready to be evaluated. Immutable; share it between threads.
class Program {
public:
    /// Takes the tree over. An empty tree matches every profile.
    explicit Program(syntax::Ast ast);
    ~Program();
    Program(Program&&) noexcept;
    Program& operator=(Program&&) noexcept;

    /// What the expression reads, each reference once.
    const std::vector<values::Reference>& references() const;

    /// The value of the expression for one profile. A type mismatch is the value undefined, never an error. The view
    /// may point into the program, the record and `arena`.
    values::View evaluate(const values::Record& record, const Context& context, values::Arena& arena) const;

    /// Whether the profile is returned: the value's truthiness; true for an empty expression. Under
    /// `Semantics::logical_types_refused` the first forbidden operand that is met, operands in their order and only as
    /// far as the result is open, is put into `fault`.
    bool matches(const values::Record& record, const Context& context, values::Arena& arena,
                 std::optional<LogicalFault>* fault = nullptr) const;

    const Facts& facts() const;
    const syntax::Ast& ast() const;
    const Tables& tables() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace engage::expr::evaluation
