#include "expr/values/value.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace engage;
using namespace engage::expr;

TEST_CASE("every type has the name that the documentation uses", "[expr][value]") {
    CHECK(values::type_name(values::View().type()) == "undefined");
    CHECK(values::type_name(values::View::null().type()) == "null");
    CHECK(values::type_name(values::View::boolean(true).type()) == "boolean");
    CHECK(values::type_name(values::View::number(1).type()) == "number");
    CHECK(values::type_name(values::View::string("a").type()) == "string");
    CHECK(values::type_name(values::View::datetime(1).type()) == "datetime");
    CHECK(values::type_name(values::View::list({}).type()) == "list");
    CHECK(values::type_name(values::View::object({}).type()) == "object");
}

TEST_CASE("a view gives back what it was made of", "[expr][value]") {
    const std::array items{values::View::number(1.5), values::View::string("a")};
    const std::array members{values::Member{"name", values::View::boolean(true)}};
    CHECK(values::View::datetime(-1).as_datetime() == -1);
    CHECK(values::View::list(items).as_list()[1].as_string() == "a");
    CHECK(values::View::list(items).as_list()[0].as_number() == 1.5);
    CHECK(values::View::object(members).as_object()[0].name == "name");
    CHECK(values::View::object(members).as_object()[0].value.as_boolean());
}
