#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "expr/arena.hpp"
#include "expr/ast.hpp"
#include "expr/dialect.hpp"
#include "expr/record.hpp"
#include "expr/time_zone.hpp"
#include "expr/value.hpp"

namespace engage::expr {

/// What an expression may know beside the profile.
struct Context {
    std::int64_t now = 0;  ///< The value of `NOW`: Unix seconds.
    TimeZone zone{};       ///< The project's time zone, for `datetime("…")` and `string(datetime)`.
    Semantics semantics{};
};

/// An operand that `Semantics::logical_types_refused` forbids.
struct LogicalFault {
    LogicalOp op = LogicalOp::kAnd;
    Type type = Type::kUndefined;  ///< Of the operand.
};

struct Tables;

/// An expression that is ready to be evaluated. Immutable; share it between threads.
class Program {
public:
    /// Takes the tree over. An empty tree matches every profile.
    explicit Program(Ast ast);
    ~Program();
    Program(Program&&) noexcept;
    Program& operator=(Program&&) noexcept;

    /// What the expression reads, each reference once.
    const std::vector<Reference>& references() const;

    /// The value of the expression for one profile. A type mismatch is the value undefined, never an error. The view
    /// may point into the program, the record and `arena`.
    View evaluate(const Record& record, const Context& context, Arena& arena) const;

    /// Whether the profile is returned: the value's truthiness; true for an empty expression. Under
    /// `Semantics::logical_types_refused` the first forbidden operand that is met, operands in their order and only as
    /// far as the result is open, is put into `fault`.
    bool matches(const Record& record, const Context& context, Arena& arena,
                 std::optional<LogicalFault>* fault = nullptr) const;

    const Ast& ast() const;
    const Tables& tables() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace engage::expr
