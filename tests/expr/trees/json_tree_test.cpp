#include "expr/trees/json_tree.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "expr/evaluation/program.hpp"
#include "expr/syntax/parse.hpp"
#include "expr/values/json.hpp"
#include "fixtures/json/read.hpp"
#include "tests/support/case_file.hpp"
#include "tests/support/json_record.hpp"

using namespace engage;
using Json = nlohmann::ordered_json;

namespace {

std::string value_of(expr::syntax::Ast ast, const test::Case& one) {
    const expr::evaluation::Program program(std::move(ast));
    const test::JsonRecord record(Json::parse(one.properties), program.references());
    expr::values::Arena arena;
    const auto value = program.evaluate(record, {.now = std::stoll(one.directives.at("now")), .zone = {}}, arena);
    if (value.is(expr::values::Type::kUndefined)) return "undefined";
    if (value.is(expr::values::Type::kDatetime))
        return "datetime " + expr::values::format_datetime(value.as_datetime());
    return expr::values::to_json(value, {});
}

std::string outcome_of(const test::Case& one) {
    // Deeper than files and requests may nest.
    const auto json = fixtures::json::read_document(one.expression, {.depth = 1000}).value();
    auto ast = expr::trees::parse_tree(expr::values::Cursor(json));
    if (!ast) return "error " + ast.error().pointer + ' ' + ast.error().message;
    if (!ast->root) return "nothing";
    if (one.directives.at("show") == "tree") return expr::syntax::to_tree(*ast);
    const auto text = expr::syntax::to_text(*ast);
    const auto again = expr::syntax::parse(text);
    if (!again) return "the text is refused: " + text;
    if (expr::syntax::to_tree(*again) != expr::syntax::to_tree(*ast) || again->nodes != ast->nodes)
        return "the text says something else: " + text;
    return one.directives.at("show") == "text" ? text : value_of(std::move(*ast), one);
}

void check_directive(const std::string& name, const std::string& value, const test::Place& at) {
    if (name == "now")
        test::check_count(name, value, at);
    else if (name == "show")
        test::check_one_of({"value", "text", "tree"}, name, value, at);
    else
        at.refuse("@now or @show", '@' + name);
}

/// `levels` times {"operator": "not", "children": […]} around a leaf.
Json nested(std::size_t levels, Json leaf) {
    for (std::size_t i = 0; i < levels; ++i) leaf = Json{{"operator", "not"}, {"children", Json::array({leaf})}};
    return leaf;
}

std::string outcome_of(const Json& tree) {
    test::Case one;
    one.expression = tree.dump();
    one.directives["show"] = "text";
    return outcome_of(one);
}

const Json kLeaf = {{"property", "user"}, {"value", "x"}};

/// Trees of every operator and leaf, as a seed chooses.
class RandomTree {
public:
    explicit RandomTree(unsigned seed) : random_(seed) {}

    Json node(std::size_t levels) {
        if (levels == 0 || one_of(4) == 0) return leaf();
        struct Operator {
            const char* name;
            std::size_t children;
        };
        static constexpr Operator kOperators[] = {
            {"and", 3},  {"or", 2},     {"in", 2}, {"not in", 2}, {"+", 2},       {"-", 2},
            {"-", 1},    {"*", 2},      {"/", 2},  {"%", 2},      {"==", 2},      {"!=", 2},
            {">", 2},    {"<", 2},      {">=", 2}, {"<=", 2},     {"not", 1},     {"boolean", 1},
            {"list", 1}, {"number", 1}, {"or", 1}, {"string", 1}, {"defined", 1}, {"not defined", 1}};
        const auto& [name, count] = kOperators[one_of(std::size(kOperators))];
        auto children = Json::array();
        for (std::size_t i = 0; i < count; ++i) children.push_back(node(levels - 1));
        return {{"operator", name}, {"children", children}};
    }

private:
    std::size_t one_of(std::size_t count) { return random_() % count; }
    Json leaf() {
        static const Json kLeaves[] = {
            kLeaf,
            {{"property", "event"}, {"value", "a \"quoted\" \\ name"}},
            {{"property", "literal"}, {"value", "now"}},
            {{"property", "literal"}, {"value", -2.5}},
            {{"property", "literal"}, {"value", Json::array({"a", nullptr, true, Json::array()})}},
            {{"property", "literal"}, {"value", {{"window", {{"unit", "day"}, {"value", -7}}}}}},
            {{"property", "user"}, {"value", "x"}, {"operator", "not in"}, {"operand", "é"}},
            {{"property", "user"}, {"value", "x"}, {"operator", ">"}, {"operand", 1e300}, {"type", "datetime"}}};
        return kLeaves[one_of(std::size(kLeaves))];
    }

    std::mt19937 random_;
};

}  // namespace

TEST_CASE("the text of any tree means the same", "[expr][tree]") {
    for (unsigned seed = 0; seed < 3000; ++seed) {
        const auto tree = RandomTree(seed).node(6);
        INFO(tree.dump());
        const auto text = outcome_of(tree);
        const bool is_good = !text.starts_with("the text") && !text.starts_with("error");
        CHECK(is_good);
    }
}

TEST_CASE("JSON trees mean what tree.case says, and their text means the same", "[expr][tree]") {
    for (const auto& one : test::read_cases(ENGAGE_SOURCE_DIR "/tests/expr/tree.case", {&check_directive})) {
        INFO(one.where() << "  " << one.expression);
        CHECK(outcome_of(one) == one.expected);
    }
}

TEST_CASE("a tree is as deep as text may nest, and no deeper", "[expr][tree]") {
    const auto refused = "nested deeper than " + std::to_string(expr::syntax::kMaxNesting) + " levels";
    CHECK(outcome_of(nested(expr::syntax::kMaxNesting - 1, kLeaf)).starts_with("not not "));
    std::string pointer;
    for (std::size_t i = 0; i < expr::syntax::kMaxNesting; ++i) pointer += "/children/0";
    CHECK(outcome_of(nested(expr::syntax::kMaxNesting, kLeaf)) == "error " + pointer + ' ' + refused);
    // What a leaf stands for counts, too.
    const Json now = {{"property", "literal"}, {"value", "now"}};
    CHECK(outcome_of(nested(expr::syntax::kMaxNesting - 2, now)).ends_with("not datetime(NOW)"));
    CHECK(outcome_of(nested(expr::syntax::kMaxNesting - 1, now)).ends_with(refused));
}

TEST_CASE("a list of lists is as deep as text may nest", "[expr][tree]") {
    Json list = Json::array();
    for (std::size_t i = 2; i < expr::syntax::kMaxNesting; ++i) list = Json::array({list});
    CHECK(outcome_of(Json{{"property", "literal"}, {"value", list}}).starts_with("[[["));
    list = Json::array({Json::array({list})});
    CHECK(outcome_of(Json{{"property", "literal"}, {"value", list}}).starts_with("error /value/0/0"));
}

TEST_CASE("a tree has at most so many nodes", "[expr][tree]") {
    Json children = Json::array();
    while (children.size() + 1 < expr::syntax::kMaxNodes) children.push_back(kLeaf);
    const auto parse = [&] {
        const auto text = Json{{"operator", "and"}, {"children", children}}.dump();
        const auto tree = fixtures::json::read_document(text).value();
        return expr::trees::parse_tree(expr::values::Cursor(tree));
    };
    CHECK(parse().value().nodes == expr::syntax::kMaxNodes);
    children.push_back(kLeaf);
    const auto refused = parse();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == "more than 200000 operands and operators");
}
