# Libraries that are linked either as Debian has them or, with ENGAGE_STATIC, into the program, which then needs glibc
# alone. That is a third less work at start and 3 MB less memory: the shared cpp-httplib brings OpenSSL and brotli along
# and starts OpenSSL whether TLS is used or not.
option(ENGAGE_STATIC "Link everything but glibc into the program" OFF)
set(ENGAGE_LIBRARY_SOURCES ${PROJECT_SOURCE_DIR}/build/library-sources CACHE PATH
    "With ENGAGE_STATIC: where script/library_sources has put what Debian has as shared libraries only")

if(NOT "${ENGAGE_STATIC}" STREQUAL "${ENGAGE_WAS_STATIC}")
  # find_package would keep to what it found in this folder before.
  foreach(found OPENSSL_SSL_LIBRARY OPENSSL_CRYPTO_LIBRARY ZLIB_LIBRARY_RELEASE)
    unset(${found} CACHE)
  endforeach()
  set(ENGAGE_WAS_STATIC ${ENGAGE_STATIC} CACHE INTERNAL "How the libraries were found")
endif()

add_library(engage_httplib INTERFACE)
add_library(engage_tz INTERFACE)
add_library(engage_pcre2 INTERFACE)
find_package(Threads REQUIRED)
find_package(date REQUIRED)
find_package(PkgConfig REQUIRED)
if(NOT ENGAGE_STATIC)
  # Debian's cpp-httplib is a shared library whose object layout depends on these flags.
  pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
  pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
  target_link_libraries(engage_httplib INTERFACE PkgConfig::HTTPLIB)
  target_link_libraries(engage_pcre2 INTERFACE PkgConfig::PCRE2)
  target_link_libraries(engage_tz INTERFACE date::date-tz)
  return()
endif()

if(NOT EXISTS ${ENGAGE_LIBRARY_SOURCES}/httplib.cc OR NOT EXISTS ${ENGAGE_LIBRARY_SOURCES}/tz.cpp)
  message(FATAL_ERROR "ENGAGE_STATIC needs sources that script/library_sources fetches into ${ENGAGE_LIBRARY_SOURCES}")
endif()
set(OPENSSL_USE_STATIC_LIBS ON)
set(ZLIB_USE_STATIC_LIBS ON)
find_library(ENGAGE_PCRE2 libpcre2-8.a REQUIRED)
target_link_libraries(engage_pcre2 INTERFACE ${ENGAGE_PCRE2})

# Without TLS, gzip and brotli, which are ours; with poll, as Debian compiles it: more than 1,024 connections.
add_library(engage_httplib_static STATIC ${ENGAGE_LIBRARY_SOURCES}/httplib.cc)
target_compile_features(engage_httplib_static PUBLIC cxx_std_20)
target_compile_definitions(engage_httplib_static PUBLIC CPPHTTPLIB_USE_POLL)
target_include_directories(engage_httplib_static SYSTEM PUBLIC ${ENGAGE_LIBRARY_SOURCES})
target_link_libraries(engage_httplib_static PUBLIC Threads::Threads)
target_link_libraries(engage_httplib INTERFACE engage_httplib_static)

add_library(engage_tz_static STATIC ${ENGAGE_LIBRARY_SOURCES}/tz.cpp)
target_compile_features(engage_tz_static PUBLIC cxx_std_20)
target_compile_definitions(engage_tz_static PUBLIC USE_OS_TZDB=1)
target_link_libraries(engage_tz_static PUBLIC date::date)
target_link_libraries(engage_tz INTERFACE engage_tz_static)

add_link_options(-static-libstdc++ -static-libgcc)
